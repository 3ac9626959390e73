import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';
import type {Server} from '../server.ts';
import {from, hearOnlyMark} from '../talker.ts';

const section = '3 What is promised';

/** Somebody is away while something happens, and comes back. */
const comesBack = async (server: Server, happen: (login: string) => Promise<void>): Promise<void> => {
	const key = new TestKey();
	const alice = await server.join('alice', {key});
	await alice.leave();
	await happen(alice.login);
	const back = await server.join('alice', {key});
	await back.isQuiet();
};

/** Plain peers beside those who speak a-chat/1. */
export const beside: readonly Case[] = [
	{
		section,
		name: 'plain peers get a line for each line of a text, as it is, and never a line with "@"',
		async run(server) {
			const [bob] = await server.plain('bob');
			const alice = await server.join('alice', {caps: 'ack,presence,rooms,typing'});
			const start = `@send to=${bob.login}`;
			alice.send(`${start} key=k1 :  hi  `, `${start} key=k2 ml=1 :one%0A%0A50 %25`, `${start} key=k3 :%0A`);
			await bob.hears(...['  hi  ', 'one', '', '50 %', '%0A'].map(text => from(alice, text)));
			alice.send(`@typing to=${bob.login} state=active`, '@state state=away :lunch');
			alice.send(`${start} key=k4 act=1 :waves`);
			const line = await bob.line();
			check(line.startsWith(from(alice, '')) && line.endsWith('waves'), `${bob.login} read ${line}`);
			await hearOnlyMark(bob, bob);
		},
	},
	{
		section,
		name: 'a message to a plain peer is "sent", and to one who has left "absent"',
		async run(server) {
			const [alice] = await server.guests('alice');
			const [bob] = await server.plain('bob');
			check((await alice.message([bob.login], 'one')).states[0] === 'sent', 'it was not "sent"');
			await bob.leave();
			check((await alice.message([bob.login], 'two')).states[0] === 'absent', 'it was not "absent"');
		},
	},
	{
		section,
		name: 'what a plain peer sends comes as @msg, its controls replaced, with all whom it named',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const [carol, dave] = await server.plain('carol', 'dave');
			const names = [alice, dave, bob].map(({login}) => login);
			carol.send(`${names.join(', ')}: hi \u001B[2J\tthere`);
			const text = 'hi \uFFFD[2J\tthere';
			await alice.expect('msg', {from: carol.login, to: names, text});
			await bob.expect('msg', {from: carol.login, to: names, text});
			await dave.hears(from(carol, text));
			await hearOnlyMark(dave, carol);
		},
	},
	{
		section,
		name: 'what a plain peer sends is read by the client whatever else stands among its destinations',
		async run(server) {
			const [alice] = await server.guests('alice');
			const [carol] = await server.plain('carol');
			const odd = ['a b', 'x%41', 'y=z', '\u0001', '@w', '#r', 'ü\u200B', '\u009B', "'", 'z'.repeat(500)];
			for (const name of odd) {
				carol.send(`${name}, ${alice.login}: to ${name.length}`);
				await alice.expect('msg', {from: carol.login, text: `to ${name.length}`});
			}
		},
	},
	{
		section,
		name: 'a line of a plain peer comes whole also when it is longer than a client may write',
		async run(server) {
			const [alice] = await server.guests('alice');
			const [carol] = await server.plain('carol');
			const text = 'é'.repeat(30_000);
			carol.send(`${alice.login}: ${text}`);
			await alice.expect('msg', {text});
		},
	},
	{
		section,
		name: 'what one plain peer sends stays in order, whomever it is for',
		async run(server) {
			const [alice] = await server.guests('alice');
			const [bob, carol] = await server.plain('bob', 'carol');
			const count = 60;
			for (let i = 0; i < count; i++)
				bob.send(`${alice.login}, ${carol.login}: ${i}`, `${carol.login}: only ${i}`);
			for (let i = 0; i < count; i++) {
				await carol.hears(from(bob, `${i}`), from(bob, `only ${i}`));
				await alice.expect('msg', {text: `${i}`});
			}
		},
	},
	{
		section,
		name: 'what a plain peer sends to a client that is away is kept, and comes before @live',
		async run(server) {
			const [carol] = await server.plain('carol');
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			await alice.leave();
			carol.send(`${alice.login}: one`, `${alice.login}: two`);
			await hearOnlyMark(carol, carol);
			const back = await server.join('alice', {key});
			const texts = back.missed.map(line => (line.type === 'msg' ? line.text : line.type));
			check(texts.join() === 'one,two', `before @live came ${JSON.stringify(back.missed)}`);
		},
	},
	{
		section,
		name: 'who was away can log in when a plain peer has meanwhile sent it a long line of controls',
		async run(server) {
			const [carol] = await server.plain('carol');
			await comesBack(server, async login => {
				carol.send(`${login}: ${'\u0001'.repeat(60_000)}`);
				await hearOnlyMark(carol, carol);
			});
		},
	},
	{
		section,
		name: 'who was away can log in when a client has meanwhile sent it a plain line with controls',
		async run(server) {
			const [dave] = await server.guests('dave');
			await comesBack(server, async login => {
				dave.send(`${login}: a\u0007b`);
				await dave.until(({type}) => type === 'status' || type === 'fail');
			});
		},
	},
	{
		section: '1 Lines',
		isLast: true,
		name: 'a line of a server has at most 73,728 bytes, also an @msg with controls that were replaced',
		async run(server) {
			const [alice] = await server.guests('alice');
			const [carol] = await server.plain('carol');
			carol.send(`${alice.login}: ${'\u0001'.repeat(60_000)}`);
			await alice.expect('msg', {from: carol.login});
		},
	},
	{
		section,
		isLast: true,
		name: 'controls in a plain line of a client are replaced or refused, and the server lives on',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			alice.send(`${bob.login}: a\u0007\u001Bb`);
			const answer = await alice.next();
			check(answer.type === 'ack' || answer.type === 'fail', `an answer of type ${answer.type} came`);
			if (answer.type === 'ack') {
				await bob.expect('msg', {text: 'a\uFFFD\uFFFDb'});
				await alice.expect('status');
			}
			const [carol] = await server.guests('carol');
			for (const one of [alice, bob, carol]) await one.isQuiet();
		},
	},
];
