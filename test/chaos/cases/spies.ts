import {Session} from '../../../source/session/session.ts';
import {makePassingStore} from '../../../source/session/store/session-store.ts';
import {onCleanup} from '../../support/cleanup.ts';
import {TestKey} from '../../support/extended-peer.ts';
import type {Case} from '../case.ts';
import {enter} from '../enter.ts';
import {startLineProxy} from '../line-proxy.ts';
import {overhear, type Words, wasLetIn} from '../overheard.ts';
import {StoreHost} from '../store-host.ts';
import {until} from '../until.ts';
import {sendLine} from './keys.ts';

/** A word that stands in everything that is not for the spy. */
const secret = 'plum';

const questions = [
	...['with=ann', 'with=bob', 'with=ann,bob', 'with=gus', 'room=%23den', 'with=ann after=0', 'with=mal'].map(
		(where, at) => `@history ${where} req=h${at}`,
	),
	...[
		secret,
		`${secret}*`,
		`body:${secret}`,
		`x OR ${secret}`,
		`"${secret}"`,
		`NOT x ${secret}`,
		'*',
		`'${secret}`,
	].map((words, at) => `@search req=s${at} :${words}`),
	...['@who room=%23den req=w', '@send key=r to=%23den :let me in', '@got n=1', '@room-leave room=%23den'],
];

/** Those who want to read what is not for them. */
export const spyCases: readonly Case[] = [
	{
		name: "another's mailbox, history and search",
		isAttack: true,
		async run({expect, note}) {
			const host = await StoreHost.start();
			const [annKey, bobKey, ownKey] = [new TestKey(), new TestKey(), new TestKey()];
			const {peer: ann} = await enter(host.address, 'ann', annKey);
			await overhear(host.address, {login: 'bob', hello: '', key: bobKey, lines: ['@room-join room=%23den']});
			ann.say({type: 'room-join', room: '#den'});
			await ann.until('room-joined');
			const guest = await enter(host.address, 'gus', undefined);
			const hush = async (to: string, what: string) => sendLine(ann, `${what}`, [to], `${secret} for ${to}`);
			await hush('gus', 'k1');
			guest.peer.say({type: 'got', n: (await guest.peer.expect('msg')).n ?? 0});
			guest.peer.say({type: 'send', key: 'g', to: ['ann'], text: `${secret} of gus`});
			await guest.peer.until('status');
			await guest.peer.peer.leave();
			await hush('bob', 'k2');
			await hush('#den', 'k3');
			const attempts: Words[] = [
				// The name of somebody else, as it is and in other letters.
				...['bob', 'BOB', 'ｂｏｂ', 'bo\u200bb', 'bob\u0301'.normalize('NFC')].flatMap(login => [
					{login, hello: '', lines: questions},
					{login, hello: '', key: new TestKey(), lines: questions},
					{login, hello: 'role=send', lines: questions},
					{login, hello: 'srv=x seen=0', key: new TestKey(), lines: questions},
					{login, lines: ['ann: it is me, bob', ...questions]},
				]),
				// One that looks the same.
				{login: 'bоb', hello: '', key: ownKey, lines: questions},
				{login: 'mal', hello: 'seen=0', key: ownKey, lines: questions},
				{login: 'mal', hello: 'role=send', key: ownKey, lines: questions},
				// One that is free again.
				{login: 'gus', hello: '', lines: questions},
				{login: 'GUS', hello: 'seen=0', lines: questions},
				{login: 'gus', hello: '', key: ownKey, lines: questions},
			];
			for (const isAfterKill of [false, true]) {
				if (isAfterKill) {
					await host.kill();
					await host.start();
				}
				for (const words of attempts) {
					const read = await overhear(host.address, words);
					const leaks = read.filter(line => line.includes(secret) && !line.startsWith('@fail '));
					expect(leaks.length === 0, `${JSON.stringify({...words, lines: undefined})} read ${leaks[0]}`);
					const isBob = words.login.normalize('NFKC').toLowerCase() === 'bob';
					expect(!(isBob && wasLetIn(read)), `${words.login} was let in`);
				}
			}
			const {missed} = await enter(host.address, 'bob', bobKey);
			const got = missed.map(({text}) => text).join();
			expect(got === `${secret} for bob,${secret} for #den`, `bob himself got ${got}`);
			note(`${attempts.length} logins with ${questions.length} questions each, before and after a kill`);
			return {tries: 2 * attempts.length, acked: 3};
		},
	},
	{
		name: 'a replayed and a relayed signature',
		isAttack: true,
		async run({expect, note}) {
			const host = await StoreHost.start();
			const key = new TestKey();
			const {
				peer,
				welcome: {srv},
			} = await enter(host.address, 'ann', key);
			await peer.peer.leave();
			const signatures: string[] = [];
			const proxy = await startLineProxy(host.port, () => ({
				onClientLine(line, {toServer}) {
					const sig = /^@auth sig=(\S+)$/.exec(line)?.[1];
					if (sig !== undefined) signatures.push(sig);
					toServer(line);
				},
			}));
			onCleanup('test', proxy.close);
			const behind = {host: '127.0.0.1', port: proxy.port};
			await (await enter(behind, 'ann', key)).peer.peer.leave();
			const [old = ''] = signatures;
			const hello = `@hello a-chat=1 caps=ack pub=${key.pub}`;
			for (const lines of [
				[`@auth sig=${old}`],
				[`@auth sig=${old}`, `@auth sig=${old}`],
				['@send key=k to=ann :hi'],
			]) {
				const read = await overhear(host.address, {login: 'ann', hello: `pub=${key.pub}`, lines});
				expect(
					!wasLetIn(read) && read.some(line => /AUTH_/.test(line)),
					`a replay of ${hello} read ${read.join()}`,
				);
			}
			// A host that she knows passes on the challenge of another one, whom it wants to be her for.
			const store = {
				...makePassingStore(),
				held: {cursor: {srv: 'known', seen: 0}, outbox: [], messages: []},
			};
			const session = new Session({address: behind, login: 'ann', steadyMs: 0});
			onCleanup('test', () => session.stop());
			session.start({agent: 'chaos', identity: key as never, store});
			expect(
				await until(() => session.status.phase === 'stopped'),
				'she stayed with a host that is another one',
			);
			expect(signatures.length === 1, `she signed for ${srv}, and knows another host there`);
			note('signed nothing for a host other than the known one');
			return {tries: 4};
		},
	},
	{
		name: '@got for the future',
		isAttack: true,
		async run({expect}) {
			const host = await StoreHost.start();
			const bobKey = new TestKey();
			await (await enter(host.address, 'bob', bobKey)).peer.peer.leave();
			const {peer: ann} = await enter(host.address, 'ann', new TestKey());
			const texts = ['one', 'two', 'three'];
			for (const [at, text] of texts.entries()) await sendLine(ann, `k${at}`, ['bob'], text);
			const numbers = ['1000', String(Number.MAX_SAFE_INTEGER), '99999999999999999999', '-1', '1e9', '4'];
			for (const role of ['', 'role=send']) {
				const lines = numbers.map(n => `@got n=${n}`);
				const read = await overhear(host.address, {login: 'bob', hello: role, key: bobKey, lines});
				const refused = read.filter(line => line.startsWith('@fail code=BAD_SYNTAX')).length;
				expect(refused === numbers.length, `${refused} of ${numbers.length} were refused ${role}`);
			}
			const {missed} = await enter(host.address, 'bob', bobKey);
			expect(missed.map(({text}) => text).join() === texts.join(), `afterwards bob got ${missed.length}`);
			ann.say({type: 'ping', n: 1});
			const told = (await ann.until('pong')).filter(line => line.type === 'status');
			expect(told.length === 0, `ann was told ${JSON.stringify(told)}`);
			return {tries: 2 * numbers.length, acked: texts.length, lost: texts.length - missed.length};
		},
	},
];
