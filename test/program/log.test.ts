import {describe, expect, test} from 'vitest';
import {addressOf} from '../support/chat-screen.ts';
import {expectFailure} from '../support/expectations.ts';
import {beRefused, type LogLine, readLog} from '../support/host-log.ts';
import {Peer} from '../support/peer.ts';
import {type Host, type Program, runProgram, startHost, startProgram} from '../support/program.ts';

const forms = ['text', 'json'] as const;
type Form = (typeof forms)[number];

const startLogging = (form: Form, ...args: string[]): Promise<Host> => startHost([`--log=${form}`, ...args]);

/** Ends a host as its owner would, and gives its log. */
const endAndRead = async (form: Form, program: Program): Promise<LogLine[]> => {
	program.kill('SIGTERM');
	const {code, stdout, stderr} = await program.waitForExit();
	expect({code, lines: stdout.split('\n').length - 1}).toEqual({code: 0, lines: 1});
	return readLog(form, stderr);
};

describe.each(forms)('the log of a host, as %s', form => {
	test('tells where it listens, who comes and goes, who is refused, and how it ends', async () => {
		const {program, port} = await startLogging(form);
		const alice = await Peer.login(addressOf(port), 'alice');
		const from = `127.0.0.1:${alice.socket.localPort}`;
		const stranger = await beRefused(port, 'ALICE');
		await alice.leave();
		const bob = await Peer.connect(addressOf(port));
		await program.waitFor(/alice left/, {stream: 'stderr'});
		const log = await endAndRead(form, program);
		bob.socket.destroy();

		const code = (word: string) => (form === 'json' ? {code: word} : {});
		expect(log.map(({time: _, ...line}) => line)).toEqual([
			{
				level: 'INFO',
				text: `Listening on 127.0.0.1:${port}, for up to ${limitIn(log)} connections`,
				...code('LISTENING'),
			},
			{level: 'INFO', text: `Others join with: a-chat-tui --join 127.0.0.1:${port}`, ...code('HOW_TO_JOIN')},
			{
				level: 'INFO',
				text: `Only this machine can; for the LAN start it anew with: a-chat-tui --host --listen 0.0.0.0:${port}`,
				...code('HOW_TO_JOIN'),
			},
			{level: 'INFO', text: 'alice came', address: from, ...code('JOIN')},
			{
				level: 'INFO',
				text: 'A connection was refused: the name "ALICE" is taken',
				address: `127.0.0.1:${stranger}`,
				...code('NAME_TAKEN'),
			},
			{level: 'INFO', text: 'alice left', address: from, ...code('LEAVE')},
			{level: 'INFO', text: 'Shutting down on SIGTERM, 1 connection to close', ...code('SHUTTING_DOWN')},
			{level: 'INFO', text: expect.stringMatching(/^Shut down within [\d.]+ s$/), ...code('SHUT_DOWN')},
		]);
		const times = log.map(({time}) => time);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(60_000);
	});

	test('warns when it is full, and when somebody does not read', async () => {
		const {program, port} = await startLogging(form, '--max-connections=8');
		const bob = await Peer.login(addressOf(port), 'bob');
		const senders = await Promise.all(
			Array.from({length: 7}, (_, index) => Peer.login(addressOf(port), `alice${index}`)),
		);
		const late = await Peer.connect(addressOf(port));
		expect(await late.ended).toBe('FIN');
		late.socket.destroy();
		bob.socket.pause();
		// More than the kernel and the host hold for him.
		for (const sender of senders) sender.write(`bob: ${'sesame '.repeat(9000)}\n`.repeat(60));
		await program.waitFor('bob was too slow', {stream: 'stderr'});
		for (const {socket} of [bob, ...senders]) socket.destroy();
		const warnings = (await endAndRead(form, program)).filter(({level}) => level === 'WARN');

		expect(warnings.map(({text}) => text)).toEqual([
			'All 8 connections are in use, newcomers are refused; raise the limit of connections to take more',
			'bob was too slow: more than 1048576 bytes waited for it',
		]);
		expect(warnings.map(({address}) => typeof address)).toEqual(['string', 'string']);
		expect(program.stderr).not.toContain('sesame');
	});

	test.each([
		[
			'shows what could steer a terminal as U+FFFD',
			'\u001B]0;owned\u0007\u001B[2J\u009B31m\u202Eevil\u2066\u200B\u2028\u0085"\\{code}\r',
			'"\uFFFD]0;owned\uFFFD\uFFFD[2J\uFFFD31m\uFFFDevil\uFFFD\uFFFD\uFFFD\uFFFD"\\{co…" ',
		],
		['shows of a login of 10 KB the beginning', 'long'.repeat(2560), `"${'long'.repeat(8)}…" `],
	])('%s', async (_, login, shown) => {
		const {program, port} = await startLogging(form);
		await beRefused(port, login);
		await program.waitFor('refused', {stream: 'stderr'});
		const log = await endAndRead(form, program);

		const steering = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
		for (const line of program.stderr.split('\n')) {
			expect(line).not.toMatch(steering);
			expect(line.length).toBeLessThan(400);
		}
		// JSON may hide one as \u001b, which whoever takes the text out would bring back.
		for (const {text} of log) expect(text).not.toMatch(steering);
		expect(log.find(({text}) => text.includes('refused'))?.text).toContain(shown);
	});

	test('has a line for each who comes and goes, also if they come together', async () => {
		const {program, port} = await startLogging(form);
		const names = Array.from({length: 8}, (_, index) => `guest${index}`);
		const peers = await Promise.all(names.map(name => Peer.login(addressOf(port), name)));
		await Promise.all(peers.map(peer => peer.leave()));
		const log = await endAndRead(form, program);

		const told = (what: string) =>
			log.flatMap(({text}) => (text.endsWith(what) ? [text.slice(0, -what.length)] : []));
		expect(told(' came').sort()).toEqual(names);
		expect(told(' left').sort()).toEqual(names);
	});

	test('has of a flood a line now and then, with the number of those that were left out', async () => {
		const {program, port} = await startLogging(form);
		const refusals = () => linesOf(form, program).filter(({text}) => text.includes('may only hold'));
		const countIn = ({text}: LogLine) => Number(/ \(and (\d+) more like this\)$/.exec(text)?.[1] ?? 0);
		let attempts = 0;
		while (refusals().every(line => countIn(line) === 0)) {
			await beRefused(port, 'a:b');
			attempts++;
		}
		const log = await endAndRead(form, program);
		const lines = log.filter(({text}) => text.includes('may only hold'));

		// All that happened is told by then, one by one or as a number.
		expect(lines.reduce((sum, line) => sum + 1 + countIn(line), 0)).toBe(attempts);
		expect(lines.length).toBeLessThan(attempts);
		for (const line of lines) expect(line.leftOut ?? 0).toBe(form === 'json' ? countIn(line) : 0);
	});

	test('never holds what somebody wrote', async () => {
		const {program, port} = await startLogging(form, '--rate=1', '--verbose');
		const alice = await Peer.login(addressOf(port), 'alice');
		alice.send('alice: sesame', 'sesame', ': sesame', 'nobody: sesame', ...Array(5).fill('alice: sesame'));
		await program.waitFor('1 lines a second', {stream: 'stderr'});
		const tooLong = await Peer.login(addressOf(port), 'bob');
		tooLong.write(`alice: ${'sesame '.repeat(10_000)}\n`);
		expect(await tooLong.ended).toBe('FIN');
		const broken = await Peer.login(addressOf(port), 'carol');
		broken.write(Buffer.concat([Buffer.from('alice: sesame '), Buffer.of(0xff, 0x0a)]));
		expect(await broken.ended).toBe('FIN');
		await beRefused(port, 'ALICE');
		const log = await endAndRead(form, program);
		for (const {socket} of [alice, tooLong, broken]) socket.destroy();

		expect(program.stderr).not.toContain('sesame');
		for (const said of ['65536 bytes', 'UTF-8', 'is taken', 'is delayed'])
			expect(
				log.some(({text}) => text.includes(said)),
				said,
			).toBe(true);
		expect(log.filter(({level}) => level === 'DEBUG')).toHaveLength(1);
	});

	test('has the fault that ended the program as its last line', async () => {
		const fault = 'setTimeout(() => { throw new Error("planted\\u001b"); }, 500)';
		const env = {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`};
		const program = startProgram(['--host', '--headless', '--listen=0', `--log=${form}`], {env});
		const {code, stderr} = await program.waitForExit();

		expect(code).toBe(1);
		expect(readLog(form, stderr).at(-1)).toMatchObject({level: 'ERROR', text: 'planted\uFFFD'});
	});
});

/** The finished lines of a log that is still being written. */
const linesOf = (form: Form, {stderr}: Program): LogLine[] =>
	readLog(form, stderr.slice(0, stderr.lastIndexOf('\n') + 1));

/** How many connections it says it takes: fewer where few files may be open. */
const limitIn = ([first]: readonly LogLine[]): number =>
	Number(/for up to (\d+)/.exec(first?.text ?? '')?.[1]);

describe('a host that cannot start', () => {
	const args = ['--host', '--headless', '--listen=203.0.113.1:0'];

	test('says so in a sentence', async () => {
		for (const more of [[], ['--log=text']]) {
			expectFailure(await runProgram([...args, ...more]), {code: 1, says: /does not have the address/});
		}
	});

	test('says so in JSON to whoever reads JSON', async () => {
		const {code, stdout, stderr} = await runProgram([...args, '--log=json', '--verbose']);
		const [line, ...stack] = readLog('json', stderr);

		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expect(line).toMatchObject({level: 'ERROR', code: 'FAILED', text: /does not have the address/});
		expect(stack.length).toBeGreaterThan(1);
		expect(new Set(stack.map(({code: word}) => word))).toEqual(new Set(['STACK']));
	});
});

test.each([['--log=yaml'], ['--log=JSON'], ['--log=']])('%s is wrong use', async flag => {
	expectFailure(await runProgram(['--host', '--headless', flag]), {code: 2, says: /--log .* text or json/});
});

test.each([[['--host', '--plain', '--name=alice']], [['--name=alice']], [['--to=bob', 'hi']]])(
	'--log is wrong use with %j',
	async args => {
		expectFailure(await runProgram([...args, '--log=json']), {code: 2, says: /--headless/});
	},
);
