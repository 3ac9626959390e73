import {type Case, check, quote} from '../case.ts';
import {refuses} from '../client.ts';
import {hearOnlyMark} from '../talker.ts';

const section = '3 Lines';
/** Bytes that a line has at most. */
const longestLine = 8192;

/** What a text may hold, and how long and how whole a line has to be. */
export const texts: readonly Case[] = [
	{
		section,
		name: 'the text is the rest of the line behind the first " :", as it is',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const all = ['', ' ', '  hi :there :) ', ':', 'a%zz=%41\tb', '\uFEFFx\u2028y\u200B', '@bye'];
			for (const text of all) {
				await alice.message([bob.login], text);
				await bob.expect('msg', {text});
			}
		},
	},
	{
		section,
		name: 'controls other than TAB in a text are BAD_TEXT, a CR that is not the last one too',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			for (const control of ['\0', '\u0007', '\u001B', '\r', '\u007F', '\u0085', '\u009B'])
				await refuses(alice, `@send key=k1 to=${bob.login} :a${control}b`, {code: 'BAD_TEXT', key: 'k1'});
			await refuses(alice, `@send key=k1 to=${bob.login} :a\r\r`, {code: 'BAD_TEXT', key: 'k1'});
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'a text of 4,096 bytes is taken, a longer one TEXT_TOO_LONG',
		async run(server) {
			const [alice, bob] = await server.guests('alice', 'bob');
			const text = 'é'.repeat(2048);
			await alice.message([bob.login], text);
			await bob.expect('msg', {text});
			await refuses(alice, `@send key=k1 to=${bob.login} :${text}x`, {code: 'TEXT_TOO_LONG', key: 'k1'});
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'a line of 8,192 bytes is taken, a longer one ends the connection with @bye',
		async run(server) {
			const [alice] = await server.guests('alice');
			const start = '@ping n=1 x=';
			alice.send(start.padEnd(longestLine, 'x'), start.padEnd(longestLine + 1, 'x'), '@ping n=2');
			await alice.expect('pong', {n: 1});
			await alice.expect('bye');
			await alice.finishes();
		},
	},
	{
		section,
		name: 'a line that is not UTF-8 ends the connection with @bye; what came before it is done',
		async run(server) {
			const [alice] = await server.guests('alice');
			alice.write(Buffer.from('@ping n=1\n@ping n=2 x=\xFF\n@ping n=3\n', 'latin1'));
			await alice.expect('pong', {n: 1});
			await alice.expect('bye');
			await alice.finishes();
		},
	},
	{
		section,
		name: 'a last line whose end did not come is thrown away; what was sent before is answered',
		async run(server) {
			const [bob] = await server.plain('bob');
			const [alice] = await server.guests('alice');
			alice.write(`@send key=k1 to=${bob.login} :whole\n@send key=k2 to=${bob.login} :cu`);
			alice.end();
			await alice.expect('ack', {key: 'k1'});
			await alice.expect('status', {state: 'sent'});
			await alice.finishes();
			const line = await bob.line();
			check(line === `from ${alice.login}: whole`, `${bob.login} read ${quote(line)}`);
			await hearOnlyMark(bob, bob);
		},
	},
];
