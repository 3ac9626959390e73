import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';
import {textsOf} from '../client.ts';

const section = '3 What is promised';

/** What a client gets that was away. */
export const resume: readonly Case[] = [
	{
		section,
		name: 'who comes back with a cursor gets what came behind it, in order and once, then what is live',
		async run(server) {
			const key = new TestKey();
			const [carol] = await server.guests('carol');
			const alice = await server.join('alice', {key});
			const {n: seen} = await carol.message([alice.login], 'zero');
			await alice.expect('msg', {n: seen});
			alice.send(`@got n=${seen}`);
			await carol.expect('status', {state: 'delivered'});
			await alice.leave();
			const texts = Array.from({length: 60}, (_, at) => `${at}`);
			for (const text of texts) {
				const {states} = await carol.message([alice.login], text);
				check(states[0] === 'queued', `the state of a message to who is away was ${states[0]}`);
			}
			const back = await server.join('alice', {key, srv: alice.welcome.srv, seen});
			const missed = textsOf(back.missed);
			check(missed.join() === texts.join(), `before @live came ${missed.join(' ')}`);
			await carol.message([alice.login], 'live');
			await back.expect('msg', {text: 'live'});
			await back.isQuiet();
		},
	},
	{
		section,
		name: 'the first prev is "seen", also when nothing was missed',
		async run(server) {
			const key = new TestKey();
			const [carol] = await server.guests('carol');
			const alice = await server.join('alice', {key});
			const {n: seen} = await alice.message([carol.login], 'mine');
			await alice.leave();
			const back = await server.join('alice', {key, srv: alice.welcome.srv, seen});
			check(textsOf(back.missed).length === 0, `before @live came ${JSON.stringify(back.missed)}`);
			await carol.expect('msg', {text: 'mine'});
			await carol.message([alice.login], 'yours');
			await back.expect('msg', {prev: seen, text: 'yours'});
		},
	},
	{
		section,
		name: 'without a cursor everything comes that was not confirmed, once more, and nothing else',
		async run(server) {
			const key = new TestKey();
			const [carol] = await server.guests('carol');
			const alice = await server.join('alice', {key});
			const {n} = await carol.message([alice.login], 'confirmed');
			await carol.message([alice.login], 'only read');
			for (let i = 0; i < 2; i++) await alice.expect('msg');
			alice.send(`@got n=${n}`);
			await carol.expect('status', {state: 'delivered'});
			await alice.leave();
			await carol.message([alice.login], 'missed');
			const back = await server.join('alice', {key});
			const missed = textsOf(back.missed).join();
			check(missed === 'only read,missed', `before @live came ${missed}`);
			const [first] = back.missed;
			check(first?.type === 'msg' && first.prev === 0, 'the first prev was not 0');
		},
	},
	...(
		[
			['of another store', {srv: 'elsewhere', by: 0}],
			['of the future', {srv: undefined, by: 1_000_000}],
		] as const
	).map(
		([which, {srv, by}]): Case => ({
			section,
			name: `a cursor ${which} is answered with @gap code=CURSOR, then what was not confirmed`,
			async run(server) {
				const key = new TestKey();
				const [carol] = await server.guests('carol');
				const alice = await server.join('alice', {key});
				const {n} = await carol.message([alice.login], 'one');
				await carol.message([alice.login], 'two');
				for (let i = 0; i < 2; i++) await alice.expect('msg');
				alice.send(`@got n=${n}`);
				await carol.expect('status', {state: 'delivered'});
				await alice.leave();
				const seen = n + by;
				const back = await server.join('alice', {key, srv: srv ?? alice.welcome.srv, seen});
				const [gap, message] = back.missed;
				check(
					gap?.type === 'gap' && gap.code === 'CURSOR' && back.missed.length === 2,
					`before @live came ${JSON.stringify(back.missed)}`,
				);
				// That its prev is the "to" of the gap was looked at when it was read.
				check(
					message?.type === 'msg' && message.text === 'two',
					`behind the gap came ${JSON.stringify(message)}`,
				);
			},
		}),
	),
	{
		section,
		name: 'what was confirmed while the sender was away is told before @live',
		async run(server) {
			const key = new TestKey();
			const [bob] = await server.guests('bob');
			const alice = await server.join('alice', {key});
			const {ack, n: seen} = await alice.message([bob.login], 'hi');
			await alice.leave();
			await bob.expect('msg', {n: seen});
			bob.send(`@got n=${seen}`);
			await bob.isQuiet();
			const back = await server.join('alice', {key, srv: alice.welcome.srv, seen});
			const [status] = back.missed;
			check(
				status?.type === 'status' && status.id === ack.id && status.state === 'delivered',
				`before @live came ${JSON.stringify(back.missed)}`,
			);
			check(back.missed.length === 1 && status.to === bob.login, JSON.stringify(back.missed));
		},
	},
];
