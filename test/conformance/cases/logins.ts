import type {Case} from '../case.ts';
import {from, hearOnlyMark} from '../talker.ts';

const section = '2 Logins';

/** Eight characters of ours, of one byte each, make names of exactly so many code points and bytes. */
const allowed = (suffix: string): readonly string[] => [
	`7${suffix}`,
	`a.b_c-${suffix}`,
	`Ünï-${suffix}`,
	`名前.${suffix}`,
	`٣${suffix}`,
	// Brought to NFC.
	`e\u0301te\u0301-${suffix}`,
	`q\u0323\u0307${suffix}`,
	`${suffix}${'a'.repeat(24)}`,
	`${suffix}${'\u{20000}'.repeat(22)}`,
];

const refused = (suffix: string): readonly string[] => [
	'',
	' \t\u3000',
	`.${suffix}`,
	`-${suffix}`,
	`_${suffix}`,
	`\u0301${suffix}`,
	`a b${suffix}`,
	`a,${suffix}`,
	`a/${suffix}`,
	`#${suffix}`,
	`@${suffix}`,
	`🙂${suffix}`,
	`a\u0007${suffix}`,
	`a\u200B${suffix}`,
	`a\u3164${suffix}`,
	`a\uFE0F${suffix}`,
	`q\u0323\u0307\u0304${suffix}`,
	`${suffix}${'a'.repeat(25)}`,
	`${suffix}${'\u{20000}'.repeat(22)}b`,
	`SSH-2.0-${suffix}`,
	'server',
	'SERVER',
	'ｓｅｒｖｅｒ',
	'ѕеrvеr',
	'ser٧er',
];

/** What may be a login, and which two of them are one. */
export const logins: readonly Case[] = [
	{
		section,
		name: 'letters, marks and digits of any script, 32 code points and 96 bytes are let in, and shown in NFC',
		async run(server) {
			for (const login of allowed(server.suffix)) {
				const one = await server.knock(login);
				one.send(login, `${login}: ready`);
				await one.hears(`from ${login.normalize('NFC')}: ready`);
				await one.leave();
			}
		},
	},
	{
		section,
		name: 'other names are refused: longer ones, three marks in a row, invisible ones, what looks like "server"',
		async run(server) {
			const all = refused(server.suffix).map(async login => {
				const one = await server.knock(JSON.stringify(login));
				one.send(login, 'x: y');
				await one.isSentAway();
			});
			await Promise.all(all);
		},
	},
	{
		section,
		name: 'white space around a login is dropped',
		async run(server) {
			const alice = await server.knock(server.name('alice'));
			alice.send(`\u3000 ${alice.login}\u0085\t`, `${alice.login}: hi`);
			await alice.hears(from(alice, 'hi'));
		},
	},
	{
		section,
		name: 'names are compared by NFKC and case: Straße, STRASSE, STRAẞE and full width are one',
		async run(server) {
			const [alice] = await server.plain('alice');
			const names = ['Straße', 'STRASSE', 'STRAẞE', 'ｓｔｒａｓｓｅ'].map(server.name, server);
			const [own = ''] = names;
			const owner = await server.knock(own);
			owner.send(own, `${own}: ready`);
			await owner.hears(from(owner, 'ready'));
			for (const name of names) {
				alice.send(`${name}: ${name}`);
				await owner.hears(from(alice, name));
				const second = await server.knock(name);
				second.send(name, `${alice.login}: hi`);
				await second.isSentAway();
			}
			await hearOnlyMark(alice, alice);
		},
	},
	{
		section,
		name: 'names of different scripts are two, even if they look alike',
		async run(server) {
			const [alice, other] = await server.plain('alice', 'аlice');
			await hearOnlyMark(alice, other);
			await hearOnlyMark(other, alice);
		},
	},
];
