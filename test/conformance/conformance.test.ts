import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {describe, expect, it} from 'vitest';
import {type Broker, startBroker} from '../../source/broker/index.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import type {Address} from '../support/peer.ts';
import type {Case} from './case.ts';
import {messages} from './cases/messages.ts';
import {plain} from './cases/plain.ts';
import {promises} from './cases/promises.ts';
import {extendedCases, plainCases} from './cases.ts';
import {conform} from './conform.ts';
import {perform} from './perform.ts';
import {startProxy, type Tampering} from './tampering-proxy.ts';

const start = async (store?: string): Promise<Broker> => {
	const broker = await startBroker({port: 0, store, shutdownLingerMs: 1});
	onCleanup('test', () => broker.close());
	return broker;
};

/** The address of a broker behind a proxy. */
const startBehind = async (makeTampering: () => Tampering): Promise<Address> => {
	const {address} = await start();
	const proxy = await startProxy(address, makeTampering);
	onCleanup('test', proxy.close);
	return proxy.address;
};

/** What the rules say that did not hold. */
const problemsOf = async (
	cases: readonly Case[],
	address: Address,
	patienceMs: number,
): Promise<string[]> => {
	const outcomes = await perform(cases, address, {patienceMs, atOnce: 12});
	return outcomes.flatMap(({case: {name}, problem}) =>
		problem === undefined ? [] : [`${name}: ${problem}`],
	);
};

/** Runs the command, and gives its exit code with what it wrote. */
const run = async (...args: string[]) => {
	const written: string[] = [];
	const write = (text: string) => written.push(text);
	const code = await conform(args, {out: write, err: write});
	return {code, text: written.join('\n')};
};

const at = ({host, port}: Address) => `${host}:${port}`;

describe('our own broker', () => {
	it.each(['memory', 'disk'])('keeps every rule with a store in %s', async kind => {
		const {address} = await start(kind === 'disk' ? temporaryFolder() : undefined);
		expect(await problemsOf([...plainCases, ...extendedCases], address, 12_000)).toEqual([]);
	});

	it('keeps them behind a proxy that changes nothing', async () => {
		const address = await startBehind(() => ({}));
		expect(await problemsOf([...plain, ...messages, ...promises], address, 12_000)).toEqual([]);
	});
});

describe('a server with a planted fault is found out', () => {
	const everyFifth = (word: string): Tampering => {
		let count = 0;
		return {toClient: line => (line.startsWith(word) && ++count % 5 === 0 ? [] : [line])};
	};
	const swapped = (word: string): Tampering => {
		let held: string[] = [];
		return {
			toClient(line) {
				if (line.startsWith(word) && held.length === 0) {
					held = [line];
					return [];
				}
				const lines = [line, ...held];
				held = [];
				return lines;
			},
		};
	};
	const seenByPlainPeers = (foreign: string): Tampering => {
		let isPlain = true;
		return {
			toServer(line) {
				if (line.startsWith('@hello ')) isPlain = false;
				return [line];
			},
			toClient: line => (isPlain ? [line, foreign] : [line]),
		};
	};
	const changed = (from: RegExp, to: string): Tampering => ({toClient: line => [line.replace(from, to)]});

	it.each<[string, () => Tampering, rule: string, seen: RegExp]>([
		[
			'every fifth @status is lost',
			() => everyFifth('@status '),
			'20 destinations are taken',
			/read "@status .*" instead of @status with to=/,
		],
		[
			'a message that comes again is acknowledged as a new one',
			() => changed(/^(@ack .*) dup=1/, '$1'),
			'a message that is sent again',
			/read a number that is not above \d+: "@ack /,
		],
		[
			'two messages are swapped',
			() => swapped('@msg '),
			'numbers are the same',
			/another prev than \d+: "@msg /,
		],
		[
			'prev is another number',
			() => changed(/ prev=\d+ /, ' prev=5 '),
			'a message is acknowledged',
			/another prev than 0: "@msg .* prev=5 /,
		],
		[
			'a plain peer sees a line with "@"',
			() => seenByPlainPeers('@join login=eve'),
			'plain peers get a line for each line',
			/who is a plain peer, read "@join login=eve"/,
		],
		[
			'confirmations get lost',
			() => ({toServer: line => (line.startsWith('@got ') ? [] : [line])}),
			'@got confirms',
			/in vain for a line$/,
		],
		[
			'controls pass',
			() => changed(/\xEF\xBF\xBD/g, '\u0007'),
			'controls other than TAB arrive',
			/read "from .*\\u0007/,
		],
	])('%s', async (_, makeTampering, rule, seen) => {
		const address = await startBehind(makeTampering);
		const cases = [...plainCases, ...extendedCases].filter(({name}) => name.startsWith(rule));
		expect(cases).toHaveLength(1);
		const [problem] = await problemsOf(cases, address, 1500);
		expect(problem).toMatch(seen);
	});

	it('with the lines that were seen, and exit code 1', async () => {
		const address = await startBehind(() => seenByPlainPeers('@join login=eve'));
		const {code, text} = await run(at(address), '--only', 'a text may be empty');
		expect(code).toBe(1);
		expect(text).toMatch(
			/^NOT {3}2 What a client sends {2}a text may be empty\n {6}seen: .*"@join login=eve"/,
		);
		expect(text).toMatch(/\n {8}(alice|bob)-\w+ < "@join login=eve"\n/);
		expect(text).toMatch(/\n1 of 1 rule did not hold\.$/);
	});
});

describe('npm run conformance', () => {
	it('tries only the plain rules on a server that answers no hello, and says so', async () => {
		const address = await startBehind(() => ({
			toServer: line => (line.startsWith('@hello ') ? [] : [line]),
		}));
		const {code, text} = await run(at(address), '--only', 'What a client sends');
		expect(code).toBe(0);
		expect(text).toMatch(/\nAll 6 rules held\.\n.* it is a plain server/);
		expect(text).not.toContain('\nheld  3');
	});

	it.each([
		[[], /^conformance: say which server/],
		[['localhost'], /^conformance: "localhost" is no HOST:PORT/],
		[['localhost:0'], /^conformance: "localhost:0" is no HOST:PORT/],
		[['localhost:1', 'localhost:2'], /^conformance: one HOST:PORT is enough/],
		[['--frobnicate'], /^conformance: Unknown option '--frobnicate'/],
	])('refuses %j with a sentence', async (args, sentence) => {
		const {code, text} = await run(...args);
		expect(code).toBe(2);
		expect(text).toMatch(sentence);
		expect(text).not.toContain('\n');
	});

	it('ends with code 2 and one sentence where nobody is', async () => {
		const {address, close} = await startProxy({host: '127.0.0.1', port: 1}, () => ({}));
		close();
		const script = new URL('run.ts', import.meta.url).pathname;
		const ended = promisify(execFile)(process.execPath, [script, at(address)]);
		await expect(ended).rejects.toMatchObject({
			code: 2,
			stdout: '',
			stderr: `conformance: nobody answers at ${at(address)} (ECONNREFUSED): start a server there, or name another HOST:PORT\n`,
		});
	});
});
