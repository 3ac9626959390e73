import {mkdirSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {temporaryFolder} from '../../support/environment.ts';
import {type ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import {Program} from '../../support/program.ts';
import type {Case, Stage} from '../case.ts';
import {enter} from '../enter.ts';
import {type KeptMessage, keptAt} from '../kept.ts';
import {StoreHost} from '../store-host.ts';

const [database, log] = ['messages.db', 'messages.db-wal'] as const;

/** Says lines without end, each when the one before is acknowledged, and keeps the numbers of those. */
class Speaker {
	readonly acked: number[] = [];
	isOver = false;

	async speak(peer: ExtendedPeer): Promise<void> {
		try {
			for (let at = 0; !this.isOver; at++) {
				peer.say({type: 'send', key: `k${at}`, to: ['nobody'], text: `line ${at} ${'x'.repeat(at % 500)}`});
				const ack = (await peer.until('ack')).at(-1);
				if (ack?.type === 'ack') this.acked.push(ack.n ?? 0);
			}
		} catch {
			// The host was killed.
		}
	}
}

/** As `cp` does; `copyFileSync` does not end if the file becomes shorter meanwhile. */
const copyFiles = (from: string, to: string): void => {
	for (const name of [database, log]) writeFileSync(path.join(to, name), readFileSync(path.join(from, name)));
};

/** All that is in a store. */
const contentOf = (store: string): Buffer =>
	Buffer.concat([database, log].map(name => readFileSync(path.join(store, name))));

/** What came of starting a host on a folder: `open`, or the sentence with which it ended. */
const tryToOpen = async (stage: Stage, store: string): Promise<string> => {
	const before = contentOf(store);
	const program = new Program(['--host', '--headless', '--listen=0', `--store=${store}`]);
	const isOpen = await program.waitFor('listening on').then(
		() => true,
		() => false,
	);
	if (isOpen) {
		program.kill();
		const {code} = await program.waitForExit();
		stage.expect(code === 0, `a host on a copy ended with ${code}: ${program.stderr}`);
		return 'open';
	}
	const {code, stderr} = await program.waitForExit();
	const isSentence =
		/^(?:\S+ \S+ \S+ INFO {2}Checking [^\n]*\n)?a-chat-tui: [^\n]*messages\.db[^\n]*\n$/.test(stderr);
	stage.expect(code === 1 && isSentence, `a host on a copy ended with ${code}: ${stderr.slice(0, 300)}`);
	stage.expect(contentOf(store).equals(before), 'a damaged copy was changed');
	return stderr;
};

/** Whether a copy holds the first of what the original does, without a gap and as it was said. */
const isPrefix = (copied: readonly KeptMessage[], original: readonly KeptMessage[]): boolean =>
	copied.every(({id, text}, at) => original[at]?.id === id && original[at]?.text === text);

const readCopy = (store: string): readonly KeptMessage[] | undefined => {
	try {
		return keptAt(store);
	} catch {
		return undefined;
	}
};

/** What becomes of the folder in which a host keeps what is said. */
export const folderCases: readonly Case[] = [
	{
		name: 'copy of the store taken mid-write, truncated',
		async run(stage) {
			const {random, isQuick, note, expect} = stage;
			const host = await StoreHost.start();
			const speaker = new Speaker();
			const {peer} = await enter(host.address, 'ann', new TestKey());
			const speaking = speaker.speak(peer);
			const copies: string[] = [];
			for (let at = 0; at < (isQuick ? 3 : 60); at++) {
				await sleep(random.between(50, 200));
				const store = path.join(temporaryFolder('test'), 'copy');
				mkdirSync(store);
				copyFiles(host.store, store);
				if (at % 3 !== 0) {
					const file = path.join(store, at % 3 === 1 ? log : database);
					truncateSync(file, random.between(0, readFileSync(file).length));
				}
				copies.push(store);
			}
			await host.kill();
			await speaking;
			const counts = {open: 0, refused: 0, partly: 0};
			await host.start();
			const original = keptAt(host.store);
			for (const store of copies) {
				if ((await tryToOpen(stage, store)) !== 'open') counts.refused++;
				else {
					const copied = readCopy(store);
					if (copied !== undefined && isPrefix(copied, original)) counts.open++;
					else counts.partly++;
				}
			}
			note(`${counts.open} opened with what was said until then`);
			note(`${counts.refused} refused with a sentence`);
			note(`${counts.partly} opened and are damaged`);
			expect(counts.partly === 0, 'a damaged copy was opened');
			const numbers = new Set(original.map(({n}) => n));
			const lost = speaker.acked.filter(n => !numbers.has(n)).length;
			expect(speaker.acked.length > 0, 'nothing was acknowledged');
			return {tries: copies.length, acked: speaker.acked.length, lost, doubled: 0};
		},
	},
	{
		name: 'log of a killed host truncated',
		async run(stage) {
			const {random, isQuick, expect, note} = stage;
			const host = await StoreHost.start();
			const speaker = new Speaker();
			const {peer} = await enter(host.address, 'ann', new TestKey());
			const speaking = speaker.speak(peer);
			await sleep(isQuick ? 300 : 3000);
			await host.kill();
			await speaking;
			const whole = keptAt(host.store);
			let least = whole.length;
			const tries = isQuick ? 2 : 30;
			for (let at = 0; at < tries; at++) {
				const store = path.join(temporaryFolder('test'), 'copy');
				mkdirSync(store);
				copyFiles(host.store, store);
				const file = path.join(store, log);
				truncateSync(file, random.between(0, readFileSync(file).length));
				const said = await tryToOpen(stage, store);
				const rest = said === 'open' ? readCopy(store) : undefined;
				expect(
					rest !== undefined && isPrefix(rest, whole),
					`it does not hold the first of what was said: ${said}`,
				);
				least = Math.min(least, rest?.length ?? 0);
			}
			note(`from ${least} to ${whole.length} messages left, always the first ones`);
			const numbers = new Set(whole.map(({n}) => n));
			const lost = speaker.acked.filter(n => !numbers.has(n)).length;
			return {tries, acked: speaker.acked.length, lost, doubled: 0};
		},
	},
	{
		name: 'two hosts on one folder',
		async run({expect, note, isQuick, judgesTime}) {
			const first = await StoreHost.start();
			const speaker = new Speaker();
			const {peer} = await enter(first.address, 'ann', new TestKey());
			const speaking = speaker.speak(peer);
			const second = new Program(['--host', '--headless', '--listen=0', `--store=${first.store}`]);
			await second.waitFor('Waiting for another host', {stream: 'stderr'});
			// A host that stands still has the folder all the same.
			first.program.kill('SIGSTOP');
			await sleep(isQuick ? 300 : 10_000);
			expect(second.stdout === '', 'the second began while the first stood still');
			first.program.kill('SIGCONT');
			await sleep(300);
			const killedAt = performance.now();
			await first.kill();
			await speaking;
			await second.waitFor('listening on');
			const ms = performance.now() - killedAt;
			note(`the second accepted after ${ms.toFixed(0)} ms`);
			expect(!judgesTime || ms < 1000, `the second accepted after ${ms.toFixed(0)} ms`);
			const numbers = new Set(keptAt(first.store).map(({n}) => n));
			const port = Number(/:(\d+)\n/.exec(second.stdout)?.[1]);
			const {welcome} = await enter({host: '127.0.0.1', port}, 'bob', new TestKey());
			expect(welcome.n >= (speaker.acked.at(-1) ?? 0), `it begins at ${welcome.n}`);
			const lost = speaker.acked.filter(n => !numbers.has(n)).length;
			return {tries: 1, acked: speaker.acked.length, lost, doubled: 0};
		},
	},
];
