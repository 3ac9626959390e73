import {table} from '../table.ts';
import {summarizeAllocations} from './allocations.ts';
import {type CpuSummary, summarizeCpu} from './cpu.ts';
import type {ProfileOptions} from './options.ts';
import type {Taken} from './take.ts';

// Files beyond these take little.
const mostFiles = 10;

/** What a profile says, for people. */
export function describeProfile(taken: Taken, {scenario, top, isAllocations}: ProfileOptions): string {
	const messages = deliveredIn(taken);
	const rate = messages === undefined ? '' : `, ${count(messages / taken.seconds)} messages/s delivered`;
	const what = isAllocations ? 'allocations' : 'CPU time';
	return [
		`${scenario.title}: ${what} of ${taken.seconds.toFixed(1)} s, Node ${taken.version}${rate}`,
		describeCpuUse(taken, messages),
		describeCollections(taken),
		...taken.threads.flatMap(thread => [
			'',
			...(taken.threads.length > 1 ? [`thread ${thread.name}`, ''] : []),
			...('cpu' in thread
				? describeTimes(summarizeCpu(thread.cpu), messages, top)
				: [describeBytes(thread.heap, messages, top)]),
		]),
	].join('\n');
}

/** The rate is that of the generator's clock, which runs at much the same time; undefined where it has none. */
function deliveredIn({finding: {exchange}, seconds}: Taken): number | undefined {
	return exchange && (exchange.delivered / exchange.seconds) * seconds;
}

function describeCpuUse({user, system, seconds}: Taken, messages: number | undefined): string {
	const all = user + system;
	const shares = `${percent(user / all)} user, ${percent(system / all)} system`;
	const each = messages ? `, ${((all / messages) * 1e6).toFixed(2)} s per million messages` : '';
	return `CPU: ${(all / seconds).toFixed(2)} cores (${shares})${each}`;
}

function describeCollections({collections}: Taken): string {
	const {minor, minorMs, longestMinorMs, major, majorMs, longestMajorMs, forBuffers} = collections;
	const times = (allMs: number, longestMs: number) =>
		allMs > 0 ? ` (${allMs.toFixed(0)} ms, the longest ${longestMs.toFixed(2)} ms)` : '';
	const minors = `${minor} minor${times(minorMs, longestMinorMs)}`;
	const majors = `${major} major or steps of them${times(majorMs, longestMajorMs)}`;
	return `collections: ${minors}, ${majors}, ${forBuffers} of these for the memory of buffers`;
}

function describeTimes(
	{functions, busyMs, idleMs}: CpuSummary,
	messages: number | undefined,
	top: number,
): string[] {
	const each = (ms: number) => (messages ? ((ms * 1e6) / messages).toFixed(1) : '');
	const rows = functions
		.slice(0, top)
		.map(({name, where, selfMs, totalMs}) => [
			name,
			where,
			percent(selfMs / busyMs),
			selfMs.toFixed(0),
			each(selfMs),
			percent(totalMs / busyMs),
		]);
	const files = Object.entries(Object.groupBy(functions, ({file}) => file))
		.map(([file, some = []]) => ({file, ms: some.reduce((sum, {selfMs}) => sum + selfMs, 0)}))
		.sort((a, b) => b.ms - a.ms)
		.slice(0, mostFiles)
		.map(({file, ms}) => [file, '', percent(ms / busyMs), ms.toFixed(0), each(ms)]);
	return [
		`busy ${busyMs.toFixed(0)} ms, of which the shares are; ${idleMs.toFixed(0)} ms waiting for sockets and reading from them`,
		'',
		table(['function', 'where', 'self', 'ms', 'ns/message', 'with callees'], rows),
		'',
		table(['file', '', 'self', 'ms', 'ns/message'], files),
	];
}

function describeBytes(
	heap: Parameters<typeof summarizeAllocations>[0],
	messages: number | undefined,
	top: number,
): string {
	const functions = summarizeAllocations(heap);
	const all = functions.reduce((sum, {bytes}) => sum + bytes, 0);
	const each = (bytes: number) => (messages ? (bytes / messages).toFixed(2) : '');
	const rows = functions
		.slice(0, top)
		.map(({name, where, bytes}) => [name, where, percent(bytes / all), mebibytes(bytes), each(bytes)]);
	return [
		"what the heap of V8 gave out, garbage too; the bytes of buffers lie outside of it and don't count",
		'',
		table(
			['function', 'where', 'share', 'MiB', 'bytes/message'],
			[...rows, ['all', '', '', mebibytes(all), each(all)]],
		),
	].join('\n');
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
const count = (number: number) => Math.round(number).toLocaleString('en');
