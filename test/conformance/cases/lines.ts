import {setTimeout as sleep} from 'node:timers/promises';
import {type Case, check, quote} from '../case.ts';
import {from, hearOnlyMark} from '../talker.ts';

const section = '1 Lines';
/** Bytes that a client's line has at most. */
const longest = 65_536;

/** Byte sequences that are no UTF-8: a lone byte, a second way to write "/", a surrogate, too high, cut off. */
const broken = ['ff', 'c0af', 'eda080', 'f4908080', 'e282'];

/** What may stand in a stream, whatever it means. */
export const lines: readonly Case[] = [
	{
		section,
		name: 'nothing but LF ends a line: no lone CR, no U+0085, U+2028 or U+2029',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(`${bob.login}: a\rb\u0085c\u2028d\u2029e`);
			await bob.hears(from(alice, 'a\uFFFDb\uFFFDc\u2028d\u2029e'));
		},
	},
	{
		section,
		name: 'one CR right before the LF is dropped, also behind the login',
		async run(server) {
			const alice = await server.knock(server.name('alice'));
			alice.write(`${alice.login}\r\n${alice.login}: hi\r\n`);
			await alice.hears(from(alice, 'hi'));
		},
	},
	{
		section,
		name: 'a stream may be cut between any two bytes',
		async run(server) {
			const [bob] = await server.plain('bob');
			const alice = await server.knock(server.name('alice'));
			for (const byte of Buffer.from(`${alice.login}\n${bob.login}: ä€🙂\r\n`)) {
				alice.write(Buffer.of(byte));
				await sleep(1);
			}
			await bob.hears(from(alice, 'ä€🙂'));
		},
	},
	{
		section,
		name: 'a last line without LF counts when the stream ends with FIN',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.write(`${bob.login}: one\n${bob.login}: two`);
			await alice.leave();
			await bob.hears(from(alice, 'one'), from(alice, 'two'));
		},
	},
	{
		section,
		name: 'a line of 65,536 bytes is taken, a CR before its LF included',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const text = 'x'.repeat(longest - `${bob.login}: `.length);
			alice.write(`${bob.login}: ${text}\n${bob.login}: ${text.slice(1)}\r\n`);
			await bob.hears(from(alice, text), from(alice, text.slice(1)));
		},
	},
	{
		section,
		name: 'a longer line is refused before its end has come; what came before it is delivered, nothing behind it',
		async run(server) {
			const [alice, bob, carol] = await server.plain('alice', 'bob', 'carol');
			alice.send(`${bob.login}: before`);
			alice.write(`${bob.login}: ${'x'.repeat(longest)}`);
			await alice.hears(`from server: a line may have at most ${longest} bytes`);
			alice.write(`\n${bob.login}: behind\n`);
			await alice.finishes();
			await bob.hears(from(alice, 'before'));
			await hearOnlyMark(carol, bob);
		},
	},
	{
		section,
		name: 'a CR counts: 65,536 bytes and a CR are too long',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.write(`${bob.login}: ${'x'.repeat(longest - `${bob.login}: `.length)}\r\n`);
			await alice.isSentAway(`from server: a line may have at most ${longest} bytes`);
			await hearOnlyMark(bob, bob);
		},
	},
	{
		section,
		name: 'a line that is not UTF-8 is refused; what came before it is delivered, nothing behind it',
		async run(server) {
			const [bob, carol] = await server.plain('bob', 'carol');
			for (const bytes of broken) {
				const [alice] = await server.plain(`alice-${bytes}`);
				alice.send(`${bob.login}: before`);
				const line = [`${bob.login}: `, Buffer.from(bytes, 'hex'), `\n${bob.login}: behind\n`];
				alice.write(Buffer.concat(line.map(part => Buffer.from(part))));
				await alice.isSentAway('from server: a line has to be UTF-8');
				await bob.hears(from(alice, 'before'));
			}
			await hearOnlyMark(carol, bob);
		},
	},
	{
		section,
		name: 'the sentence before the end is not lost to a reset when more is written behind the fault',
		async run(server) {
			const [alice] = await server.plain('alice');
			alice.write('x'.repeat(5 * longest));
			await alice.isSentAway(`from server: a line may have at most ${longest} bytes`);
		},
	},
	{
		section,
		name: 'lines of several senders to one peer never mix',
		async run(server) {
			const [bob] = await server.plain('bob');
			const senders = await server.plain('s0', 's1', 's2', 's3');
			const texts = Array.from({length: 25}, (_, at) => `${at} ${String(at % 10).repeat(4000)}`);
			for (const text of texts) for (const sender of senders) sender.send(`${bob.login}: ${text}`);
			const waiting = senders.map(sender => texts.map(text => from(sender, text)));
			for (let left = texts.length * senders.length; left > 0; left--) {
				const line = await bob.line();
				const whose = waiting.find(([next]) => next === line);
				check(
					whose !== undefined,
					`${bob.login} read ${quote(line)}, which nobody has sent, or not as the next`,
				);
				whose.shift();
			}
		},
	},
];
