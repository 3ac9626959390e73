import type {Case} from '../case.ts';
import {from, hearOnlyMark} from '../talker.ts';

const section = '2 The end of a connection';

/** How a plain connection ends, and when a name is free. */
export const endings: readonly Case[] = [
	{
		section,
		name: 'who half-closes has all it sent delivered, gets all that waits for it, then FIN',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const texts = Array.from({length: 100}, (_, at) => `${at} ${'x'.repeat(500)}`);
			alice.send(...texts.map(text => `${alice.login}, ${bob.login}: ${text}`));
			alice.end();
			for (const one of [alice, bob]) await one.hears(...texts.map(text => from(alice, text)));
			await alice.finishes();
		},
	},
	{
		section,
		name: 'a login, a line and the end may come at once, as from a pipe',
		async run(server) {
			const [bob] = await server.plain('bob');
			const alice = await server.knock(server.name('alice'));
			alice.write(`${alice.login}\n${bob.login}: done`);
			await alice.leave();
			await bob.hears(from(alice, 'done'));
		},
	},
	{
		section,
		name: 'a name is free from the moment at which the end was read',
		async run(server) {
			for (let i = 0; i < 5; i++) {
				const [alice] = await server.plain('alice');
				await alice.leave();
			}
		},
	},
	{
		section,
		name: 'a name that is taken is refused with a sentence and FIN, and nothing behind it is delivered',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const second = await server.knock(alice.login);
			second.send(alice.login, `${bob.login}: I am alice`);
			await second.isSentAway(`from server: the name "${alice.login}" is taken`);
			await hearOnlyMark(alice, alice, bob);
		},
	},
	{
		section,
		name: 'a refused login is answered also when no line follows, or the stream ends',
		async run(server) {
			const [alice] = await server.plain('alice');
			const silent = await server.knock(alice.login);
			silent.send(alice.login);
			const ending = await server.knock(alice.login);
			ending.write(alice.login);
			ending.end();
			for (const one of [silent, ending])
				await one.isSentAway(`from server: the name "${alice.login}" is taken`);
			await hearOnlyMark(alice, alice);
		},
	},
	{
		section,
		name: 'a taken name that becomes free at once goes to who asked, with the lines right behind the login',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const second = await server.knock(alice.login);
			second.send(alice.login, `${bob.login}: from the second`);
			await alice.leave();
			await bob.hears(from(second, 'from the second'));
			await hearOnlyMark(bob, second);
		},
	},
	{
		section,
		name: 'a name that is none is refused with a sentence and FIN, and nothing behind it is delivered',
		async run(server) {
			const [bob] = await server.plain('bob');
			const login = `${server.name('alice')}:b`;
			const alice = await server.knock(login);
			alice.send(login, `${bob.login}: hi`);
			await alice.isSentAway(`from server: the name "${login}" may only hold `);
			await hearOnlyMark(bob, bob);
		},
	},
];
