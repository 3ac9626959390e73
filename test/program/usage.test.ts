import {describe, expect, test} from 'vitest';
import {expectFailure} from '../support/expectations.ts';
import {runProgram, startHost} from '../support/program.ts';

const wrong = async (...args: string[]): Promise<string> => {
	const result = await runProgram(args);
	expectFailure(result, {code: 2});
	return result.stderr;
};

test('the version is the one of the package', async () => {
	const {default: packageJson} = await import('../../package.json', {with: {type: 'json'}});

	for (const args of [['--version'], ['-v'], ['--host', '--version', 'word']]) {
		expect(await runProgram(args)).toEqual({
			code: 0,
			signal: null,
			stdout: `${packageJson.version}\n`,
			stderr: '',
		});
	}
});

test('the help is shown wherever it is asked for', async () => {
	for (const flag of ['--help', '-h']) {
		const result = await runProgram(['--name=alice', flag]);
		expect(result).toMatchObject({code: 0, stderr: ''});
		expect(result.stdout).toContain('--name');
	}
});

test('the help names what is built, and nothing else', async () => {
	const {code, stdout, stderr} = await runProgram(['--help']);

	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	for (const flag of [
		'--name',
		'--join',
		'--host',
		'--listen',
		'--headless',
		'--plain',
		'--json',
		'--to',
		'--rate',
		'--store',
		'--keep ',
		'--keep-size',
		'--check',
		'--backup',
		'--store-reset',
		'--forget',
		'--log',
	]) {
		expect(stdout).toContain(flag);
	}
	expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
});

describe('a wrong flag', () => {
	test.each([
		'--nonsense',
		'-x',
		'--store=memory',
		'--no-such',
		'--names=alice',
		'--no-name',
		'--name.first=alice',
		'--maxConnections=5',
		'--__proto__=5',
	])('%s is named', async flag => {
		expect(await wrong(flag)).toContain(flag.replace(/=.*/, ''));
	});

	test.each([
		['--nmae', '--name'],
		['--hots', '--host'],
		['--maxconnections', '--max-connections'],
		['--storereset', '--store-reset'],
	])('%s is told from %s', async (flag, meant) => {
		expect(await wrong(flag)).toContain(`(${meant}?)`);
	});

	test('that is like no other has none proposed', async () => {
		expect(await wrong('--nonsense')).not.toContain('?');
	});

	test('a text that looks like one is sent behind --', async () => {
		expect(await wrong('--name=ci', '--to=bob', '-5 degrees')).toMatch(/"-5".* -- /);
		const {port} = await startHost();
		const result = await runProgram(['--to=bob', `--join=127.0.0.1:${port}`, '--', '-5 degrees']);
		expect(result).toMatchObject({code: 3, stderr: expect.stringContaining('"bob"')});
	});

	test('whatever it contains stays text', async () => {
		await wrong('--\u001B[31m\u202Ered');
	});
});

describe('a wrong value', () => {
	test.each([
		['--join', 'host:99999'],
		['--join', 'host:0'],
		['--join', 'host:port'],
		['--join', '::1:8080'],
		['--join', 'two words'],
		['--join', ''],
		['--join', 'ho\u001B[31mst:80 80'],
	])('%s %j', async (flag, value) => {
		expect(await wrong(flag, value)).toContain(flag);
	});

	test.each(['', '70000', '-1', 'eighty', '1.5', ':8080', '127.0.0.1', '127.0.0.1:99999', '[::1]'])(
		'--listen %j',
		async value => {
			expect(await wrong('--host', '--headless', `--listen=${value}`)).toContain('--listen');
		},
	);

	test.each(['0', '-3', 'many', '1.5', '', '99999999'])('--max-connections %j', async value => {
		expect(await wrong('--host', '--headless', '--listen=0', `--max-connections=${value}`)).toContain(
			'--max-connections',
		);
	});

	test.each(['-3', 'many', '1.5', '', '5/min', '1000000'])('--rate %j', async value => {
		expect(await wrong('--host', '--headless', '--listen=0', `--rate=${value}`)).toContain('--rate');
	});

	test('--store without a folder', async () => {
		expect(await wrong('--host', '--headless', '--listen=0', '--store=')).toContain('--store');
	});

	test.each(['--name', '--join', '--to', '-n', '-j'])('%s without one', async flag => {
		await wrong(flag);
		await wrong(flag, '--plain');
	});

	test.each(['--plain=maybe', '--host=false', '--version=1', '--help=', '--verbose=no'])(
		'%s, which takes none',
		async flag => {
			expect(await wrong(flag)).toContain(flag.replace(/=.*/, ''));
		},
	);

	test('a flag that stands twice', async () => {
		expect(await wrong('--name', 'alice', '--name', 'bob')).toContain('name');
	});

	test.each(['', ',', 'bob,', 'root: x', 'bob,,carol', 'server', 'b\u0007b'])('--to %j', async value => {
		expect(await wrong('--name=ci', `--to=${value}`, 'text')).toContain('--to');
	});
});

describe('a wrong combination', () => {
	test.each([
		['--host', '--to', 'bob', 'hi'],
		['--host', '--join', 'localhost'],
		['--headless'],
		['--headless', '--join', 'localhost'],
		['--plain', '--to', 'bob', 'hi'],
		['--plain', '--headless', '--host'],
		['--headless', '--host', '--to', 'bob', 'hi'],
		['--listen', '0'],
		['--max-connections', '5'],
		['--rate', '5'],
		['--store', 'memory'],
		['hello'],
		['--plain', 'hello'],
	])('%s %s %s %s', async (...args) => {
		await wrong(...args);
	});
});

describe('a bad name', () => {
	const names = {
		'an empty one': '',
		'a blank': ' ',
		'33 characters': 'a'.repeat(33),
		'a colon': 'a:b',
		'a login with a text': 'root: x',
		'a comma': 'alice,bob',
		'a blank inside': 'alice smith',
		'a sign in front': '-alice',
		'a tab': 'a\tb',
		'a line end': 'alice\nbob: hi',
		'a bell': 'a\u0007b',
		'a C1 control': 'a\u009Bb',
		'an escape sequence': '\u001B[31malice',
		'a bidi override': 'alice\u202E',
		'a zero-width space': 'ali\u200Bce',
		'a room': '#dev',
		'three marks in a row': 'x\u0301\u0302\u0303',
		'the reserved one': 'server',
		'the reserved one in capitals': 'SERVER',
		'the reserved one in fullwidth letters': 'ｓｅｒｖｅｒ',
		'the reserved one with Cyrillic letters': 'sеrvеr',
		'the reserved one with a long s': 'ſerver',
	};

	test.each(Object.entries(names))('%s', async (_, name) => {
		expect(await wrong('--plain', `--name=${name}`)).toContain('--name');
	});

	test('is as bad in the environment', async () => {
		const result = await runProgram(['--plain'], {env: {A_CHAT_NAME: 'root: x'}});

		expectFailure(result, {code: 2, says: /A_CHAT_NAME/});
	});
});

test('more about an error stands behind --verbose only', async () => {
	const {code, stderr} = await runProgram(['--plain', '--name=a:b', '--verbose']);

	expect(code).toBe(2);
	expect(stderr).toMatch(/^a-chat-tui: .*\n.*\n\s+at /);
});
