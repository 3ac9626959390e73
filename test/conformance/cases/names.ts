import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';
import type {Client} from '../client.ts';
import {hearOnlyMark} from '../talker.ts';

const section = '3 Names and keys';

/** Reads a refusal up to its end. */
const isRefused = async (client: Client): Promise<void> => {
	await client.expect('fail');
	await client.expect('bye');
	await client.finishes();
};

/** Names that are bound to keys, and several sessions of one person. */
export const names: readonly Case[] = [
	{
		section,
		name: 'the first key that comes with a free name binds it; then the challenge has to be signed',
		async run(server) {
			const key = new TestKey();
			const line = `@hello a-chat=1 caps=ack pub=${key.pub}`;
			const login = server.name('Alice');
			const alice = await server.hello(login, line);
			const {srv} = await alice.expect('welcome');
			await alice.leave();
			const nonces = new Set<string>();
			// What is signed is the login as it is written this time.
			for (const written of [login, login.toUpperCase()]) {
				const again = await server.hello(written, line);
				const {nonce} = await again.expect('challenge', {srv});
				nonces.add(nonce);
				again.send(`@auth sig=${key.sign(srv, nonce, written)}`);
				await again.expect('welcome', {srv});
				await again.until(({type}) => type === 'live');
				await again.leave();
			}
			check(nonces.size === 2, 'the same nonce came twice');
		},
	},
	{
		section,
		name: 'a signature of another key, host, nonce or login, and an old one, are refused',
		async run(server) {
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			const {login} = alice;
			const srv = alice.welcome.srv ?? '';
			let old = 'AAAA';
			const attempts = [
				(nonce: string) => new TestKey().sign(srv, nonce, login),
				(nonce: string) => key.sign('elsewhere', nonce, login),
				(nonce: string) => key.sign(srv, `${nonce}A`, login),
				(nonce: string) => key.sign(srv, nonce, server.name('bob')),
				() => 'AAAA',
				() => old,
			];
			for (const attempt of attempts) {
				const one = await server.hello(login, `@hello a-chat=1 caps=ack pub=${key.pub}`);
				const {nonce} = await one.expect('challenge');
				one.send(`@auth sig=${attempt(nonce)}`);
				old = key.sign(srv, nonce, login);
				await isRefused(one);
			}
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'a bound name is refused to guests and to other keys, whether its owner is here or not',
		async run(server) {
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			const hellos = ['@hello a-chat=1 caps=ack', `@hello a-chat=1 caps=ack pub=${new TestKey().pub}`];
			for (const line of hellos) await isRefused(await server.hello(alice.login, line));
			await alice.isQuiet();
			await alice.leave();
			for (const line of hellos) await isRefused(await server.hello(alice.login.toUpperCase(), line));
		},
	},
	{
		section,
		name: 'a bound name is refused to plain peers, and nothing that they send is delivered',
		async run(server) {
			const alice = await server.join('alice', {key: new TestKey()});
			await alice.leave();
			const [bob] = await server.plain('bob');
			const silent = await server.knock(alice.login);
			silent.send(alice.login);
			const hasty = await server.knock(alice.login);
			hasty.send(alice.login, `${bob.login}: I am alice`);
			for (const one of [hasty, silent])
				await one.isSentAway(`from server: the name "${alice.login}" is taken`);
			await hearOnlyMark(bob, bob);
		},
	},
	{
		section,
		name: 'nothing is done for whoever has not answered the challenge',
		async run(server) {
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			const [bob] = await server.plain('bob');
			const thief = await server.hello(alice.login, `@hello a-chat=1 caps=ack pub=${key.pub}`);
			await thief.expect('challenge');
			thief.send(`@send key=k1 to=${bob.login} :I am alice`, `${bob.login}: I am alice`);
			await isRefused(thief);
			await hearOnlyMark(bob, bob);
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'a second login with the key takes over: @bye code=TAKEN_OVER, what was read of the older comes first',
		async run(server) {
			const key = new TestKey();
			const [bob] = await server.plain('bob');
			const first = await server.join('alice', {key});
			const texts = Array.from({length: 20}, (_, at) => `${at} of the first`);
			first.send(...texts.map((text, at) => `@send key=k${at} to=${bob.login} :${text}`));
			const second = await server.join('alice', {key});
			second.send(`@send key=k to=${bob.login} :of the second`);
			await first.until(line => line.type === 'bye' && line.code === 'TAKEN_OVER');
			await first.finishes();
			await bob.hears(...[...texts, 'of the second'].map(text => `from ${first.login}: ${text}`));
			await hearOnlyMark(bob, bob);
		},
	},
	{
		section,
		name: 'role=send logs in beside the session, which stays and gets as @msg what is sent there',
		async run(server) {
			const key = new TestKey();
			const [bob] = await server.plain('bob');
			const [carol] = await server.guests('carol');
			const alice = await server.join('alice', {key});
			const ci = await server.join('alice', {key, isBeside: true});
			const {ack} = await ci.message([bob.login, carol.login], 'built');
			await bob.hears(`from ${alice.login}: built`);
			await carol.expect('msg', {from: alice.login, text: 'built'});
			const to = [bob.login, carol.login];
			await alice.expect('msg', {id: ack.id, n: ack.n, from: alice.login, to, text: 'built'});
			await carol.message([alice.login], 'for the session');
			await alice.expect('msg', {text: 'for the session'});
			await ci.isQuiet();
			await ci.leave();
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'messages for a guest wait after it has left',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			await bob.leave();
			const {states} = await alice.message([bob.login], 'see you');
			check(states[0] === 'queued', `its state was ${states[0]}`);
			const back = await server.join('bob');
			const texts = back.missed.map(line => (line.type === 'msg' ? line.text : line.type));
			check(texts.join() === 'see you', `before @live came ${JSON.stringify(back.missed)}`);
		},
	},
];
