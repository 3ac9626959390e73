import {spawnSync} from 'node:child_process';
import {chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {onCleanup} from '../support/cleanup.ts';
import {programCommand} from '../support/dist.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure} from '../support/expectations.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startHost} from '../support/program.ts';

const at = (port: number) => ({host: '127.0.0.1', port});
const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** Those who talk while the disk of their host fails: bob is away, eve is here, carol and dave are plain peers. */
class Talk {
	readonly #port: number;
	readonly #alice: ExtendedPeer;
	readonly #eve: ExtendedPeer;
	readonly #key: TestKey;
	readonly acknowledged: string[] = [];
	/** What eve has read already. */
	readonly #got: string[] = [];
	#count = 0;

	private constructor(port: number, alice: ExtendedPeer, eve: ExtendedPeer, key: TestKey) {
		this.#port = port;
		this.#alice = alice;
		this.#eve = eve;
		this.#key = key;
	}

	static async begin(port: number): Promise<Talk> {
		const key = new TestKey();
		const bob = await ExtendedPeer.join(at(port), 'bob', {key});
		await bob.peer.leave();
		const eve = await ExtendedPeer.join(at(port), 'eve', {key: new TestKey()});
		return new Talk(port, await ExtendedPeer.join(at(port), 'alice'), eve, key);
	}

	/** A text of its own that bob and eve get. */
	newText(): string {
		return `text ${++this.#count} ${'x'.repeat(3000)}`;
	}

	/** Sends once; false if it has to be sent again. */
	async try(text: string): Promise<boolean> {
		const [, key = ''] = text.split(' ');
		this.#alice.say({type: 'send', key, to: ['bob', 'eve'], text});
		const answer = await this.#alice.next();
		if (answer.type === 'fail') {
			expect(answer).toMatchObject({code: 'UNAVAILABLE', key});
			return false;
		}
		expect(answer).toMatchObject({type: 'ack', key, stored: 'disk'});
		for (const _ of ['bob', 'eve']) await this.#alice.expect('status');
		this.acknowledged.push(text);
		return true;
	}

	/** Sends until it is acknowledged; how often that had to be tried. */
	async send(text = this.newText()): Promise<number> {
		for (let tries = 1; ; tries++) if (await this.try(text)) return tries;
	}

	/** Plain peers notice nothing of it. */
	async expectPlain(): Promise<void> {
		const [carol, dave] = [
			await Peer.login(at(this.#port), 'carol'),
			await Peer.login(at(this.#port), 'dave'),
		];
		carol.send('dave: still here');
		expect(await dave.line()).toBe('from carol: still here');
		for (const peer of [carol, dave]) await peer.leave();
	}

	/** What a plain peer says to somebody else arrives, and is not kept. */
	async expectPassed(): Promise<void> {
		const carol = await Peer.login(at(this.#port), 'carol');
		carol.send('eve: nobody keeps this');
		let line = await this.#eve.expect('msg');
		for (; line.from === 'alice'; line = await this.#eve.expect('msg')) this.#got.push(line.text);
		expect(line).toMatchObject({from: 'carol', text: 'nobody keeps this'});
		expect(line.n).toBeUndefined();
		await carol.leave();
	}

	/** Eve got each once and in order, and so does bob from a host that has just begun with this store. */
	async expectAll(port: number): Promise<void> {
		const texts = this.#got;
		while (texts.length < this.acknowledged.length) texts.push((await this.#eve.expect('msg')).text);
		expect(texts).toEqual(this.acknowledged);
		const bob = await ExtendedPeer.hello(at(port), 'bob', {pub: this.#key.pub});
		const {nonce, srv} = await bob.expect('challenge');
		bob.say({type: 'auth', sig: this.#key.sign(srv, nonce, 'bob')});
		const lines = await bob.until('live');
		expect(lines.flatMap(line => (line.type === 'msg' ? [line.text] : []))).toEqual(this.acknowledged);
	}
}

/** Fills what a disk has left; the file that does so. */
const fill = (folder: string): string => {
	const file = path.join(folder, 'filler');
	const descriptor = openSync(file, 'w');
	for (let size = 65_536; size >= 1; size = Math.floor(size / 4)) {
		try {
			for (;;) writeSync(descriptor, Buffer.alloc(size));
		} catch {}
	}
	closeSync(descriptor);
	return file;
};

const mountSmallDisk = (): string | undefined => {
	const folder = temporaryFolder('test');
	if (!run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'a-chat-test', folder)) return undefined;
	onCleanup('test', () => void run('umount', '-l', folder));
	return folder;
};

const canMount = (() => {
	const folder = temporaryFolder('file');
	return run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'a-chat-test', folder) && run('umount', folder);
})();
const canLimit = run('prlimit', '--version');
const canTrace = run('strace', '-qq', '-o', '/dev/null', 'true');
const isRoot = process.getuid?.() === 0;

type Fault = {readonly store: string; begin(pid: number): void; end(pid: number): void};

const faults: readonly (readonly [string, boolean, () => Fault])[] = [
	[
		'is full (skipped where nothing can be mounted)',
		canMount,
		() => {
			const disk = mountSmallDisk() ?? '';
			let filler = '';
			return {
				store: path.join(disk, 'store'),
				begin: () => {
					filler = fill(disk);
				},
				end: () => rmSync(filler),
			};
		},
	],
	[
		'lets no file grow (skipped where there is no prlimit)',
		canLimit,
		() => {
			const store = path.join(temporaryFolder('test'), 'store');
			const limit = (pid: number, bytes: number | string) =>
				expect(run('prlimit', `--pid=${pid}`, `--fsize=${bytes}:`)).toBe(true);
			return {
				store,
				// Neither its log nor the file, into which that could be moved.
				begin: pid => limit(pid, 4096),
				end: pid => limit(pid, 'unlimited'),
			};
		},
	],
];

describe('while the disk of a host', () => {
	for (const [what, isPossible, make] of faults)
		test.skipIf(!isPossible)(
			`${what}, sends wait, plain peers go on, and it recovers by itself`,
			async () => {
				const {store, begin, end} = make();
				const first = await startHost([`--store=${store}`]);
				const talk = await Talk.begin(first.port);
				for (let i = 0; i < 5; i++) await talk.send();
				begin(first.program.pid);
				const text = talk.newText();
				for (let i = 0; i < 3; i++) expect(await talk.try(text)).toBe(false);
				await talk.expectPlain();
				await talk.expectPassed();
				await first.program.waitFor('Nothing can be kept: ', {stream: 'stderr'});
				end(first.program.pid);
				expect(await talk.send(text)).toBe(1);
				for (let i = 0; i < 5; i++) expect(await talk.send()).toBe(1);
				await first.program.waitFor('What is said is kept again', {stream: 'stderr'});
				first.program.kill('SIGKILL');
				await first.program.waitForExit();
				await talk.expectAll((await startHost([`--store=${store}`])).port);
			},
		);

	test.skipIf(!canTrace)(
		'does not flush, nothing is acknowledged (skipped without strace and leave to trace)',
		async () => {
			const store = path.join(temporaryFolder('test'), 'store');
			// Behind what is flushed while the host starts and the first ones come in.
			const fault = 'inject=fdatasync,fsync:error=EIO:when=40..47';
			const args = ['--host', '--headless', '--listen=0', `--store=${store}`];
			const strace = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync'] as const;
			const first = await startHost(args, {command: [...strace, '-e', fault, ...programCommand(args)]});
			const {pid: tracer} = first.program;
			const pid = Number(readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim());
			const kill = () => run('kill', '-KILL', String(pid));
			onCleanup('test', () => void kill());
			const talk = await Talk.begin(first.port);
			let refusals = 0;
			for (let i = 0; i < 60 && refusals === 0; i++) refusals = (await talk.send()) - 1;
			expect(refusals).toBeGreaterThan(0);
			await talk.expectPlain();
			for (let i = 0; i < 10; i++) await talk.send();
			kill();
			await first.program.waitForExit();
			await talk.expectAll((await startHost([`--store=${store}`])).port);
		},
	);
});

describe.skipIf(!isRoot)('a folder of somebody else (skipped where the tests are not run by root)', () => {
	const asNobody = (args: readonly string[]) =>
		runProgram([], {
			env: {HOME: undefined, A_CHAT_HOME: undefined},
			command: ['setpriv', '--reuid=65534', '--clear-groups', ...programCommand(args)],
		});

	test('is told in a sentence by a host and by what takes care of it', async () => {
		const folder = temporaryFolder('test');
		const store = path.join(folder, 'store');
		chmodSync(folder, 0o755);
		mkdirSync(store, {mode: 0o755});
		const host = ['--host', '--headless', '--listen=0', `--store=${store}`];
		expectFailure(await asNobody(host), {code: 1, says: /lock\.db cannot be used \(E.*: check the rights/});
		const {program} = await startHost([`--store=${store}`]);
		program.kill();
		await program.waitForExit();
		for (const task of ['--check', '--forget=bob', '--store-reset'])
			expectFailure(await asNobody([task, `--store=${store}`]), {code: 1, says: /store/});
	});
});
