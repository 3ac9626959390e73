import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, it} from 'vitest';
import {type BrokerOptions, startBroker} from '../source/broker/index.ts';
import {challengeText} from '../source/protocol/extended/challenge-text.ts';
import {blocks, documentText, readDialogue} from './protocol-document/blocks.ts';
import {Likeness} from './protocol-document/likeness.ts';
import {Stage} from './protocol-document/stage.ts';
import {onCleanup} from './support/cleanup.ts';
import {ExtendedPeer} from './support/extended-peer.ts';
import {type Address, Peer} from './support/peer.ts';

const start = async (options: BrokerOptions = {}): Promise<Address> => {
	const broker = await startBroker({port: 0, shutdownLingerMs: 1, ...options});
	onCleanup('test', () => broker.close());
	return broker.address;
};

/** Blocks that say how a line is made up, and are none themselves. */
const forms = ['DESTINATION, DESTINATION: TEXT', 'from LOGIN: TEXT'];

const dialogues = blocks.flatMap(lines => readDialogue(lines) ?? []);
const sessions = blocks.filter(([first = '']) => first.startsWith('$ '));
const hasNetcat = spawnSync('nc', ['-h']).error === undefined;

/** Runs a command as it stands in the document. */
const run = (command: string) => {
	const child = spawn('bash', ['-c', command], {stdio: 'pipe'});
	onCleanup('test', () => void child.kill('SIGKILL'));
	return child;
};

describe('docs/protocol.md', () => {
	it('has no example that is not tried here', () => {
		const others = blocks.filter(lines => readDialogue(lines) === undefined && !sessions.includes(lines));
		expect(others.map(lines => lines.join('\n'))).toEqual(forms);
		expect(sessions).toHaveLength(1);
		expect(dialogues.length).toBeGreaterThan(40);
	});

	it('shows what a broker says', async () => {
		const address = await start();
		const stage = new Stage(address);
		// Who is there, and what was said, before the first example.
		await stage.seat('bob');
		const dora = await ExtendedPeer.join(address, 'dora', {key: stage.keyOf('dora')});
		await dora.send('k0', ['dora'], 'a note');
		await dora.peer.leave();
		await stage.play(dialogues);
		expect(stage.unsaid).toEqual([]);
	});

	it.skipIf(!hasNetcat)('shows what one types and sees with nc', async () => {
		const address = await start();
		const bob = await Peer.login(address, 'bob');
		const [command = '', ...lines] = sessions[0] ?? [];
		const nc = run(command.replace('$ ', '').replace('8080', String(address.port)));
		let seen = '';
		nc.stdout.on('data', chunk => {
			seen += chunk;
		});
		const said = lines.map(line => line.replace(/ +←.*/, ''));
		for (const line of said.filter(one => !one.startsWith('from '))) nc.stdin.write(`${line}\n`);
		expect(await bob.line()).toBe('from alice: hello');
		for (const line of said.filter(one => one.startsWith('from '))) {
			const [, login = '', text = ''] = /^from (\S+): (.*)$/.exec(line) ?? [];
			expect(login).toBe('bob');
			bob.send(`alice: ${text}`);
			await expect.poll(() => seen).toBe(`${line}\n`);
		}
	});

	it.skipIf(!hasNetcat)('has a command that sends a line and ends', async () => {
		const address = await start();
		const bob = await Peer.login(address, 'bob');
		const [, command = ''] = /`(printf [^`]* \| nc -N) …`/.exec(documentText) ?? [];
		const child = run(`${command} ${address.host} ${address.port}`);
		expect(await once(child, 'exit')).toEqual([0, null]);
		expect(await bob.line()).toBe('from ci: done');
	});

	it('says what a client signs', () => {
		const [, label] =
			/What is signed are five lines, without an LF\s+at the end: `([^`]+)`, `srv`, `nonce`, the login/.exec(
				documentText,
			) ?? [];
		const lines = [label, 'SRV', 'NONCE', 'alice', 'PUB'];
		expect(challengeText({srv: 'SRV', nonce: 'NONCE', login: 'alice', pub: 'PUB'})).toBe(lines.join('\n'));
	});

	it('has the sentences with which a connection ends', async () => {
		const sentences = [...documentText.matchAll(/^\| `(from server: [^`]*)` /gm)].map(
			([, line = '']) => line,
		);
		const {host, port} = await start({
			maxConnections: 3,
			loginTimeoutMs: 60,
			housekeepingMs: 10,
			nameRetryMs: 1,
		});
		const ended: string[] = [];
		const end = async (...bytes: (string | Buffer)[]): Promise<void> => {
			const peer = await Peer.connect({host, port});
			for (const one of bytes) peer.write(one);
			ended.push(await peer.line());
			await peer.ended;
			peer.reset();
		};
		const alice = await Peer.login({host, port}, 'alice');
		await end('alice\n', '\n');
		await end('a:b\n', '\n');
		await end('bob\n', 'x'.repeat(65_537));
		await end('bob\n', Buffer.of(0xff, 0x0a));
		await end();
		const others = [await Peer.login({host, port}, 'bob'), await Peer.login({host, port}, 'carol')];
		await end();
		for (const other of [alice, ...others]) other.reset();
		const closing = await startBroker({port: 0});
		const last = await Peer.login(closing.address, 'alice');
		const closed = closing.close();
		ended.push(await last.line());
		await closed;
		last.reset();
		const shown = ended.map(line =>
			line.replace('within 0.06 s', 'within 60 s').replace('takes 3 ', 'takes 1024 '),
		);
		expect(shown).toHaveLength(sentences.length);
		for (const [at, sentence] of sentences.entries()) {
			const [start = '', isCut] = sentence.split(' …');
			if (isCut === undefined) expect(shown[at]).toBe(sentence);
			else expect(shown[at]?.startsWith(start)).toBe(true);
		}
	});
});

describe('what stands there is found to be wrong', () => {
	const likeness = () => {
		const one = new Likeness();
		one.problemOf('@ack id=real n=7 ts=5 to=bob', '@ack id=5k n=880 ts=100 to=bob');
		return one;
	};

	it.each([
		['another id for the same one', '@status id=real to=bob state=sent', '@status id=6k to=bob state=sent'],
		['the same id for another one', '@status id=other to=bob state=sent', '@status id=5k to=bob state=sent'],
		['numbers in another order', '@msg n=6 id=b', '@msg n=881 id=x'],
		['another state', '@status id=real to=bob state=sent', '@status id=5k to=bob state=queued'],
		['a key too much', '@end req=h more=1', '@end req=h'],
		['another text', '@fail code=X :why', '@fail code=X :because'],
		['another line', 'from bob: hi', 'from bob: ho'],
	])('%s', (_, real, written) => {
		expect(likeness().problemOf(real, written)).toBeDefined();
	});

	it('and what is right is not', () => {
		const one = likeness();
		expect(
			one.problemOf('@status id=real to=bob state=sent', '@status id=5k to=bob state=sent'),
		).toBeUndefined();
		expect(one.problemOf('@msg n=9 prev=7 id=b :x', '@msg n=883 prev=880 id=6k :x')).toBeUndefined();
		expect(one.problemOf('@welcome a-chat=1 you=x n=9', '@welcome a-chat=1 you=x …')).toBeUndefined();
	});
});
