import {setTimeout as sleep} from 'node:timers/promises';
import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes, type Scene} from '../scene.ts';

/** Lines of one write; of both long and short ones. */
const batch = 64;

const textOf = (number: number): string => `${number} ${'z'.repeat(number % 50 === 0 ? 30_000 : 1000)}`;

/** Writes lines to `reader`, as fast as they are taken, until `bytes` are written; returns how many lines that were. */
const fill = async (sender: Peer, reader: string, bytes: number, tell: (bytes: number) => void) => {
	let number = 0;
	for (let written = 0; written < bytes; ) {
		let lines = '';
		for (const end = number + batch; number < end; number++) lines += `${reader}: ${textOf(number)}\n`;
		const isTaken = await new Promise<boolean>(resolve => {
			sender.socket.write(lines, error => resolve(!error));
		});
		if (!isTaken) return number;
		written += lines.length;
		tell(lines.length);
	}
	return number;
};

/** Whether lines are those that were sent, from the first on and none left out; the last one may have been cut short. */
const isStart = (lines: readonly string[], from: string): boolean =>
	lines.every((line, number) => line === `from ${from}: ${textOf(number)}`);

/** Reads what there is, until `count` lines are here or nothing more comes; how it ended, if it did. */
const readOn = async (peer: Peer, count: number): Promise<string> => {
	let ending = '';
	void peer.ended.then(how => (ending = how));
	peer.socket.resume();
	for (let still = 0, before = -1; peer.lines.length < count && ending === '' && still < 100; ) {
		await sleep(20);
		still = peer.lines.length === before ? still + 1 : 0;
		before = peer.lines.length;
	}
	return ending || 'no end';
};

const play = async (scene: Scene, index: number): Promise<void> => {
	const {address, size, count, problem} = scene;
	const [deafLogin, loudLogin] = [`deaf${index}`, `loud${index}`];
	const deaf = await Peer.login(address, deafLogin);
	deaf.socket.pause();
	const loud = await Peer.login(address, loudLogin);
	count('readers');
	const sent = await fill(loud, deafLogin, size('bytes') / size('readers'), bytes => count('bytes', bytes));
	loud.send(`${loudLogin}: through`);
	// It rests while the other does not read, and no longer.
	const last = await loud.line().catch((error: Error) => error.message);
	if (last !== `from ${loudLogin}: through`)
		problem(`${loudLogin}, who sent all this, read ${JSON.stringify(last)}`);
	const ending = await readOn(deaf, sent);
	const {lines} = deaf;
	if (!isStart(lines, loudLogin))
		problem(`${deafLogin} has other lines than were sent, or not all in their order`);
	if (lines.length < sent) {
		count('cut');
		if (ending !== 'ECONNRESET')
			problem(`${deafLogin} has ${lines.length} of ${sent} lines and ${ending}, no reset`);
	}
	deaf.reset();
	await loud.leave();
};

/** `readers` peers never read; each is sent its part of `bytes` by a peer of its own. Later they look what they have got. */
export const neverRead: Attack = async scene => {
	await inLanes(scene.size('readers'), scene.size('readers'), index => play(scene, index));
};
