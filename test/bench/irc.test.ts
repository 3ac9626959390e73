import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {generate} from '../../bench/generators.ts';
import {describeFaults} from '../../bench/load/faults.ts';
import {irc} from '../../bench/load/irc.ts';
import {readOptions} from '../../bench/options.ts';
import {startServer} from '../../bench/server.ts';

const script = path.resolve(import.meta.dirname, '../../bench/irc/inspircd.sh');
// Where the script finds one without fetching it.
const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
const hasInspircd = [
	'/usr/sbin/inspircd',
	'/usr/bin/inspircd',
	path.join(cache, 'a-chat-bench/inspircd/usr/sbin/inspircd'),
].some(file => existsSync(file));

test('what is received of a message is told apart again', () => {
	const line = irc.received('alice!a@127.0.0.1', 'bob', 'hello: :you');
	expect(line).toBe(':alice!a@127.0.0.1 PRIVMSG bob :hello: :you\r\n');
	expect(irc.parse(line.slice(0, -1))).toEqual({from: 'alice!a@127.0.0.1', text: 'hello: :you'});
	expect(irc.loginOf('alice!a@127.0.0.1')).toBe('alice');
	expect(irc.message(['bob', 'carol'], 'hi')).toBe('PRIVMSG bob,carol :hi\r\n');
	expect(irc.parse(':irc.invalid NOTICE bob :hi')).toBeUndefined();
});

test('a login is taken when the message of the day has ended, or is missing', () => {
	expect(irc.isWelcome(':irc.invalid 376 bob :End of message of the day.\r')).toBe(true);
	expect(irc.isWelcome(':irc.invalid 422 bob :There is none\r')).toBe(true);
	expect(irc.isWelcome(':irc.invalid 001 bob :Welcome 376\r')).toBe(false);
});

test('a PING is answered, a greeting is passed over, and a refusal is an error', () => {
	expect(irc.answer('PING :abc\r')).toBe('PONG :abc\r\n');
	expect(irc.answer(':irc.invalid 001 bob :Welcome\r')).toBe('');
	expect(irc.answer(':irc.invalid 422 bob :There is none\r')).toBe('');
	expect(irc.answer(':irc.invalid 433 * bob :Nickname is already in use.\r')).toBeUndefined();
	expect(irc.answer('ERROR :Closing link\r')).toBeUndefined();
});

test('a command with irc: before it is spoken to in IRC, and stands beside the others', () => {
	const options = readOptions(['--also', 'inspircd=irc:bench/irc/inspircd.sh {port}']);
	expect(options?.servers.at(-1)).toEqual({
		name: 'inspircd',
		command: 'bench/irc/inspircd.sh {port}',
		isIrc: true,
	});
	expect(options?.servers.map(({name}) => name)).toEqual(['ours', 'plain', 'least', 'inspircd']);
	expect(options?.base).toBe('plain');
});

test.skipIf(!hasInspircd)('InspIRCd delivers in every scenario, if it is there', async () => {
	const server = await startServer(`${script} {port}`);
	try {
		const common = [
			'--port',
			String(server.port),
			'--irc',
			'--warm-up',
			'0.01',
			'--seconds',
			'0.05',
			'--quiet',
			'3',
		];
		// Those of one row have no login in common.
		const loads = [
			[
				['--scenario', 'pairs', '--clients', '4', '--bytes', '448'],
				['--scenario', 'fan-in', '--clients', '10'],
			],
			[
				['--scenario', 'latency', '--clients', '10', '--rate', '1000'],
				['--scenario', 'fan-out', '--clients', '25', '--window', '4096'],
			],
		];
		const found = [];
		for (const row of loads)
			found.push(...(await Promise.all(row.map(load => generate([...common, ...load])))));
		expect(found.map(({faults}) => describeFaults(faults))).toEqual(new Array(4).fill(undefined));
		expect(found.map(({exchange}) => (exchange?.delivered ?? 0) > 0)).toEqual(new Array(4).fill(true));
	} finally {
		await server.stop();
	}
});
