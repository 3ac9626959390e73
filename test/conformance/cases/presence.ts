import type {ServerLine} from '../../../source/protocol/extended/server-lines.ts';
import {type Case, check} from '../case.ts';
import type {Client} from '../client.ts';
import {hearOnlyMark} from '../talker.ts';

const section = '3 What a server sends';

/** Reads on to the news of this type about somebody; on a server in use there are others. */
const news = async (client: Client, type: 'join' | 'leave' | 'user', login: string): Promise<ServerLine[]> =>
	(await client.until(line => line.type === type && line.login === login)).filter(
		line => 'login' in line && line.login === login,
	);

/** Who comes, goes, is away, and writes. */
export const presence: readonly Case[] = [
	{
		section,
		name: 'who comes and goes is told to clients with the cap "presence", in whichever dialect it speaks',
		async run(server) {
			const alice = await server.join('alice', {caps: 'ack,presence'});
			const [zoe] = await server.guests('zoe');
			const [nc] = await server.plain('nc');
			await news(alice, 'join', nc.login);
			const [bob] = await server.guests('bob');
			await news(alice, 'join', bob.login);
			for (const one of [bob, nc]) {
				await one.leave();
				const told = await news(alice, 'leave', one.login);
				check(told.length === 1, `of ${one.login} was told ${JSON.stringify(told)}`);
			}
			await zoe.isQuiet();
		},
	},
	{
		section,
		name: 'who leaves and is back at once was never away, or is told as back',
		async run(server) {
			const [nc] = await server.plain('nc');
			const alice = await server.join('alice', {caps: 'ack,presence'});
			// What came before is told then; alice's own coming may have been told before she was live.
			const [first] = await server.plain('first');
			await news(alice, 'join', first.login);
			await nc.leave();
			await server.plain('nc');
			// What comes later is told later.
			const [last] = await server.plain('last');
			const lines = await alice.until(line => line.type === 'join' && line.login === last.login);
			await server.plain('end');
			lines.push(...(await alice.until(line => line.type === 'join' && line.login === server.name('end'))));
			const told = lines.filter(line => 'login' in line && line.login === nc.login).map(({type}) => type);
			check(told.at(-1) !== 'leave', `${nc.login} is here, and told was ${told.join(', ')}`);
		},
	},
	{
		section,
		name: 'who is away is told with its note, and @who knows it',
		async run(server) {
			const alice = await server.join('alice', {caps: 'ack,presence'});
			const [bob, carol] = await server.guests('bob', 'carol');
			bob.send('@state state=away :lunch, back at 2');
			const text = 'lunch, back at 2';
			const away = (await news(alice, 'user', bob.login)).at(-1);
			check(
				away?.type === 'user' && away.state === 'away' && away.text === text,
				`it was told as ${JSON.stringify(away)}`,
			);
			const {lines} = await carol.answer('@who');
			const known = lines.find(line => line.type === 'user' && line.login === bob.login);
			check(
				known?.type === 'user' && known.state === 'away' && known.text === text,
				`@who told ${JSON.stringify(known)}`,
			);
			bob.send('@state state=here');
			const here = (await news(alice, 'user', bob.login)).at(-1);
			check(here?.type === 'user' && here.state === 'here', `it was told as ${JSON.stringify(here)}`);
			await carol.isQuiet();
			await bob.isQuiet();
		},
	},
	{
		section,
		name: 'typing is told to those named who have the cap "typing", and kept for nobody',
		async run(server) {
			const [nc] = await server.plain('nc');
			const [alice, zoe] = await server.guests('alice', 'zoe');
			const bob = await server.join('bob', {caps: 'ack,typing'});
			const others = await server.join('carol', {caps: 'ack,typing'});
			const to = [bob, zoe, nc].map(({login}) => login);
			for (const state of ['active', 'done'] as const) {
				alice.send(`@typing to=${to.join(',')},${server.name('late')} state=${state}`);
				await bob.expect('typing', {from: alice.login, to: [...to, server.name('late')], state});
			}
			for (const one of [zoe, others, alice]) await one.isQuiet();
			await hearOnlyMark(nc, nc);
			const late = await server.join('late', {caps: 'ack,typing'});
			check(late.missed.length === 0, `before @live came ${JSON.stringify(late.missed)}`);
			await late.isQuiet();
		},
	},
];
