import {setTimeout as sleep} from 'node:timers/promises';
import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes, type Scene} from '../scene.ts';

/** Every kind of bytes that is not UTF-8 (Unicode 16.0, table 3-7), in hexadecimal digits. */
const kinds: Readonly<Record<string, readonly string[]>> = {
	'a continuation without a start': ['80', 'bf', '8080', 'a9'],
	'an overlong form of two bytes': ['c080', 'c0af', 'c1bf', 'c18a'],
	'of three': ['e08080', 'e09fbf', 'e0808a'],
	'of four': ['f0808080', 'f08fbfbf'],
	'a surrogate': ['eda080', 'edbfbf', 'eda0bdedb880'],
	'beyond U+10FFFF': ['f4908080', 'f5808080', 'f7bfbfbf'],
	'a form of five or six bytes': ['f888808080', 'fc8480808080'],
	'a byte that never occurs': ['fe', 'ff', 'c0', 'c1', 'f5'],
	'a start without its end': ['c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98'],
	'a start before another': ['c3c3a4', 'e282e282ac', 'f09f98f09f9880'],
	'a start before ASCII': ['c341', 'e28241', 'f09f9841'],
};

const login = 'invalid';

/** Where such bytes may stand: before and behind them. The text would reach somebody who is here. */
const places: readonly (readonly [before: string, after: string])[] = [
	['x', 'y\nalice: behind a bad login\n'],
	[`${login}\nalice,`, ': to two\nalice: behind a bad destination\n'],
	[`${login}\nalice: `, '\nalice: behind a bad text\n'],
	[`${login}\nalice: at the end `, ''],
];

const refusal = 'from server: a line has to be UTF-8';

/** Time for the server to read the first part before the second one comes. */
const gapMs = 3;

const playInvalid = async ({address, count, problem}: Scene, what: string, bytes: Buffer, cut: number) => {
	const peer = await Peer.connect(address);
	peer.write(bytes.subarray(0, cut));
	await sleep(gapMs);
	peer.write(bytes.subarray(cut));
	peer.end();
	const ending = await peer.ended;
	const lines = peer.lines.join('|');
	if (lines !== refusal || ending !== 'FIN')
		problem(`${what}, cut at ${cut}: read ${JSON.stringify(lines)} and ${ending}`);
	peer.socket.destroy();
	count('invalid lines');
};

const playValid = async ({address, count, problem}: Scene, login: string, cut: number) => {
	const text = 'aä€😀';
	const bytes = Buffer.from(`${login}\n${login}: ${text}\n`);
	const peer = await Peer.connect(address);
	peer.write(bytes.subarray(0, cut));
	await sleep(gapMs);
	peer.write(bytes.subarray(cut));
	peer.end();
	await peer.ended;
	const lines = peer.lines.join('|');
	if (lines !== `from ${login}: ${text}`)
		problem(`valid UTF-8, cut at ${cut}: read ${JSON.stringify(lines)}`);
	peer.socket.destroy();
	count('valid lines');
};

/**
 * Every kind of invalid UTF-8 at every place, cut at every byte (with `step` 1) in two writes; and valid characters of
 * each length that are cut in the same way, which have to arrive.
 */
export const invalidUtf8: Attack = async scene => {
	const plays: (() => Promise<void>)[] = [];
	const step = scene.size('step');
	for (const [kind, examples] of Object.entries(kinds)) {
		for (const example of examples) {
			for (const [place, [before, after]] of places.entries()) {
				const parts = [Buffer.from(before), Buffer.from(example, 'hex'), Buffer.from(after)];
				const bytes = Buffer.concat(parts);
				const what = `${kind} (${example}) at place ${place}`;
				for (let cut = plays.length % step; cut <= bytes.length; cut += step) {
					// A login of its own for each, in the place of the one that stands there.
					const own = Buffer.from(bytes);
					if (before.startsWith(login)) own.write(String(plays.length).padStart(login.length, 'u'));
					plays.push(() => playInvalid(scene, what, own, cut));
				}
			}
		}
	}
	const validLength = Buffer.byteLength('valid000\nvalid000: aä€😀\n');
	for (let cut = 0; cut <= validLength; cut++)
		plays.push(() => playValid(scene, `valid${String(cut).padStart(3, '0')}`, cut));
	await inLanes(plays.length, 40, async index => plays[index]?.());
};
