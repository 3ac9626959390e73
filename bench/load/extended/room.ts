import {personOf, roomOf} from '../../stores/content.ts';
import type {Timing} from '../exchange.ts';
import {type Faults, noFaults} from '../faults.ts';
import type {Exchange} from '../meter.ts';
import {converse} from './converse.ts';
import {identityOf} from './identity.ts';
import type {Pipeline} from './outgoing.ts';
import {Speaker} from './speaker.ts';
import {Talker} from './talker.ts';

/** `count` of the many members of a room are here: each sends to the room in a pipeline and gets what the others send. */
export async function inRoom(
	port: number,
	count: number,
	pipeline: Pipeline,
	timing: Timing,
	group: number,
): Promise<{faults: Faults; exchange: Exchange}> {
	const faults = noFaults();
	const room = roomOf(0);
	const logins = Array.from({length: count}, (_, i) => personOf(i));
	const talkers = await Promise.all(
		logins.map(login => Talker.open(port, login, {identity: identityOf(login)})),
	);
	const speakers = talkers.map(talker => new Speaker(talker, room, pipeline, faults));
	for (const speaker of speakers)
		speaker.hear(
			room,
			speakers.filter(other => other !== speaker),
		);
	return {faults, exchange: await converse(speakers, timing, group, faults)};
}
