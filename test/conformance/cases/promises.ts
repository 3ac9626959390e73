import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';

const section = '3 What is promised';
/** A quarter of the messages that a mailbox takes, which is what one sender may fill. */
const partOfOne = 250;

/** Sent again, confirmed, refused: what a client may rely on. */
export const promises: readonly Case[] = [
	{
		section,
		name: 'a message that is sent again with its key is acknowledged with dup=1, and delivered once',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const [carol] = await server.plain('carol');
			const to = [bob.login, carol.login];
			const {ack} = await alice.message(to, 'one', 'k1');
			check(ack.dup === undefined, 'the first ack had dup=1');
			for (let i = 0; i < 2; i++) {
				alice.send(`@send key=k1 to=${to.join(',')} :one`);
				const {id, n, ts} = ack;
				await alice.expect('ack', {key: 'k1', dup: true, id, n, ts, to});
				await alice.expect('status', {id, to: bob.login, state: 'queued'});
				await alice.expect('status', {id, to: carol.login, state: 'sent'});
			}
			await alice.message(to, 'two', 'k2');
			await bob.expect('msg', {text: 'one'});
			await bob.expect('msg', {text: 'two'});
			await carol.hears(`from ${alice.login}: one`, `from ${alice.login}: two`);
		},
	},
	{
		section,
		name: 'a key is known again on another connection of the same person',
		async run(server) {
			const [bob] = await server.guests('bob');
			const key = new TestKey();
			const alice = await server.join('alice', {key});
			const {ack} = await alice.message([bob.login], 'one', 'k1');
			await alice.leave();
			const again = await server.join('alice', {key, srv: alice.welcome.srv, seen: ack.n ?? 0});
			again.send(`@send key=k1 to=${bob.login} :one`);
			await again.expect('ack', {key: 'k1', dup: true, id: ack.id, n: ack.n});
			await again.expect('status');
			await again.message([bob.login], 'two');
			await bob.expect('msg', {id: ack.id, text: 'one'});
			await bob.expect('msg', {text: 'two'});
		},
	},
	{
		section,
		name: 'the same key for another text, flag or recipient is KEY_REUSED, and nobody gets that',
		async run(server) {
			const [alice, bob, carol] = await server.guests('alice', 'bob', 'carol');
			await alice.message([bob.login], 'one', 'k1');
			for (const rest of [
				`${bob.login} :two`,
				`${bob.login} act=1 :one`,
				`${bob.login},${carol.login} :one`,
			]) {
				alice.send(`@send key=k1 to=${rest}`);
				await alice.expect('fail', {code: 'KEY_REUSED', key: 'k1'});
			}
			await alice.message([bob.login, carol.login], 'three', 'k2');
			await bob.expect('msg', {text: 'one'});
			for (const one of [bob, carol]) await one.expect('msg', {text: 'three'});
		},
	},
	{
		section,
		name: 'the keys of two senders are two',
		async run(server) {
			const [alice, bob, carol] = await server.guests('alice', 'bob', 'carol');
			for (const one of [alice, bob]) {
				const {ack} = await one.message([carol.login], 'hi', 'k1');
				check(ack.dup === undefined, `the first message of ${one.login} was acknowledged with dup=1`);
				await carol.expect('msg', {id: ack.id, from: one.login});
			}
		},
	},
	{
		section,
		name: '@got confirms everything up to its number, and each sender is told "delivered" once',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const one = await alice.message([bob.login], 'one');
			const two = await alice.message([bob.login], 'two');
			const three = await alice.message([bob.login], 'three');
			for (let i = 0; i < 3; i++) await bob.expect('msg');
			bob.send(`@got n=${two.n}`, `@got n=${one.n}`, `@got n=${two.n}`);
			for (const {ack} of [one, two])
				await alice.expect('status', {id: ack.id, to: bob.login, state: 'delivered'});
			await bob.isQuiet();
			await alice.isQuiet();
			bob.send(`@got n=${three.n}`);
			await alice.expect('status', {id: three.ack.id, to: bob.login, state: 'delivered'});
		},
	},
	{
		section,
		name: '@got of a number that was not sent yet is refused, and confirms nothing',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const {n} = await alice.message([bob.login], 'one');
			await bob.expect('msg', {n});
			bob.send(`@got n=${n + 1_000_000}`);
			await bob.expect('fail');
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'without the cap "ack", what was written counts as confirmed',
		async run(server) {
			const [alice] = await server.guests('alice');
			const bob = await server.join('bob', {caps: 'rooms'});
			alice.send(`@send key=k1 to=${bob.login} :hi`);
			await bob.expect('msg', {text: 'hi'});
			const {id} = await alice.expect('ack');
			await alice.until(line => line.type === 'status' && line.id === id && line.state === 'delivered');
		},
	},
	{
		section,
		name: 'who writes to itself gets the ack and the status only',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			await alice.message([alice.login], 'a note');
			await alice.message([bob.login, alice.login], 'for both');
			await alice.isQuiet();
			await bob.expect('msg', {to: [bob.login, alice.login]});
		},
	},
	{
		section,
		name: 'a mailbox takes 250 messages of one sender while its owner is away; then MAILBOX_FULL, for that sender',
		async run(server) {
			const [alice, bob, carol] = await server.guests('alice', 'bob', 'carol');
			await bob.leave();
			for (let i = 0; i <= partOfOne; i++) alice.send(`@send key=k${i} to=${bob.login} :${i}`);
			for (let i = 0; i < partOfOne; i++) {
				await alice.expect('ack', {key: `k${i}`});
				await alice.expect('status', {state: 'queued'});
			}
			await alice.expect('fail', {code: 'MAILBOX_FULL', key: `k${partOfOne}`, to: bob.login});
			// It is final, so the next message to somebody else is taken.
			await alice.message([carol.login], 'next');
			await carol.expect('msg', {text: 'next'});
			await carol.message([bob.login], 'of another sender');
		},
	},
];
