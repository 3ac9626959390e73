// A server with a planted fault: the plain reference, or another one, behind a proxy that spoils what goes through it. By hand:
// npm run bench -- --server faulty='node bench/faults/server.ts --fault lost --listen {port}'
import {connect, type Server, type Socket} from 'node:net';
import {parseArgs} from 'node:util';
import {startPlain} from '../reference/plain.ts';
import {listen, portOf} from '../reference/stand.ts';

const LF = '\n';
/** What becomes of one line in so many over all peers, and of the line behind it, if one came in the same chunk. */
const spoilers: Record<string, (line: string, next: string[]) => string[]> = {
	none: (line, next) => [line, ...next],
	lost: (_line, next) => next,
	doubled: (line, next) => [line, line, ...next],
	swapped: (line, next) => [...next, line],
	forged: (line, next) => [line.replace(/^from ./, 'from x'), ...next],
	damaged: (line, next) => [line.replace(/.$/, '?'), ...next],
	// Nothing happens to the lines: the proxy never tells the server that a peer has gone.
	unfreed: (line, next) => [line, ...next],
};

/**
 * Starts a server with the fault `fault` in one line of `period`, in front of the port `upstream` or of a plain reference.
 * Throws if there is no such fault.
 */
export async function startFaulty(
	port: number,
	fault: string,
	{period = 10_000, upstream}: {readonly period?: number; readonly upstream?: number} = {},
): Promise<Server> {
	const spoil = spoilers[fault];
	if (spoil === undefined) throw new Error(`no fault "${fault}": ${Object.keys(spoilers).join(', ')}`);
	const upstreamPort = upstream ?? portOf(await startPlain(0));
	const keepsNames = fault === 'unfreed';
	let count = 0;

	return listen(port, peer => {
		const upstream = connect({host: '127.0.0.1', port: upstreamPort, noDelay: true});
		peer.setNoDelay();
		spoilLines(upstream, peer, lines => {
			const spoiled: string[] = [];
			for (let i = 0; i < lines.length; i++) {
				const [line = '', ...next] = lines.slice(i, i + 2);
				count++;
				// Two lines can only be swapped where there are two.
				if (count < period || (fault === 'swapped' && next.length === 0)) spoiled.push(line);
				else {
					spoiled.push(...spoil(line, next));
					i += next.length;
					count = next.length;
				}
			}
			return spoiled;
		});
		peer.pipe(upstream, {end: !keepsNames});
		peer.on('error', () => peer.destroy());
		upstream.on('error', () => upstream.destroy());
		peer.on('close', () => keepsNames || upstream.destroy());
		peer.on('end', () => keepsNames && peer.end());
		upstream.on('close', () => peer.end());
	});
}

function spoilLines(from: Socket, to: Socket, spoil: (lines: string[]) => string[]): void {
	let rest = '';
	from.setEncoding('latin1').on('data', (text: string) => {
		const lines = (rest + text).split(LF);
		rest = lines.pop() ?? '';
		to.write(
			spoil(lines)
				.map(line => line + LF)
				.join(''),
			'latin1',
		);
	});
}

if (import.meta.main) {
	const {values} = parseArgs({
		options: {fault: {type: 'string', default: 'none'}, listen: {type: 'string', default: '0'}},
	});
	const server = await startFaulty(Number(values.listen), values.fault);
	console.log(`listening on 127.0.0.1:${portOf(server)}`);
}
