import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';
import {type Client, textsOf, untilFound} from '../client.ts';

const section = '3 Rooms';

/** Enters a room, and reads that it did. */
const enter = async (room: string, ...all: readonly Client[]): Promise<void> => {
	for (const one of all) {
		one.send(`@room-join room=${room}`);
		await one.until(line => line.type === 'room-joined' && line.login === one.login);
	}
};

/** Rooms stay on a host for good, so these are few. */
export const rooms: readonly Case[] = [
	{
		section,
		name: 'whoever enters a room first makes it; its members hear each other, and who comes and goes',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const room = `#${server.name('Dev')}`;
			alice.send(`@room-join room=${room}`);
			await alice.expect('room-joined', {room, login: alice.login});
			const folded = room.toLowerCase();
			bob.send(`@room-join room=${folded}`);
			for (const one of [alice, bob]) await one.expect('room-joined', {room, login: bob.login});
			const {ack, n} = await bob.message([folded], 'hi all');
			await bob.isQuiet();
			await alice.expect('msg', {id: ack.id, n, from: bob.login, to: [folded], text: 'hi all'});
			// Named as well, it gets the message once.
			await bob.message([folded, alice.login], 'twice');
			await bob.message([alice.login], 'next');
			await alice.expect('msg', {to: [folded, alice.login], text: 'twice'});
			await alice.expect('msg', {text: 'next'});
			bob.send(`@room-leave room=${room}`, `@send key=out to=${room} :still here?`);
			await alice.expect('room-left', {room, login: bob.login});
			const refusal = (await bob.until(({type}) => type === 'fail')).at(-1);
			check(refusal?.type === 'fail' && refusal.code === 'FORBIDDEN', JSON.stringify(refusal));
			await alice.message([room], 'to an empty room');
			await alice.isQuiet();
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'a room is for its members: others get FORBIDDEN, and hear and read nothing of it',
		async run(server) {
			const [alice, eve] = await server.guests('alice', 'eve');
			const room = `#${server.name('dev')}`;
			await enter(room, alice);
			eve.send(`@send key=k1 to=${alice.login},${room} :let me in`);
			await eve.expect('fail', {code: 'FORBIDDEN', key: 'k1', to: room});
			const word = server.name('secret').replace('-', '');
			await alice.message([room], word);
			await untilFound(alice, word);
			for (const line of ['@history req=r1', '@who req=r1']) {
				eve.send(`${line} room=${room}`);
				await eve.expect('fail', {code: 'FORBIDDEN', req: 'r1'});
			}
			const found = await eve.answer(`@search :${word}`);
			check(found.lines.length === 0, `the search found ${JSON.stringify(found.lines)}`);
			const none = `#${server.name('none')}`;
			for (const line of ['@history req=r2', '@who req=r2']) {
				eve.send(`${line} room=${none}`);
				await eve.expect('fail', {code: 'NO_SUCH_ROOM', req: 'r2'});
			}
			eve.send('@room-join room=#-');
			await eve.expect('fail', {code: 'BAD_NAME'});
			await eve.isQuiet();
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'membership is kept, who was away reads from the log, and who comes later all that is kept',
		async run(server) {
			// A guest that comes back may be somebody else; a key shows that it is the same person.
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			const [bob, carol] = await server.guests('bob', 'carol');
			const room = `#${server.name('dev')}`;
			await enter(room, alice, bob);
			await alice.leave();
			const two = server.name('two').replace('-', '');
			for (const text of ['one', two]) await bob.message([room], text);
			const back = await server.join('alice', {key});
			check(textsOf(back.missed).join() === `one,${two}`, `before @live came ${JSON.stringify(back.missed)}`);
			await back.message([room], 'three');
			await bob.until(line => line.type === 'msg' && line.text === 'three');
			await enter(room, carol);
			const {lines, hasMore} = await carol.answer(`@history room=${room}`);
			check(textsOf(lines).join() === `one,${two},three` && !hasMore, JSON.stringify(lines));
			const page = await carol.answer(`@history room=${room.toUpperCase()} limit=2`);
			check(textsOf(page.lines).join() === `${two},three` && page.hasMore, JSON.stringify(page));
			const found = (await untilFound(carol, two)).join();
			check(found === two, `the search found ${found}`);
		},
	},
	{
		section,
		name: '@rooms tells how many members each room has, @who with a room who of them is here',
		async run(server) {
			const [alice, bob, eve] = await server.guests('alice', 'bob', 'eve');
			const [carol] = await server.owners('carol');
			const room = `#${server.name('dev')}`;
			await enter(room, alice, bob, carol);
			await carol.leave();
			const {lines} = await eve.answer('@rooms');
			const own = lines.find(line => line.type === 'room' && line.room === room);
			check(own?.type === 'room' && own.members === 3, `the room was told as ${JSON.stringify(own)}`);
			await alice.until(line => line.type === 'room-joined' && line.login === carol.login);
			const here = (await alice.answer(`@who room=${room}`)).lines;
			const logins = here.map(line => (line.type === 'user' ? line.login : line.type)).toSorted();
			check(logins.join() === [alice.login, bob.login].join(), `in the room were ${logins.join()}`);
		},
	},
];
