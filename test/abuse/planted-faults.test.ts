import {describe, test} from 'vitest';
import {cases} from './cases.ts';
import {builtProgram} from './options.ts';
import {perform} from './perform.ts';

const server = new URL('faulty-server.ts', import.meta.url).pathname;

const faulty = (...faults: readonly string[]): string =>
	`${process.execPath} --inspect=127.0.0.1:0 ${server} '${faults.join(',')}' {port} {flags}`;

/** What a case says about a server. */
const judge = async (id: string, command: string, judgesDelay = false): Promise<string> => {
	const one = cases.find(candidate => candidate.id === id);
	if (one === undefined) throw new Error(`There is no case ${id}`);
	const outcome = await perform(one, {command, isQuick: true, minutes: 1, judgesDelay, tell: () => {}});
	return outcome.problems.join('\n');
};

/** How much of a fault there is to see in its short time is up to the machine: it has to show in one of a few tries. */
const findsOut = async (sentences: readonly RegExp[], ...said: Parameters<typeof judge>): Promise<string> => {
	for (let tries = 1; ; tries++) {
		const problems = await judge(...said);
		if (tries === mostTries || sentences.every(sentence => sentence.test(problems))) return problems;
	}
};

const mostTries = 3;

describe.skipIf(process.platform !== 'linux')('a faulty server (needs /proc)', {timeout: 180_000}, () => {
	// They take the longest.
	test.concurrent.for([
		['12', 'leaky', /third objects rose by \+.*third the heap with its buffers rose by \+/s],
		['10', 'hasty', /the talkers were told \[\]/],
	] as const)(
		'is found out by case %s: the built program, but %s',
		async ([id, fault, sentence], {expect}) => {
			const spoiled = `${new URL('spoiled-program.ts', import.meta.url)}?${fault}`;
			const command = builtProgram().replace(' --inspect', ` --import '${spoiled}' --inspect`);
			expect(await findsOut([sentence], id, command)).toMatch(sentence);
		},
	);

	test.concurrent('passes the fourth case without its faults', async ({expect}) => {
		expect(await judge('4', faulty())).toBe('');
	});

	test.concurrent.for<[faults: string[], sentences: RegExp[]]>([
		[
			['leak files', 'leak memory', 'leak timers', 'bad exit'],
			[
				/\d+ descriptors have become \d+/,
				/the heap has grown by \d{4} KiB/,
				/\d+ active resources have become \d+/,
				/on SIGTERM it ended with code 3/,
			],
		],
		[
			['lose', 'double', 'forge', 'swap'],
			[/1 lost, 1 doubled, 1 late, 1 foreign/, /bob read "from mallory: hi"/],
		],
		[['cut'], [/bob was cut/]],
		[['late'], [/the talkers' lines took \d{2,}\.\d ms/]],
		[['die'], [/the program ended with code 1.*Error: a planted fault/]],
	])('is found out by the fourth case: %s', async ([faults, sentences], {expect}) => {
		const said = await findsOut(sentences, '4', faulty(...faults), faults.includes('late'));
		for (const sentence of sentences) expect(said).toMatch(sentence);
	});

	test.concurrent.for<[id: string, faults: string[], sentence: RegExp]>([
		['7', [], /of two who claimed it, none was refused/],
		['9', [], /HTTP GET: not closed after/],
		['11b', ['wall clock'], /The attack bystanders failed|an idle peer read/],
		['1', [], /a line of 65537 bytes: read "from long\d+: y+" and FIN/],
		['2', [], /of the talkers' lines: \d+ foreign/],
		['3', ['no patience'], /who had not logged in was cut after/],
		['6', [], /while it was full, no file could be opened/],
		['8a', [], /and each may of \d+/],
	])('is found out by case %s, with these faults: %s', async ([id, faults, sentence], {expect}) => {
		expect(await findsOut([sentence], id, faulty(...faults))).toMatch(sentence);
	});
});
