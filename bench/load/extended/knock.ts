import {content} from '../../stores/content.ts';
import {addExample, type Faults, noFaults} from '../faults.ts';
import {Talker} from './talker.ts';

/** Logs in once: the host has to know of all messages that its store holds. */
export async function knock(port: number): Promise<{faults: Faults}> {
	const faults = noFaults();
	const talker = await Talker.open(port, 'visitor');
	talker.drop();
	if (talker.newest < content.messages) {
		faults.lost = content.messages - talker.newest;
		addExample(faults, `the newest message is ${talker.newest}`);
	}
	return {faults};
}
