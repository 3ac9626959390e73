import {TestKey} from '../../support/extended-peer.ts';
import {type Case, check} from '../case.ts';
import {type Client, textsOf, untilFound} from '../client.ts';

const section = '3 What a client sends';

/** What the texts of an answer were, and whether there is more. */
const shown = ({lines, hasMore}: Awaited<ReturnType<Client['answer']>>): string =>
	[...textsOf(lines), ...(hasMore ? ['more'] : [])].join(', ');

/** What a client may ask for. */
export const requests: readonly Case[] = [
	{
		section,
		name: 'a ping is answered with its number',
		async run(server) {
			const [alice] = await server.guests('alice');
			alice.send('@ping n=0', '@ping n=9007199254740991', '@pong n=5');
			await alice.expect('pong', {n: 0});
			await alice.expect('pong', {n: 9_007_199_254_740_991});
			await alice.isQuiet();
		},
	},
	{
		section,
		name: 'history is told in pages: in order, with more=1 if there is more, before and after a number',
		async run(server) {
			const [alice, bob] = await server.owners('alice', 'bob');
			const numbers: number[] = [];
			for (let i = 0; i < 5; i++) {
				const [one, other] = i % 2 === 0 ? [alice, bob] : [bob, alice];
				numbers.push((await one.message([other.login], `w${i}`)).n);
				await other.expect('msg', {n: numbers[i]});
			}
			const ask = async (rest: string) => shown(await bob.answer(`@history with=${alice.login}${rest}`));
			const pages = [
				['', 'w0, w1, w2, w3, w4'],
				[' limit=3', 'w2, w3, w4, more'],
				[` limit=3 before=${numbers[2]}`, 'w0, w1'],
				[` limit=2 after=${numbers[0]}`, 'w1, w2, more'],
				[` after=${numbers[4]}`, ''],
			] as const;
			for (const [rest, expected] of pages) {
				const seen = await ask(rest);
				check(seen === expected, `history${rest} told "${seen}" instead of "${expected}"`);
			}
			const {lines} = await bob.answer(`@history with=${alice.login.toUpperCase()} limit=1`);
			const [last] = lines;
			check(last?.type === 'msg' && last.n === numbers[4] && last.from === alice.login, JSON.stringify(last));
			check(last.prev === undefined, 'a message of history had a prev');
		},
	},
	{
		section,
		name: 'a conversation is exactly the people who take part',
		async run(server) {
			const [alice, bob, carol] = await server.owners('alice', 'bob', 'carol');
			await alice.message([bob.login], 'for bob');
			await alice.message([carol.login, bob.login], 'for both');
			await bob.expect('msg');
			await bob.expect('msg');
			await bob.message([alice.login, carol.login], 'to both');
			const two = shown(await bob.answer(`@history with=${alice.login}`));
			const three = shown(await bob.answer(`@history with=${carol.login},${alice.login}`));
			check(two === 'for bob', `with one it told "${two}"`);
			check(three === 'for both, to both', `with both it told "${three}"`);
		},
	},
	{
		section: '3 Names and keys',
		name: 'history and search tell nobody what others said to each other',
		async run(server) {
			const [alice, bob, eve] = await server.owners('alice', 'bob', 'eve');
			const word = server.name('secret').replace('-', '');
			await alice.message([bob.login], word);
			await bob.expect('msg', {text: word});
			await untilFound(bob, word);
			for (const people of [`${alice.login},${bob.login}`, alice.login, eve.login]) {
				const seen = shown(await eve.answer(`@history with=${people}`));
				check(seen === '', `history with ${people} told "${seen}"`);
			}
			const found = shown(await eve.answer(`@search :${word}`));
			check(found === '', `the search found "${found}"`);
		},
	},
	{
		section: '3 Names and keys',
		name: 'a later owner of a name finds nothing of an earlier one',
		async run(server) {
			const [carol] = await server.owners('carol');
			const [guest] = await server.guests('bob');
			const word = server.name('secret').replace('-', '');
			await carol.message([guest.login], word);
			await guest.leave();
			await carol.message([guest.login], word);
			await untilFound(carol, word);
			const later = await server.join('bob', {key: new TestKey()});
			check(later.missed.length === 0, `before @live came ${JSON.stringify(later.missed)}`);
			for (const line of [`@history with=${carol.login}`, `@search :${word}`]) {
				const seen = shown(await later.answer(line));
				check(seen === '', `${line} told "${seen}"`);
			}
		},
	},
	{
		section,
		name: 'a search finds the messages with all of its words, sent and received',
		async run(server) {
			const [alice, bob] = await server.owners('alice', 'bob');
			const [tea, cup] = [server.name('tea').replace('-', ''), server.name('cup').replace('-', '')];
			await alice.message([bob.login], `a ${cup} of ${tea}`);
			await alice.message([bob.login], `only ${tea} here`);
			// The last one is found only once both are.
			await untilFound(alice, `${tea} here`);
			for (const one of [alice, bob]) {
				const both = shown(await one.answer(`@search :${tea} ${cup}`));
				check(both === `a ${cup} of ${tea}`, `both words found "${both}"`);
				const single = textsOf((await one.answer(`@search :${tea}`)).lines);
				check(single.length === 2, `one word found "${single.join(', ')}"`);
				const none = shown(await one.answer(`@search :${tea} ${server.name('none')}`));
				check(none === '', `a word that nobody said found "${none}"`);
				if (one === alice) for (let i = 0; i < 2; i++) await bob.expect('msg');
			}
		},
	},
	{
		section,
		name: '@who tells everybody who is here, plain or not',
		async run(server) {
			const [nc] = await server.plain('nc');
			const [alice, gone] = await server.guests('alice', 'gone');
			await gone.leave();
			const {lines} = await alice.answer('@who');
			const kindOf = (login: string) => lines.find(line => line.type === 'user' && line.login === login);
			const [plain, own] = [kindOf(nc.login), kindOf(alice.login)];
			check(plain?.type === 'user' && plain.kind === 'plain', `${nc.login} is ${JSON.stringify(plain)}`);
			check(own?.type === 'user' && own.kind === 'extended', `${alice.login} is ${JSON.stringify(own)}`);
			check(kindOf(gone.login) === undefined, 'who has left is told as well');
		},
	},
];
