import {setTimeout as sleep} from 'node:timers/promises';
import {Peer} from '../../support/peer.ts';
import {type Attack, closedOf, type Scene} from '../scene.ts';

/** Numbers of lines begin anew after so many. */
const period = 10_000;
/** Lines of one write. */
const batch = 500;

/** All lines of a period, each as long as every other. */
const ringOf = (formatLine: (number: string) => string): Buffer =>
	Buffer.from(Array.from({length: period}, (_, at) => formatLine(String(at).padStart(5, '0'))).join(''));

/** Writes numbered lines to `readers` as fast as the server takes them; returns how to stop. */
const pour = ({socket}: Peer, readers: readonly string[]): (() => void) => {
	const ring = ringOf(number => `${readers.join(',')}: ${number}\n`);
	const bytes = (ring.length / period) * batch;
	let at = 0;
	let isOver = false;
	const next = (): void => {
		if (isOver || socket.destroyed) return;
		socket.write(ring.subarray(at, at + bytes), next);
		at = (at + bytes) % ring.length;
	};
	next();
	return () => {
		isOver = true;
	};
};

/** Counts the lines that a reader gets of one sender, and looks that none is left out. */
const readNumbers = ({problem}: Scene, {socket}: Peer, login: string, from: string): (() => number) => {
	const ring = ringOf(number => `from ${from}: ${number}\n`);
	let bytes = 0;
	let isRight = true;
	socket.removeAllListeners('data').on('data', (chunk: Buffer) => {
		for (let at = 0; at < chunk.length && isRight; ) {
			const start = bytes % ring.length;
			const length = Math.min(chunk.length - at, ring.length - start);
			isRight = chunk.compare(ring, start, start + length, at, at + length) === 0;
			if (!isRight) problem(`${login} has got other lines than ${from} has sent it, or not in their order`);
			at += length;
			bytes += length;
		}
	});
	return () => Math.floor((bytes / ring.length) * period);
};

type Share = {
	readonly flooder: Peer;
	readonly readers: readonly Peer[];
	readonly got: () => number;
	stop: () => void;
};

const open = async (
	scene: Scene,
	index: number,
): Promise<Omit<Share, 'stop'> & {readonly logins: readonly string[]}> => {
	const {address, size} = scene;
	const login = `flood${index}`;
	const logins = Array.from({length: size('readers')}, (_, which) => `dry${index}x${which}`);
	const readers = await Promise.all(logins.map(reader => Peer.login(address, reader)));
	const counts = readers.map((peer, which) => readNumbers(scene, peer, logins[which] ?? '', login));
	const flooder = await Peer.login(address, login);
	return {flooder, readers, logins, got: () => Math.max(...counts.map(count => count()))};
};

/** Jain's index of shares: 1 if they are equal, 1/n if one has all. */
const fairnessOf = (shares: readonly number[]): number => {
	const sum = shares.reduce((a, b) => a + b, 0);
	const squares = shares.reduce((a, b) => a + b * b, 0);
	return sum === 0 ? 1 : sum ** 2 / (shares.length * squares);
};

/** How much longer than it should last a flood may go on until each has got rid of enough, in ms. */
const patienceMs = 10_000;

/**
 * `flooders` peers write at full speed for `ms`, and until each has got rid of `leastLines`, each to `readers` of its own.
 * With a `rate` none may have got rid of more than `burst` lines and `rate` lines a second; the fairness of the shares has
 * to be `leastFairness` percent.
 */
export const flood: Attack = async scene => {
	const {size, count, problem} = scene;
	const opened = await Promise.all(Array.from({length: size('flooders')}, (_, index) => open(scene, index)));
	const startedAt = performance.now();
	const floods = opened.map(one => ({
		...one,
		stop: pour(one.flooder, one.logins),
	}));
	const lasted = () => performance.now() - startedAt;
	const least = () => Math.min(...floods.map(({got}) => got()));
	do await sleep(Math.max(50, size('ms') - lasted()));
	while (least() < size('leastLines') && lasted() < size('ms') + patienceMs);
	const shares = floods.map(({got}) => got());
	const seconds = lasted() / 1000;
	const fairness = fairnessOf(shares);
	const told = `those who flood got rid of ${shares.join(', ')} lines in ${seconds.toFixed(1)} s`;
	for (const share of shares) count('lines', share);
	if (size('leastFairness') > 0) count('% fair', Math.floor(fairness * 100));
	if (fairness * 100 < size('leastFairness')) problem(`${told}: a fairness of ${fairness.toFixed(3)}`);
	// A tenth more, as the server's second may begin before that of the attack.
	const most = Math.ceil((size('burst') + size('rate') * seconds) * 1.1);
	if (size('rate') > 0 && Math.max(...shares) > most) problem(`${told}, and each may of ${most}`);
	if (Math.min(...shares) < size('leastLines')) problem(`${told}, and each has to of ${size('leastLines')}`);
	for (const {flooder, readers, stop} of floods) {
		stop();
		for (const peer of [flooder, ...readers]) peer.reset();
	}
	await Promise.all(
		floods.flatMap(({flooder, readers}) => [flooder, ...readers].map(peer => closedOf(peer.socket))),
	);
};
