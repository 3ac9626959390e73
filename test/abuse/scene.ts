import type {Socket} from 'node:net';
import type {Address} from '../support/peer.ts';

/** What an attack has to do with: the server, its own measures, and somebody to tell. */
export type Scene = {
	readonly address: Address;
	/** A measure that the case gave, such as how many connections; throws when it gave none of that name. */
	size(name: string): number;
	/** Counts what was really done. */
	count(what: string, by?: number): void;
	/** Tells what the server did wrong. */
	problem(sentence: string): void;
	/** Tells the case that this point is reached, and waits until it lets the attack go on; false if it has to end. */
	reach(phase: string): Promise<boolean>;
};

/** Something hostile or broken; settles when it is over, with all its connections closed. */
export type Attack = (scene: Scene) => Promise<void>;

/** What was done, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** What an attacker is told at a phase behind which it may go on. */
export const goOn = 'go on';

/** What an attacker prints, one JSON value a line. */
export type Said =
	| {readonly counts: Counts}
	| {readonly reached: string}
	| {readonly failed: string}
	| {readonly ended: {readonly counts: Counts; readonly problems: readonly string[]}};

/** Runs `work` for 0 to `count` - 1, as many at a time as there are lanes. */
export const inLanes = async (
	count: number,
	lanes: number,
	work: (index: number, lane: number) => Promise<void>,
): Promise<void> => {
	let next = 0;
	await Promise.all(
		Array.from({length: Math.min(lanes, count)}, async (_, lane) => {
			while (next < count) await work(next++, lane);
		}),
	);
};

/** Settles after `ms`, with false; earlier with true if `event` settles first. */
export const within = async (ms: number, event: Promise<unknown>): Promise<boolean> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>(resolve => {
		timer = setTimeout(resolve, ms, false);
	});
	const isInTime = await Promise.race([event.then(() => true), late]);
	clearTimeout(timer);
	return isInTime;
};

/** Settles when a socket has closed, in whatever way. */
export const closedOf = (socket: Socket): Promise<void> =>
	new Promise(resolve => {
		if (socket.closed) resolve();
		else socket.once('close', () => resolve());
	});

/** Counts in words; those named `bytes` in MB. */
export const describeCounts = (counts: Counts): string =>
	Object.entries(counts)
		.map(([what, count]) =>
			what === 'bytes' ? `${(count / 1e6).toFixed(1)} MB` : `${count.toLocaleString('en')} ${what}`,
		)
		.join(', ');
