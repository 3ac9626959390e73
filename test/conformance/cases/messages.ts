import {type Case, check, quote} from '../case.ts';
import type {Client} from '../client.ts';

const section = '3 What a client sends';

/** Sends a message that has to be refused so, and with its key. */
const refuses = async (
	client: Client,
	to: readonly string[],
	text: string,
	fault: {readonly code: string; readonly to?: string},
): Promise<void> => {
	client.send(`@send key=bad to=${to.join(',')} :${text}`);
	await client.expect('fail', {...fault, key: 'bad'});
};

/** A message, and what its sender is told. */
export const messages: readonly Case[] = [
	{
		section,
		name: 'a message is acknowledged, told to be queued, delivered with the same id, n and ts',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			alice.send(`@send key=k1 to=${bob.login} :are you there? see http://x/y :)`);
			const to = [bob.login];
			const {id, n, ts} = await alice.expect('ack', {key: 'k1', to, stored: alice.welcome.stored});
			await alice.expect('status', {id, to: bob.login, state: 'queued'});
			const text = 'are you there? see http://x/y :)';
			await bob.expect('msg', {id, n, ts, from: alice.login, to, ml: undefined, act: undefined, text});
		},
	},
	{
		section,
		name: 'behind an ack comes one status for each person, in the order in which they were named',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const [carol] = await server.plain('carol');
			const nobody = server.name('nobody');
			const {states} = await alice.message([nobody, carol.login, bob.login, `${nobody}2`], 'hi');
			const seen = states.join(' ');
			check(seen === 'absent sent queued absent', `the states were ${seen}`);
		},
	},
	{
		section,
		name: '20 destinations are taken, with 20 statuses',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const absent = Array.from({length: 19}, (_, at) => `${server.name('nobody')}-${at}`);
			const {states} = await alice.message([...absent, bob.login], 'hi');
			check(states.join() === [...absent.map(() => 'absent'), 'queued'].join(), states.join(' '));
			await bob.expect('msg', {to: [...absent, bob.login]});
		},
	},
	{
		section,
		name: 'who is named twice is in "to" once, gets it once, and has one status',
		async run(server) {
			const [alice, bob, carol] = await server.guests('alice', 'bob', 'carol');
			const to = [bob.login, carol.login, bob.login.toUpperCase(), bob.login];
			alice.send(`@send key=k1 to=${to.join(',')} :hi`);
			const ack = await alice.expect('ack', {key: 'k1'});
			check(
				ack.to.length === 2 && ack.to[0]?.toLowerCase() === bob.login && ack.to[1] === carol.login,
				`${alice.login} read an ack to=${ack.to.join()}`,
			);
			for (const name of ack.to) await alice.expect('status', {to: name});
			await alice.isQuiet();
			await alice.message([bob.login], 'next');
			await bob.expect('msg', {text: 'hi'});
			await bob.expect('msg', {text: 'next'});
		},
	},
	{
		section,
		name: 'several lines (ml=1) and an action (act=1) come as they were sent',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			alice.send(`@send key=k1 to=${bob.login} ml=1 :one%0A50 %25`);
			await bob.expect('msg', {ml: true, act: undefined, text: 'one%0A50 %25'});
			alice.send(`@send key=k2 to=${bob.login} act=1 :waves`);
			await bob.expect('msg', {ml: undefined, act: true, text: 'waves'});
		},
	},
	{
		section,
		name: 'too many destinations, a bad name and no such room are refused by their codes, and nobody gets it',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const many = Array.from({length: 20}, (_, at) => `${server.name('nobody')}-${at}`);
			const room = `#${server.name('none')}`;
			await refuses(alice, [bob.login, ...many], 'x', {code: 'TOO_MANY_DESTS'});
			await refuses(alice, [bob.login, 'a%20b'], 'x', {code: 'BAD_NAME', to: 'a b'});
			await refuses(alice, [bob.login, 'server'], 'x', {code: 'BAD_NAME', to: 'server'});
			await refuses(alice, [bob.login, '#-'], 'x', {code: 'BAD_NAME', to: '#-'});
			await refuses(alice, [bob.login, room], 'x', {code: 'NO_SUCH_ROOM', to: room});
			// The refusals are final: the key is free, and the next message is taken.
			await alice.message([bob.login], 'next', 'bad');
			await bob.expect('msg', {text: 'next'});
		},
	},
	{
		section,
		name: 'ml=1 with another escape than %0A and %25 is refused, with its key',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			for (const text of ['%41', '50 %', '%0a', '%0D']) {
				alice.send(`@send key=k1 to=${bob.login} ml=1 :${text}`);
				await alice.expect('fail', {key: 'k1'});
			}
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'a line of the plain dialect is acknowledged without a key, its text trimmed',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const [carol] = await server.plain('carol');
			alice.send(`${bob.login}, ${carol.login}:  hi  `);
			const {id, n} = await alice.expect('ack', {key: undefined, to: [bob.login, carol.login]});
			await alice.expect('status', {id, to: bob.login, state: 'queued'});
			await alice.expect('status', {id, to: carol.login, state: 'sent'});
			await bob.expect('msg', {id, n, text: 'hi'});
			await carol.hears(`from ${alice.login}: hi`);
			alice.send('no colon');
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'numbers are the same for everybody, above all earlier ones, and prev shows every hole',
		async run(server) {
			const all = await server.guests('alice', 'bob', 'carol');
			const count = 30;
			for (let i = 0; i < count; i++)
				for (const one of all) {
					const to = all.filter(other => other !== one).map(({login}) => login);
					one.send(`@send key=k${i} to=${to.join(',')} :${i}`);
				}
			const numbers = new Map<string, number | undefined>();
			for (const one of all) {
				const heard = new Map<string, number>();
				// Of each an ack and two statuses of one's own, and a message of both others.
				for (let left = 5 * count; left > 0; left--) {
					const line = await one.next();
					if (line.type === 'status') continue;
					check(line.type === 'ack' || line.type === 'msg', `${one.login} read ${JSON.stringify(line)}`);
					const known = numbers.get(line.id) ?? line.n;
					check(known === line.n, `${line.id} is ${line.n} to ${one.login}, and ${known} to others`);
					numbers.set(line.id, line.n);
					if (line.type === 'ack') continue;
					const next = heard.get(line.from) ?? 0;
					check(line.text === `${next}`, `${one.login} read ${quote(line.text)} instead of "${next}"`);
					heard.set(line.from, next + 1);
				}
			}
			check(new Set(numbers.values()).size === 3 * count, 'a number was used twice');
		},
	},
];
