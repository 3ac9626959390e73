import {serverLine} from './rules.ts';
import {quoted} from './texts.ts';

/** What one peer got, line by line: who sent it, and all bytes with the LF. */
export type Got = {readonly from: string; readonly line: Buffer};

const lf = 0x0a;

/** The lines of a stream; what is behind the last LF is one too. */
export const linesOf = (bytes: Buffer): Got[] => {
	const lines: Got[] = [];
	for (let start = 0; start < bytes.length; ) {
		const end = bytes.indexOf(lf, start);
		const line = bytes.subarray(start, end === -1 ? bytes.length : end + 1);
		lines.push({from: /^from ([^:]*): /.exec(line.toString())?.[1] ?? '', line});
		start += line.length;
	}
	return lines;
};

/** What a peer sent to others: the n-th of its texts, and to whom. */
export type Sent = {readonly to: readonly string[]; readonly text: string};

/** Senders' lines, by login, in the order in which each wrote its own. No two texts of one sender are the same. */
export type AllSent = ReadonlyMap<string, readonly Sent[]>;

/** Where each line that a peer got stands among those that its sender wrote. */
const placesOf = (reader: string, got: readonly Got[], sent: AllSent): Map<string, number[]> => {
	const places = new Map<string, number[]>();
	const known = new Map(
		Array.from(sent, ([from, all]) => [
			from,
			new Map(all.map(({text}, place) => [serverLine(from, text).toString('latin1'), place])),
		]),
	);
	for (const {from, line} of got) {
		const place = known.get(from)?.get(line.toString('latin1'));
		const what = `${reader} got ${quoted(line.toString('latin1'))}`;
		if (place === undefined) throw new Error(`${what}, which nobody sent`);
		if (sent.get(from)?.[place]?.to.includes(reader) !== true)
			throw new Error(`${what}, which is not for ${reader}`);
		places.set(from, [...(places.get(from) ?? []), place]);
	}
	return places;
};

/**
 * Looks whether what a peer got is, of each sender, a run of lines in the order in which that one wrote them, with none
 * left out between the first and the last.
 *
 * @returns of each sender, where among the lines for this peer the run begins, and where it has ended
 * @throws {Error} when it is not
 */
export const checkRuns = (
	reader: string,
	got: readonly Got[],
	sent: AllSent,
): Map<string, {readonly from: number; readonly to: number; readonly of: number}> => {
	const places = placesOf(reader, got, sent);
	return new Map(
		Array.from(sent, ([from, all]) => {
			const meant = [...all.keys()].filter(place => all[place]?.to.includes(reader));
			const run = places.get(from) ?? [];
			const start = run.length === 0 ? 0 : meant.indexOf(run[0] ?? 0);
			const expected = meant.slice(start, start + run.length);
			if (run.join() !== expected.join())
				throw new Error(`${reader} got lines ${run} of ${from}, which should have been ${expected}`);
			return [from, {from: start, to: start + run.length, of: meant.length}];
		}),
	);
};

/**
 * Looks whether there is one order of all lines that fits what everybody got and what everybody wrote.
 *
 * @throws {Error} when two peers saw the same lines in different orders
 */
export const checkOneOrder = (streams: readonly (readonly string[])[]): void => {
	const queues = streams.map(stream => ({stream, at: 0}));
	const waiting = new Map<string, number>();
	for (const line of streams.flat()) waiting.set(line, (waiting.get(line) ?? 0) + 1);
	const first = new Map<string, number>();
	const come = (line: string | undefined) => {
		if (line !== undefined) first.set(line, (first.get(line) ?? 0) + 1);
	};
	for (const {stream} of queues) come(stream[0]);
	for (;;) {
		const next = [...first].find(([line, count]) => count === waiting.get(line))?.[0];
		if (next === undefined) break;
		first.delete(next);
		for (const queue of queues) {
			if (queue.stream[queue.at] !== next) continue;
			queue.at++;
			come(queue.stream[queue.at]);
		}
	}
	const stuck = queues.filter(({stream, at}) => at < stream.length);
	if (stuck.length > 0)
		throw new Error(
			`No order fits; next come ${stuck.map(({stream, at}) => quoted(stream[at] ?? '')).join(', ')}`,
		);
};
