import {Peer} from '../../support/peer.ts';
import {type Attack, type Scene, within} from '../scene.ts';
import {fillUp} from './fill.ts';

const farewell = 'from server: this server is shutting down';
const burst = 400;

const textOf = (number: number): string => `${number} ${'v'.repeat(1 + (number % 300))}`;

/** Peers whose lines were surely read: each has had a line of its own back that it wrote behind them. */
const openWitness = async ({address, count}: Scene, index: number): Promise<{reader: Peer; from: string}> => {
	const [login, from] = [`witness${index}`, `sworn${index}`];
	const [reader, sender] = [await Peer.login(address, login), await Peer.login(address, from)];
	// Slower than the sender: what is late has to come as well.
	reader.socket.pause();
	sender.send(...Array.from({length: burst}, (_, number) => `${login}: ${textOf(number)}`), `${from}: read`);
	await sender.line();
	count('lines that were read', burst);
	return {reader, from};
};

/** A peer that writes without end to another, who reads all the time. */
const openFlood = async ({address, count}: Scene, index: number): Promise<{reader: Peer; from: string}> => {
	const [login, from] = [`drain${index}`, `gush${index}`];
	const [reader, sender] = [await Peer.login(address, login), await Peer.login(address, from)];
	let number = 0;
	const next = (): void => {
		let lines = '';
		for (const end = number + 100; number < end; number++) lines += `${login}: ${textOf(number)}\n`;
		if (!sender.socket.destroyed) sender.socket.write(lines, error => error || next());
	};
	next();
	count('floods');
	return {reader, from};
};

/** What a peer has to have read at the end: a sender's lines from the first on, no gap, then the farewell and FIN. */
const checkLast = async ({problem}: Scene, reader: Peer, from: string, least: number): Promise<void> => {
	reader.socket.resume();
	if (!(await within(15_000, reader.ended))) {
		problem(`the reader of ${from} was not told to go`);
		return;
	}
	const ending = await reader.ended;
	const last = reader.lines.pop();
	const gap = reader.lines.findIndex((line, number) => line !== `from ${from}: ${textOf(number)}`);
	if (last !== farewell || ending !== 'FIN')
		problem(`the reader of ${from} read ${JSON.stringify(last?.slice(0, 60))} last, then ${ending}`);
	if (gap !== -1)
		problem(`the reader of ${from} read ${JSON.stringify(reader.lines[gap]?.slice(0, 60))} at ${gap}`);
	if (reader.lines.length < least)
		problem(`the reader of ${from} has ${reader.lines.length} of ${least} lines that were read`);
	reader.socket.destroy();
};

/**
 * All of it at once, in the middle of which the server is asked to end: floods, peers that have not logged in, half
 * lines, one who does not read at all, and `witnesses` whose lines were surely read.
 */
export const lastMoments: Attack = async scene => {
	const {address, size, count, reach} = scene;
	if (size('stalled') > 0) {
		const stalled = await Peer.login(address, 'stalled');
		stalled.socket.pause();
		await fillUp(await Peer.login(address, 'filler'), 'filler', 'stalled');
		count('stalled readers');
	}
	const idle = await Promise.all(Array.from({length: size('mute')}, () => Peer.connect(address)));
	for (const [index, peer] of idle.entries())
		if (index % 2 === 0) peer.write(`half${index}\nalice: half a li`);
	count('half lines or mute', idle.length);
	const floods = await Promise.all(
		Array.from({length: size('floods')}, (_, index) => openFlood(scene, index)),
	);
	const witnesses = await Promise.all(
		Array.from({length: size('witnesses')}, (_, index) => openWitness(scene, index)),
	);
	await reach('in the middle');
	await Promise.all([
		...floods.map(({reader, from}) => checkLast(scene, reader, from, 1)),
		...witnesses.map(({reader, from}) => checkLast(scene, reader, from, burst)),
	]);
	// The end of this process would be the end of the one who does not read.
	await reach('told');
};
