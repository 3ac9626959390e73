import {TestKey} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import type {Case} from '../case.ts';
import {enter} from '../enter.ts';
import {StoreHost} from '../store-host.ts';
import {sendLine} from './keys.ts';

/** Messages that wait unconfirmed. */
const waiting = 20;
/** What is said behind them so that memory has no room for them any more: 18 MiB. */
const flood = {count: 4700, text: 'x'.repeat(4000)};

const firstOf = (lines: readonly {readonly n?: number | undefined; readonly text: string}[]) =>
	lines.map(({text}) => text);
const texts = Array.from({length: waiting}, (_, at) => `line ${at}`);

/** What a host makes of a client that says it has come from somewhere else. */
export const cursorCases: readonly Case[] = [
	{
		name: 'cursor from the future, from another store, garbage',
		async run({expect, note}) {
			const host = await StoreHost.start();
			const bobKey = new TestKey();
			const {peer: ann} = await enter(host.address, 'ann', new TestKey());
			const {
				peer,
				welcome: {srv},
			} = await enter(host.address, 'bob', bobKey);
			await peer.peer.leave();
			for (const [at, text] of texts.entries()) await sendLine(ann, `k${at}`, ['bob'], text);
			const strange = [
				{srv, seen: 1_000_000},
				{srv, seen: Number.MAX_SAFE_INTEGER},
				{srv: 'another', seen: 5},
				{seen: 5},
			];
			for (const cursor of strange) {
				const {peer: bob, missed, gap} = await enter(host.address, 'bob', bobKey, cursor);
				expect(gap?.code === 'CURSOR', `${JSON.stringify(cursor)} got no gap`);
				expect(firstOf(missed).join() === texts.join(), `${JSON.stringify(cursor)} got ${missed.length}`);
				let last = gap?.to;
				for (const {n, prev} of missed) {
					expect(prev === last, `${JSON.stringify(cursor)}: ${n} names ${prev} before it, not ${last}`);
					last = n;
				}
				await bob.peer.leave();
			}
			const garbage = [
				...['seen=abc', 'seen=-1', 'seen=01', 'seen=1e3', 'seen=99999999999999999999999'],
				...['seen=%30', 'srv=%00', 'srv=../../etc', `srv=${'x'.repeat(65)}`, 'seen=1 seen=2'],
			];
			for (const words of garbage) {
				const one = await Peer.connect(host.address);
				one.send('bob', `@hello a-chat=1 caps=ack pub=${bobKey.pub} ${words}`);
				const [fail = '', bye = ''] = [await one.line(), await one.line()];
				expect(/^@fail code=BAD_SYNTAX /.test(fail) && /^@bye /.test(bye), `${words} got ${fail}`);
				one.socket.destroy();
			}
			const {missed} = await enter(host.address, 'bob', bobKey);
			expect(firstOf(missed).join() === texts.join(), `afterwards bob got ${missed.length}`);
			note(`${garbage.length} refused`);
			const tries = strange.length + garbage.length;
			return {tries, acked: waiting, lost: waiting - missed.length, doubled: 0};
		},
	},
	{
		name: 'cursor older than what is kept',
		async run({expect, note}) {
			const host = await StoreHost.start({store: 'memory'});
			const bobKey = new TestKey();
			const {
				peer,
				welcome: {srv},
			} = await enter(host.address, 'bob', bobKey);
			await peer.peer.leave();
			const {peer: ann} = await enter(host.address, 'ann', new TestKey());
			for (const [at, text] of texts.entries()) await sendLine(ann, `k${at}`, ['bob'], text);
			// A message has to be there that is kept, behind the others.
			for (let at = 0; at < flood.count; at++)
				ann.say({type: 'send', key: `f${at}`, to: ['nobody'], text: flood.text});
			for (let at = 0; at < flood.count; at++) await ann.until('status');
			await sendLine(ann, 'last', ['bob'], 'the last one');
			const {missed, gap, welcome} = await enter(host.address, 'bob', bobKey, {srv, seen: 5});
			expect(gap?.code === 'RETENTION' && gap.from === 6, `the gap is ${JSON.stringify(gap)}`);
			expect(firstOf(missed).join() === 'the last one', `bob got ${firstOf(missed).join()}`);
			expect(missed[0]?.prev === gap?.to, `prev is ${missed[0]?.prev}`);
			note(`told that 6 to ${gap?.to} of ${welcome.n} are gone`);
			return {tries: 1, acked: waiting + flood.count + 1, lost: 0, doubled: 0};
		},
	},
];
