import type {Case} from '../case.ts';
import {refuses} from '../client.ts';

const section = '3 Lines';

/** Lines that are none; `bob` is whoever would get them. */
const faults = (bob: string): readonly string[] => [
	'@',
	'@ping',
	'@ping n=',
	'@ping n=01',
	'@ping n=-1',
	'@ping n=1.5',
	'@ping n=1 n=1',
	'@ping  n=1',
	'@ping n=1 ',
	'@ping n=1 x',
	'@ping n=1 =x',
	'@ping n=1 X=1',
	'@Ping n=1',
	'@ping n=1 mood=%zz',
	'@ping n=1 mood=%4',
	'@ping n=1 mood=%C3%28',
	'@ping n=1 mood=%E2%82',
	'@ping n=1 mood=%ED%A0%80',
	'@ping n=1 mood=%00',
	'@ping n=1 mood=%0A',
	'@ping n=1 mood=%C2%85',
	'@ping n=1 mood=a:b',
	'@ping n=1 mood=a=b',
	'@ping n=1 mood=a\u200Bb',
	'@ping n=1 mood=a\u2028b',
	`@send to=${bob} :no key`,
	`@send key=k1 to=${bob}`,
	`@send key= to=${bob} :x`,
	`@send key=a.b to=${bob} :x`,
	`@send key=${'k'.repeat(65)} to=${bob} :x`,
	`@send key=k1 to=${bob} to=${bob} :x`,
	`@send key=k1 to=${bob} ml=2 :x`,
	`@send key=k1 to=${bob} act=yes :x`,
	`@typing to=${bob} state=later`,
	'@state state=gone',
	'@who room=%23dev',
	'@got n=x',
];

/** How a line of a-chat/1 is made. */
export const syntax: readonly Case[] = [
	{
		section,
		name: 'a line that is none is BAD_SYNTAX, does nothing, and the connection goes on',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			for (const line of faults(bob.login)) await refuses(alice, line, {code: 'BAD_SYNTAX'});
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'a refusal quotes the key, or the req, of what it refuses',
		async run(server) {
			const [alice] = await server.guests('alice');
			await refuses(alice, '@send key=k1 to=%zz :x', {code: 'BAD_SYNTAX', key: 'k1'});
			await refuses(alice, '@who req=r1 room=%zz', {code: 'BAD_SYNTAX', req: 'r1'});
			await refuses(alice, '@history req=r2', {req: 'r2'});
			await refuses(alice, '@history req=r3 with=bob room=#dev', {req: 'r3'});
		},
	},
	{
		section,
		name: 'a verb that nobody knows is UNKNOWN_VERB, with its req',
		async run(server) {
			const [alice] = await server.guests('alice');
			await refuses(alice, '@fly-away req=r1 to=rome', {code: 'UNKNOWN_VERB', req: 'r1'});
			await refuses(alice, '@fly :now', {code: 'UNKNOWN_VERB'});
		},
	},
	{
		section,
		name: 'keys that nobody knows are ignored, if they are well-formed; a CR before the LF is dropped',
		async run(server) {
			const [alice] = await server.guests('alice');
			alice.send('@ping n=7 mood=good,%C3%A9t%C3%A9 x-1=', '@ping n=8\r');
			await alice.expect('pong', {n: 7});
			await alice.expect('pong', {n: 8});
		},
	},
	{
		section,
		name: 'a list is split before its parts are decoded, each once',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const encoded = bob.login.replace('b', '%62');
			alice.send(`@send key=k1 to=${encoded} :hi`);
			await alice.expect('ack', {to: [bob.login]});
			await alice.expect('status', {to: bob.login});
			await bob.expect('msg', {to: [bob.login], text: 'hi'});
			const inOne = `${bob.login}%2C${alice.login}`;
			const to = `${bob.login},${alice.login}`;
			await refuses(alice, `@send key=k2 to=${inOne} :hi`, {code: 'BAD_NAME', to});
			const twice = bob.login.replace('b', '%62');
			await refuses(alice, `@send key=k3 to=${twice.replace('%', '%25')} :hi`, {code: 'BAD_NAME', to: twice});
			await bob.isQuiet();
		},
	},
];
