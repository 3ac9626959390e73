import {type Case, check} from '../case.ts';
import {from, hearOnlyMark} from '../talker.ts';

const section = '3 a-chat/1';

/** Hellos of the right version that are none. */
const bad = [
	'@hello a-chat=1 a-chat=1',
	'@hello a-chat=1  caps=ack',
	'@hello a-chat=1 pub=short',
	'@hello a-chat=1 seen=x',
	'@hello a-chat=1 seen=01',
	'@hello a-chat=1 role=king',
	'@hello a-chat=1 agent=%zz',
	'@hello a-chat=1 colour=a:b',
];

/** How a client asks for a-chat/1. */
export const hello: readonly Case[] = [
	{
		section,
		name: 'a hello right behind the login is answered with @welcome, which says what there is, then @live',
		async run(server) {
			const alice = await server.join('Alice');
			const {you, srv, caps, ...rest} = alice.welcome;
			check(you === alice.login, `"you" is ${JSON.stringify(you)}, the login was ${alice.login}`);
			const shown = JSON.stringify({srv, caps, ...rest});
			check(rest['a-chat'] === 1 && srv !== '' && caps.includes('ack'), `the welcome says ${shown}`);
			check(
				rest.text === 4096 && rest.line === 8192 && rest.dests === 20,
				`limits other than text=4096 line=8192 dests=20: ${shown}`,
			);
			check(alice.missed.length === 0, `before @live came ${JSON.stringify(alice.missed)}`);
		},
	},
	{
		section,
		name: 'a login is told in NFC, and keys of a hello that nobody knows are ignored',
		async run(server) {
			const login = server.name('e\u0301tienne');
			const line = '@hello a-chat=1 caps=ack,flying agent=a%20bot/1.0 colour=red,%23green';
			const client = await server.hello(login, line);
			await client.expect('welcome', {you: login.normalize('NFC')});
			await client.expect('live');
		},
	},
	{
		section,
		name: 'a hello without caps and one at once with what follows are taken',
		async run(server) {
			const login = server.name('alice');
			const alice = await server.hello(login, '@hello a-chat=1\n@ping n=5');
			await alice.expect('welcome');
			await alice.expect('live');
			await alice.expect('pong', {n: 5});
		},
	},
	{
		section,
		name: 'only the line right behind the login counts: later, a hello is a line without a colon',
		async run(server) {
			const [alice] = await server.plain('alice');
			alice.send('@hello a-chat=1', `${alice.login}: still plain`);
			await alice.hears(from(alice, 'still plain'));
			const bob = await server.knock(server.name('bob'));
			bob.send(bob.login, '', '@hello a-chat=1', `${bob.login}: still plain`);
			await bob.hears(from(bob, 'still plain'));
		},
	},
	{
		section,
		name: 'a host stays plain to a version that it does not know',
		async run(server) {
			const alice = await server.knock(server.name('alice'));
			alice.send(alice.login, '@hello a-chat=987654 caps=ack', `${alice.login}: still plain`);
			await alice.hears(from(alice, 'still plain'));
			await hearOnlyMark(alice, alice);
		},
	},
	{
		section,
		name: 'a hello that is none is refused: @fail code=BAD_SYNTAX, @bye, FIN',
		async run(server) {
			const all = bad.map(async (line, at) => {
				const client = await server.hello(server.name(`alice${at}`), line);
				await client.expect('fail', {code: 'BAD_SYNTAX'});
				await client.expect('bye');
				await client.finishes();
			});
			await Promise.all(all);
		},
	},
	{
		section,
		name: 'a name that is taken is refused with @bye to who says hello, with the sentence to a plain peer',
		async run(server) {
			const [alice] = await server.guests('alice');
			const other = await server.hello(alice.login, '@hello a-chat=1 caps=ack');
			await other.until(({type}) => type === 'bye');
			await other.finishes();
			const plain = await server.knock(alice.login);
			plain.send(alice.login, 'x: y');
			await plain.isSentAway(`from server: the name "${alice.login}" is taken`);
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'a name that is none is refused with @bye to who says hello',
		async run(server) {
			const client = await server.hello(`${server.name('alice')}:b`, '@hello a-chat=1 caps=ack');
			check((await client.next()).type === 'fail', 'no @fail came first');
			await client.until(({type}) => type === 'bye');
			await client.finishes();
		},
	},
];
