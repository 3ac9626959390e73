import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {writeReport} from '../../bench/document/write.ts';
import {noFaults} from '../../bench/load/faults.ts';
import type {Finding} from '../../bench/load/generate.ts';
import type {Exchange} from '../../bench/load/meter.ts';
import type {Measurement} from '../../bench/measure.ts';
import {readOptions} from '../../bench/options.ts';
import {scenarios} from '../../bench/scenarios.ts';
import {summarize} from '../../bench/summary.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const markers = ['<!-- figures: npm run bench:report writes what stands from here -->', '<!-- to here -->'];
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'a-chat-report-'));
	await writeFile(inFolder('doc.md'), ['# Mine', ...markers, 'Mine too', ''].join('\n'));
});

afterEach(async () => {
	await rm(folder, {recursive: true});
});

const inFolder = (name: string) => path.join(folder, name);

async function report(...files: readonly string[]): Promise<string> {
	writeReport(files.map(inFolder), inFolder('doc.md'), inFolder('plots'));
	return readFile(inFolder('doc.md'), 'utf8');
}

const exchange: Exchange = {
	delivered: 3_000_000,
	seconds: 2,
	cpuPerMillion: 0.5,
	peakBytes: 80 * 2 ** 20,
	serverLoad: 0.9,
	ownLoad: 0.8,
	otherLoad: 0,
};

/** What a run of the bench writes, with `finding` in each of the scenarios that `isMeant`. */
async function writeRun(
	file: string,
	date: string,
	isMeant: (name: string) => boolean,
	finding: Omit<Finding, 'faults'>,
): Promise<void> {
	const options = readOptions(['--rounds', '2', '--quick']);
	if (options === undefined) throw new Error('no options');
	const wanted = scenarios.filter(({name}) => isMeant(name));
	const measurements: Measurement[] = [1, 2].flatMap(round =>
		wanted.flatMap(one =>
			(one.hosts === undefined ? options.servers : options.hosts).map(({name: server}) => ({
				round,
				scenario: one.name,
				server,
				finding: {faults: noFaults(), ...finding},
			})),
		),
	);
	const rows = summarize(measurements, wanted, options);
	const machine = {
		date: `${date}T10:00:00.000Z`,
		node: 'v24.1.0',
		program: '0.1.0',
		processor: 'Abacus',
		cores: 2,
	};
	await writeFile(inFolder(file), JSON.stringify({machine, options, rows, startUps: [], measurements}));
}

test('tables and plots of what was measured come between the markers, again the same', async () => {
	await writeRun('run.json', '2026-01-02', name => /^(pairs|fan-out)/.test(name), {exchange});
	const document = await report('run.json');
	expect(document).toMatch(
		/^# Mine\n<!-- figures: [^\n]*\n\nMeasured on 2026-01-02: a-chat-tui 0.1.0, 2 × Abacus, Node 24.1.0, 2 rounds.\n/,
	);
	expect(document).toMatch(
		/^\| pairs, 100 clients, 448 bytes +(\| +1,500 k\/s ){3}\| \*\*≥ 20 × plain: 1.00 × missed\*\*<br>/m,
	);
	expect(document).toMatch(/^\| +\| least +\| +1,500 k\/s \| +1.00 × \(1.00–1.00\) .* 0.50 \| +80 \|$/m);
	expect(document).toMatch(/<\/details>\n\n<!-- to here -->\nMine too\n$/);

	const plots = await readdir(inFolder('plots'));
	for (const plot of plots) expect(document).toContain(`](plots/${plot})`);
	expect(plots).toContain('messages.svg');
	const read = () => readFile(inFolder('plots/messages.svg'), 'utf8');
	const svg = await read();
	for (const text of ['fan-out', 'ours', 'plain', 'least', 'messages/s'])
		expect(svg).toContain(`>${text}</text>`);
	expect(await report('run.json')).toBe(document);
	expect(await read()).toBe(svg);
});

test('hosts of a-chat/1 have a table of their own, in which each ratio names its base', async () => {
	await writeRun('run.json', '2026-01-02', name => name === 'acks-100' || name === 'pairs-100-32', {
		exchange,
	});
	const document = await report('run.json');
	expect(document).toMatch(
		/^\| scenario +\| +ours \| +plain \| +least \| what ours has to reach: does +\|$/m,
	);
	expect(document).toMatch(
		/^\| scenario +\| +disk \| +memory \| +single \| +readline \| what disk has to reach: does +\|$/m,
	);
	expect(document).toMatch(
		/^\| acknowledged, .* (\| 1,500.0 k\/s ){4}\| ≥ 20: 1,500.0 k\/s<br>\*\*≥ 4 × single: 1.00 × missed\*\*/m,
	);
	expect(document).toMatch(/ memory +\| 1,500.0 k\/s \| 1.00 × single \(1.00–1.00\) \|/);
});

test('percentiles have a plot, and those of a server that was not measured are missing in it', async () => {
	const times = {count: 100, p50: 0.1, p99: 0.5, p999: 3, highest: 5};
	await writeRun('run.json', '2026-01-02', name => name === 'latency', {latency: {took: times, late: times}});
	const {rows, ...others} = JSON.parse(await readFile(inFolder('run.json'), 'utf8'));
	const fewer = rows.filter(({server}: {server: string}) => server !== 'least');
	await writeFile(inFolder('run.json'), JSON.stringify({...others, rows: fewer}));
	expect(await report('run.json')).toMatch(/^\| .*p99\.9 +\| 3.000 ms \| 3.000 ms \|/m);
	expect(await readdir(inFolder('plots'))).toEqual(['latency.svg']);
	const svg = await readFile(inFolder('plots/latency.svg'), 'utf8');
	for (const text of ['p50', 'p99', 'p99.9', 'ours', 'plain']) expect(svg).toContain(`>${text}</text>`);
	expect(svg).not.toContain('least');
});

test('what stands in several files is taken from the last, and a plot of a single point is left out', async () => {
	const pairs = (name: string) => name.startsWith('pairs-100-');
	await writeRun('old.json', '2026-01-02', pairs, {exchange});
	const fast = {...exchange, seconds: 1};
	await writeRun('new.json', '2026-01-03', name => name === 'pairs-100-32', {exchange: fast});
	const document = await report('old.json', 'new.json');
	expect(document).toContain('Measured on 2026-01-02');
	expect(document).toContain('Measured on 2026-01-03');
	expect(document).toMatch(/^\| pairs, 100 clients, 32 bytes +\| 3,000 k\/s/m);
	expect(document).toMatch(/^\| pairs, 100 clients, 448 bytes +\| 1,500 k\/s/m);
	await expect(readdir(inFolder('plots'))).rejects.toThrow('ENOENT');
});

test('a file that is none, or holds something else, is refused in a sentence', async () => {
	await writeFile(inFolder('text.json'), 'fast\n');
	await writeFile(inFolder('other.json'), '{"rows": []}');
	const before = await readFile(inFolder('doc.md'), 'utf8');
	await expect(report('text.json')).rejects.toThrow(`${inFolder('text.json')} is not JSON`);
	await expect(report('other.json')).rejects.toThrow('other.json is not what npm run bench -- --out writes');
	expect(await readFile(inFolder('doc.md'), 'utf8')).toBe(before);

	const command = run(process.execPath, ['bench/document.ts', inFolder('no.json')], {cwd: root});
	const {code, stderr} = await command.catch(error => error);
	expect([code, stderr]).toEqual([2, `bench:report: there is no file ${inFolder('no.json')}\n`]);
});

test('a document without the markers is left alone', async () => {
	await writeRun('run.json', '2026-01-02', name => name.startsWith('fan-out'), {exchange});
	await writeFile(inFolder('doc.md'), 'Mine\n');
	await expect(report('run.json')).rejects.toThrow('one line that begins with "<!-- figures: ');
	expect(await readFile(inFolder('doc.md'), 'utf8')).toBe('Mine\n');
	await expect(readdir(inFolder('plots'))).rejects.toThrow('ENOENT');
});
