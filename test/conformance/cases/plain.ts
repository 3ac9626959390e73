import {type Case, check, quote} from '../case.ts';
import {from, hearOnlyMark} from '../talker.ts';

const sending = '2 What a client sends';
const serving = '2 What a server sends';

/** All controls but TAB and LF: C0, DEL and C1. */
const controls = Array.from({length: 0xa0}, (_, at) => String.fromCharCode(at))
	.filter(character => /\p{Cc}/u.test(character) && character !== '\t' && character !== '\n')
	.join('');

/** `bob: hi`, and what comes of it. */
export const plain: readonly Case[] = [
	{
		section: sending,
		name: 'a line is split at its first colon',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(`${bob.login}: a: b, c: d`, `${bob.login}:http://x/:y`);
			await bob.hears(from(alice, 'a: b, c: d'), from(alice, 'http://x/:y'));
		},
	},
	{
		section: sending,
		name: "destinations and text are trimmed by Unicode's White_Space, which is not JavaScript's trim",
		async run(server) {
			const [alice, bob, carol] = await server.plain('alice', 'bob', 'carol');
			const space = '\u0085 \t\u00A0\u1680\u2003\u2028\u2029\u202F\u205F\u3000';
			alice.send(`${space}${bob.login}${space},${carol.login}${space}:${space}hi${space}ho${space}`);
			const inner = space.replace('\u0085', '\uFFFD');
			for (const one of [bob, carol]) await one.hears(from(alice, `hi${inner}ho`));
			alice.send(`\uFEFF${bob.login}: no`, `${bob.login}: \uFEFFyes\u200B`);
			await bob.hears(from(alice, '\uFEFFyes\u200B'));
		},
	},
	{
		section: sending,
		name: 'a text may be empty',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(`${bob.login}:`, `${bob.login}:   `);
			await bob.hears(from(alice, ''), from(alice, ''));
		},
	},
	{
		section: sending,
		name: 'each destination gets the text once, even if named twice; who names itself gets it too',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const all = [bob.login, alice.login, bob.login, bob.login.toUpperCase()].join(', ');
			alice.send(`${all}: hi`);
			for (const one of [alice, bob]) await one.hears(from(alice, 'hi'));
			await hearOnlyMark(alice, alice, bob);
		},
	},
	{
		section: sending,
		name: 'who is not here is skipped without a word, and so is a line without a colon',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(
				'no colon',
				'',
				`${server.name('nobody')}, ${bob.login}: hi`,
				`${server.name('nobody')}: hi`,
			);
			alice.send(': for nobody', ',,: for nobody', '@no colon either');
			await bob.hears(from(alice, 'hi'));
			await hearOnlyMark(alice, alice, bob);
		},
	},
	{
		section: sending,
		name: 'the first 20 destinations are served; empty ones do not count',
		async run(server) {
			const [alice, bob, carol] = await server.plain('alice', 'bob', 'carol');
			const absent = Array.from({length: 19}, (_, at) => `${server.name('nobody')}-${at}`);
			alice.send(`, ,${absent.join(', ,')},, ${bob.login}, ${carol.login}: hi`);
			await bob.hears(from(alice, 'hi'));
			await hearOnlyMark(alice, carol);
		},
	},
	{
		section: serving,
		name: 'nothing else comes: no greetings, and no notices of who comes or goes',
		async run(server) {
			const [alice] = await server.plain('alice');
			const [bob] = await server.plain('bob');
			await bob.leave();
			await hearOnlyMark(alice, alice);
		},
	},
	{
		section: serving,
		name: 'controls other than TAB arrive as U+FFFD, each as one',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(`${bob.login}: a${controls}\tz`);
			await bob.hears(from(alice, `a${'\uFFFD'.repeat(controls.length)}\tz`));
		},
	},
	{
		section: serving,
		name: 'other invisible characters do arrive',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			const text = 'a\u00AD\u200B\u200D\u202E\u2066\uFEFF\uFE0F\u{E0041}z';
			alice.send(`${bob.login}: ${text}`);
			await bob.hears(from(alice, text));
		},
	},
	{
		section: serving,
		name: 'a line that replaced controls make longer than 73,728 bytes is cut at its end, between characters',
		async run(server) {
			const [alice, bob] = await server.plain('alice', 'bob');
			alice.send(`${bob.login}: z${'\u0001'.repeat(65_000)}`, `${bob.login}: next`);
			const line = await bob.line();
			const most = 73_728;
			const start = from(alice, 'z');
			check(
				line === `${start}${'\uFFFD'.repeat(Math.floor((most - start.length) / 3))}`,
				`${bob.login} read ${quote(line)}`,
			);
			await bob.hears(from(alice, 'next'));
		},
	},
	{
		section: serving,
		name: 'messages to the same person arrive in the order in which they were taken',
		async run(server) {
			const [alice, bob, carol, dave] = await server.plain('alice', 'bob', 'carol', 'dave');
			const count = 60;
			for (let i = 0; i < count; i++) {
				for (const one of [alice, bob]) one.send(`${carol.login}, ${dave.login}: ${i}`);
			}
			const heard: string[] = [];
			for (let i = 0; i < 2 * count; i++) heard.push(await carol.line());
			for (const one of [alice, bob]) {
				const own = heard.filter(line => line.startsWith(from(one, '')));
				const expected = Array.from({length: count}, (_, i) => from(one, `${i}`));
				check(own.join() === expected.join(), `${carol.login} read ${quote(own.join(', '))}`);
			}
			// Whoever else was named has them in the same order.
			await dave.hears(...heard);
		},
	},
	{
		section: serving,
		name: 'nothing is kept for a plain peer who comes later',
		async run(server) {
			const [alice] = await server.plain('alice');
			alice.send(`${server.name('bob')}: too early`);
			await hearOnlyMark(alice, alice);
			const [bob] = await server.plain('bob');
			await hearOnlyMark(alice, bob);
		},
	},
];
