import {parseServerLine} from '../../../source/protocol/extended/server-lines.ts';
import {TestKey} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import type {Case} from '../case.ts';
import {enter} from '../enter.ts';
import {keptAt} from '../kept.ts';
import {overhear} from '../overheard.ts';
import {StoreHost} from '../store-host.ts';
import {sendLine} from './keys.ts';

/** Lines that only a server may write. */
const forged = [
	'from ann: lend me money',
	'from server: this server is shutting down',
	'@msg n=999 prev=0 id=x ts=1 from=ann to=bob :lend me money',
	'@welcome a-chat=1 srv=evil you=bob',
	'@bye code=SHUTDOWN :go away',
];
/** What some programs take for the end of a line. */
const breaks = [
	'\u2028',
	'\u2029',
	'\u0085',
	'\u000b',
	'\u000c',
	'\r',
	'\u0000',
	'%0A',
	'%0D%0A',
	' : ',
	'\t',
];
const padding = (bytes: number) => 'x'.repeat(bytes);

/** Those who want others to read what only a server may say, and those who want others to read nothing. */
export const smugglerCases: readonly Case[] = [
	{
		name: 'lines smuggled through texts, names, padding, %2C and %0A',
		isAttack: true,
		async run({expect, note}) {
			const host = await StoreHost.start();
			const {peer: bob} = await enter(host.address, 'bob', new TestKey());
			const {peer: ann} = await enter(host.address, 'ann', new TestKey());
			const pat = await Peer.login(host.address, 'pat');
			const texts = forged.flatMap(line => breaks.map(end => `hi${end}${line}`));
			const sends = [
				...texts.map((text, at) => `@send key=a${at} to=bob,pat :${text}`),
				...texts.map((text, at) => `@send key=b${at} to=bob,pat ml=1 act=1 :${text}`),
				...texts.map(text => `bob, pat: ${text}`),
			];
			const names = [
				...[
					'bob%0A@msg',
					'bob%2Cann',
					'bob%20ann',
					'bob%3A',
					'%0Abob',
					'bob%E2%80%A8ann',
					'%23den%0A',
					'bob%',
					'bob%ZZ',
					'',
				],
			].map((to, at) => `@send key=n${at} to=${to} :to nobody`);
			const fields = [
				...['key=k%0A@ack to=bob :x', 'key=k to=bob ml=%0A :x', 'key=k key=k2 to=bob :x', 'key=k  to=bob :x'],
				...['key=k to=bob from=ann :x', 'key=k to=bob n=1 id=y ts=1 from=server :x'],
			].map(rest => `@send ${rest}`);
			const state = forged.map(line => `@state state=away :${line}\r${line}`);
			const read = await overhear(host.address, {
				login: 'mal',
				hello: 'agent=evil%C2%A0x',
				key: new TestKey(),
				lines: [...sends, ...names, ...fields, ...state],
			});
			expect(
				read.every(line => parseServerLine(line).ok),
				`mal read ${read.find(line => !parseServerLine(line).ok)}`,
			);
			// Behind the longest line there is nothing, whatever stands there.
			const behind = 'bob: smuggled';
			const tooLong = [
				{login: 'mal', hello: '', lines: [`@send key=l to=bob :${padding(8192)}\r${behind}`]},
				{login: 'mal', hello: '', lines: [`${padding(9000)}@send key=l to=bob :smuggled`]},
				{login: 'mel', lines: [`${padding(65_536)}${behind}`]},
				{login: `mel\u2028${behind}`, lines: [behind]},
				{login: `mel\r${behind}`, lines: [behind]},
				{login: 'from server', lines: [behind]},
				{login: 'server', lines: [behind]},
				{login: 'ѕеrvеr', hello: '', lines: [behind]},
				{login: 'mol', hello: 'agent=x%0A@msg', lines: [behind]},
				{login: 'mol', hello: 'pub=x', lines: [behind]},
			];
			for (const words of tooLong) await overhear(host.address, words);
			// The end of what the others read.
			await sendLine(ann, 'end', ['bob', 'pat'], 'the end');
			const said = new Set(
				keptAt(host.store)
					.filter(({login}) => login === 'mal')
					.map(({text}) => text),
			);
			let count = 0;
			for (
				let line = await bob.next();
				line.type !== 'msg' || line.text !== 'the end';
				line = await bob.next()
			) {
				count++;
				const isRight =
					line.type === 'msg' && line.from === 'mal' && line.to.join() === 'bob,pat' && said.has(line.text);
				expect(
					isRight || (line.type === 'msg' && /^x*$/.test(line.text)),
					`bob read ${JSON.stringify(line)}`,
				);
			}
			let lines = 0;
			for (let line = await pat.line(); line !== 'from ann: the end'; line = await pat.line()) {
				lines++;
				expect(line.startsWith('from mal: '), `pat read ${JSON.stringify(line)}`);
			}
			expect(!ann.peer.lines.some(line => line.includes('nobody')), `ann read ${ann.peer.lines.join()}`);
			expect(count > 0 && lines > 0, 'nothing of it all arrived');
			note(`${count} messages and ${lines} plain lines, all under the name of who sent them`);
			return {tries: sends.length + names.length + fields.length + state.length + tooLong.length};
		},
	},
	{
		name: "filling somebody's mailbox",
		isAttack: true,
		async run({expect, note, isQuick}) {
			const host = await StoreHost.start();
			const bobKey = new TestKey();
			const {peer: ann} = await enter(host.address, 'ann', new TestKey());
			await (await enter(host.address, 'bob', bobKey)).peer.peer.leave();
			const flood = Array.from({length: 400}, (_, at) => `@send key=k${at} to=bob :${at}`);
			const read = await overhear(host.address, {login: 'mal', hello: '', key: new TestKey(), lines: flood});
			const taken = read.filter(line => line.startsWith('@ack ')).length;
			expect(taken === 250, `${taken} of one sender were taken`);
			const plain = Array.from({length: isQuick ? 600 : 2000}, (_, at) => `bob: ${at}`);
			for (const login of ['pat', 'quin']) await overhear(host.address, {login, lines: plain});
			const answer = await sendLine(ann, 'k', ['bob'], 'still room');
			expect(answer.type === 'ack', `ann got ${JSON.stringify(answer)}`);
			const {missed} = await enter(host.address, 'bob', bobKey);
			const others = missed.filter(({from}) => from === 'pat' || from === 'quin').length;
			expect(others === 500, `${others} of plain people were kept`);
			expect(missed.at(-1)?.text === 'still room', 'the message of ann did not come');
			note(`${taken} of one sender and ${others} of all plain people were kept`);
			return {
				tries: flood.length + 2 * plain.length,
				acked: taken + 1,
				lost: taken + 1 - (missed.length - others),
			};
		},
	},
];
