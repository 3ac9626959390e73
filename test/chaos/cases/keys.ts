import {Session} from '../../../source/session/session.ts';
import {makePassingStore} from '../../../source/session/store/session-store.ts';
import {onCleanup} from '../../support/cleanup.ts';
import {type ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import type {Case} from '../case.ts';
import {enter} from '../enter.ts';
import {keptAt} from '../kept.ts';
import {startLineProxy} from '../line-proxy.ts';
import {StoreHost} from '../store-host.ts';
import {until} from '../until.ts';

/** Sends a line under a key, and gives what comes back: the ack, or the refusal. */
export const sendLine = async (peer: ExtendedPeer, key: string, to: readonly string[], text: string) => {
	peer.say({type: 'send', key, to, text});
	let answer = await peer.next();
	while (answer.type !== 'ack' && answer.type !== 'fail') answer = await peer.next();
	if (answer.type === 'ack') for (const name of to) if (!name.startsWith('#')) await peer.expect('status');
	return answer;
};

const codeOf = (answer: {readonly type: string; readonly code?: string}): string =>
	answer.type === 'fail' ? (answer.code ?? '') : answer.type;

/** What becomes of keys by which a host knows what it has already. */
export const keyCases: readonly Case[] = [
	{
		name: 'ack lost three times',
		async run({expect, isQuick}) {
			const host = await StoreHost.start();
			const lines = isQuick ? 5 : 100;
			let lost = 0;
			const proxy = await startLineProxy(host.port, () => ({
				onServerLine(line, {toClient, cut}) {
					if (!line.startsWith('@ack ') || lost >= 3) toClient(line);
					else {
						lost++;
						cut();
					}
				},
			}));
			onCleanup('test', proxy.close);
			const bob = await enter(host.address, 'bob', new TestKey());
			const session = new Session({
				address: {host: '127.0.0.1', port: proxy.port},
				login: 'ann',
				steadyMs: 0,
				settleMs: 10_000,
			});
			onCleanup('test', () => session.stop());
			let accepted = 0;
			let shown = 0;
			session.on('posts', (ids, state) => {
				if (state === 'accepted') accepted += ids.length;
			});
			session.on('messages', messages => {
				shown += messages.length;
			});
			session.start({agent: 'chaos', identity: new TestKey() as never, store: makePassingStore()});
			const texts = Array.from({length: lines}, (_, at) => `line ${at}`);
			for (const text of texts) session.send(['bob'], text);
			expect(await until(() => accepted === lines), `${accepted} of ${lines} were accepted`);
			const read: string[] = [];
			while (read.length < lines) read.push((await bob.peer.expect('msg')).text);
			expect(read.join() === texts.join(), `bob read ${read.join()}`);
			expect(shown === 0, `${shown} own lines were shown as news`);
			const kept = keptAt(host.store).map(({text}) => text);
			expect(kept.join() === texts.join(), `stored is ${kept.join()}`);
			return {tries: lost, acked: accepted, lost: 0, doubled: kept.length - new Set(kept).size};
		},
	},
	{
		name: 'same key, another body',
		async run({expect}) {
			const host = await StoreHost.start();
			const [annKey, bobKey] = [new TestKey(), new TestKey()];
			await enter(host.address, 'bob', bobKey);
			let {peer: ann} = await enter(host.address, 'ann', annKey);
			const {peer: cat} = await enter(host.address, 'cat', new TestKey());
			expect(codeOf(await sendLine(ann, 'k1', ['bob', 'cat'], 'one')) === 'ack', 'the first was not taken');
			expect(
				codeOf(await sendLine(cat, 'k1', ['bob', 'cat'], 'mine')) === 'ack',
				"another's key was not free",
			);
			const others = [
				[['bob', 'cat'], 'two'],
				[['bob'], 'one'],
				[['bob', 'cat', 'dan'], 'one'],
				[['bob', 'cat'], 'one '],
			] as const;
			let tries = 0;
			for (const isAfterKill of [false, true]) {
				if (isAfterKill) {
					await host.kill();
					await host.start();
					({peer: ann} = await enter(host.address, 'ann', annKey));
				}
				for (const [to, text] of others) {
					const code = codeOf(await sendLine(ann, 'k1', to, text));
					expect(code === 'KEY_REUSED', `"${text}" to ${to.join()} got ${code}`);
					tries++;
				}
				const again = await sendLine(ann, 'k1', ['CAT', 'bob'], 'one');
				expect(again.type === 'ack' && again.dup === true, `the same got ${JSON.stringify(again)}`);
			}
			const kept = keptAt(host.store).map(({text}) => text);
			expect(kept.join() === 'one,mine', `stored is ${kept.join()}`);
			return {tries, acked: 2, lost: 0, doubled: kept.length - 2};
		},
	},
	{
		name: '1,500 messages for somebody away, who has room for 1,000',
		async run({expect, note}) {
			const host = await StoreHost.start();
			const bobKey = new TestKey();
			await (await enter(host.address, 'bob', bobKey)).peer.peer.leave();
			const accepted: string[] = [];
			let refused = 0;
			for (const login of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
				const {peer} = await enter(host.address, login, new TestKey());
				const texts = Array.from({length: 250}, (_, at) => `${login} ${at}`);
				for (const [at, text] of texts.entries()) peer.say({type: 'send', key: `k${at}`, to: ['bob'], text});
				for (const text of texts) {
					const answer = await peer.next();
					if (answer.type === 'ack') {
						accepted.push(text);
						await peer.expect('status');
					} else if (answer.type === 'fail' && answer.code === 'MAILBOX_FULL' && answer.to === 'bob')
						refused++;
					else expect(false, `${text} got ${JSON.stringify(answer)}`);
				}
			}
			expect(accepted.length === 1000, `${accepted.length} were accepted`);
			await host.kill();
			await host.start();
			const {peer, missed} = await enter(host.address, 'bob', bobKey);
			const got = missed.map(({text}) => text);
			expect(got.join() === accepted.join(), `bob got ${got.length}, of which other than was acknowledged`);
			peer.say({type: 'got', n: missed.at(-1)?.n ?? 0});
			await peer.peer.leave();
			const {peer: late} = await enter(host.address, 'a7', new TestKey());
			const code = codeOf(await sendLine(late, 'k', ['bob'], 'late'));
			expect(code === 'ack', `with room again, a message got ${code}`);
			note(`${refused} refused with MAILBOX_FULL`);
			return {tries: 1500, acked: accepted.length, lost: accepted.length - new Set(got).size, doubled: 0};
		},
	},
	{
		name: 'taken over by oneself, and by another',
		async run({expect, isQuick}) {
			const host = await StoreHost.start();
			const [annKey, rounds] = [new TestKey(), isQuick ? 3 : 30];
			const {peer: bob} = await enter(host.address, 'bob', new TestKey());
			let {peer: ann} = await enter(host.address, 'ann', annKey);
			let sent = 0;
			for (let round = 0; round < rounds; round++) {
				const thief = await enter(host.address, 'ANN', new TestKey()).catch((error: Error) => error.message);
				expect(typeof thief === 'string' && /NAME_TAKEN/.test(thief), 'another key got in');
				for (let at = 0; at < 5; at++)
					ann.say({type: 'send', key: `k${sent}`, to: ['bob'], text: `${sent++}`});
				const older = ann;
				const newer = await enter(host.address, 'ann', annKey);
				const end = (await older.until('bye')).at(-1);
				expect(end?.type === 'bye' && end.code === 'TAKEN_OVER', `the older read ${JSON.stringify(end)}`);
				ann = newer.peer;
				// What was read of the older comes first, so what it sent and was not told of is asked for again.
				for (let at = sent - 5; at < sent; at++) {
					const answer = await sendLine(ann, `k${at}`, ['bob'], `${at}`);
					expect(answer.type === 'ack', `${at} got ${JSON.stringify(answer)}`);
				}
			}
			const read: string[] = [];
			while (read.length < sent) read.push((await bob.expect('msg')).text);
			const expected = Array.from({length: sent}, (_, at) => `${at}`).join();
			expect(read.join() === expected, `bob read ${read.join()}`);
			const kept = keptAt(host.store).map(({text}) => text);
			expect(kept.join() === expected, `stored is ${kept.join()}`);
			return {tries: 2 * rounds, acked: sent, lost: sent - new Set(kept).size, doubled: kept.length - sent};
		},
	},
];
