import {describe, expect, test} from 'vitest';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {JsonBot} from '../support/json-bot.ts';
import {Peer} from '../support/peer.ts';
import {startPlainFront} from '../support/plain-host.ts';
import {startHost} from '../support/program.ts';

const at = (port: number) => ({host: '127.0.0.1', port});

describe('--json', () => {
	test('who is in is told what the host can do, and what is sent is acknowledged', async () => {
		const {port} = await startHost();
		const bob = await Peer.login(at(port), 'bob');
		const bot = new JsonBot(port, 'bot');

		expect(await bot.until('connected')).toMatchObject({
			...{host: `127.0.0.1:${port}`, login: 'bot', dialect: 'a-chat/1', stored: 'memory'},
			limits: {textBytes: 4096, destinations: 20},
		});
		expect(await bot.until('live')).toEqual({type: 'live', missed: 0});
		bot.say({type: 'send', to: ['bob', 'nobody', '#dev'], text: 'hi', key: 'k1'});
		expect(await bot.until('refused')).toMatchObject({key: 'k1', code: 'NO_SUCH_ROOM'});
		bot.say({type: 'send', to: ['bob', 'nobody'], text: 'two\nlines', key: 'k2'});
		const {id, n} = await bot.until('accepted');
		expect(n).toBe(1);
		expect(await bot.until('status')).toEqual({type: 'status', id, key: 'k2', to: 'bob', state: 'sent'});
		expect(await bot.until('status')).toMatchObject({to: 'nobody', state: 'absent'});
		expect(await bob.take(2)).toEqual(['from bot: two', 'from bot: lines']);
		bot.say({type: 'send', to: ['bob', 'nobody'], text: 'two\nlines', key: 'k2'});
		expect(await bot.until('accepted')).toMatchObject({id, duplicate: true});
		bot.say({type: 'send', to: ['bob'], text: 'waves', action: true});
		expect(await bob.line()).toBe('from bot: * waves');
		bob.send('bot: you too');
		expect(await bot.until('message')).toMatchObject({from: 'bob', to: ['bot'], text: 'you too', n: 3});

		expect(await bot.end()).toMatchObject({code: 0, stderr: ''});
	});

	test('people, rooms, history and search are asked for, and answered under the name that the asker gave', async () => {
		const {port} = await startHost();
		const bot = await JsonBot.join(port, 'bot');
		const bob = await ExtendedPeer.withAll(at(port), 'bob');
		await bot.until('presence', {login: 'bob', state: 'here'});

		bot.say({type: 'room-join', room: '#dev', req: 'a'});
		await bot.until('room-joined', {login: 'bot'});
		expect(await bot.until('room-join')).toEqual({type: 'room-join', req: 'a', room: '#dev'});
		bot.say({type: 'rooms', req: 2});
		expect(await bot.until('rooms')).toEqual({type: 'rooms', req: 2, rooms: [{room: '#dev', members: 1}]});
		bob.say({type: 'room-join', room: '#dev'});
		await bot.until('room-joined', {login: 'bob'});
		bob.say({type: 'send', key: 'k', to: ['bot'], text: 'needle one'});
		bob.say({type: 'send', key: 'l', to: ['#dev'], text: 'needle two'});
		await bot.until('message', {text: 'needle two'});
		bot.say({type: 'who', req: 'w', room: '#dev'});
		expect((await bot.until('who')).users).toHaveLength(2);
		bot.say({type: 'history', with: ['bob'], limit: 5});
		expect(await bot.until('history')).toMatchObject({
			messages: [{text: 'needle one', from: 'bob'}],
			more: false,
		});
		bot.say({type: 'history', room: '#dev', after: 0});
		expect(await bot.until('history')).toMatchObject({messages: [{text: 'needle two'}]});
		await expect
			.poll(async () => {
				bot.say({type: 'search', text: 'needle'});
				return ((await bot.until('search')).messages as unknown[]).length;
			})
			.toBe(2);
		bot.say({type: 'state', state: 'away', note: 'lunch'});
		bot.say({type: 'typing', to: ['bob'], state: 'active'});
		const heard = await bob.until('typing');
		expect(heard.at(-1)).toMatchObject({from: 'bot', state: 'active'});
		bob.say({type: 'typing', to: ['bot'], state: 'done'});
		expect(await bot.until('typing')).toEqual({type: 'typing', from: 'bob', to: ['bot'], state: 'done'});
		bot.say({type: 'room-leave', room: '#dev', req: 'z'});
		await bot.until('room-leave', {req: 'z'});
		bot.say({type: 'who', room: '#dev', req: 'x'});
		expect(await bot.until('error')).toMatchObject({code: 'FORBIDDEN', req: 'x'});
		// Answers that are still on their way are waited for.
		bot.say({type: 'rooms', req: 'last'});
		const {code, rest} = await bot.end();
		expect(code).toBe(0);
		expect(rest).toContainEqual({type: 'rooms', req: 'last', rooms: [{room: '#dev', members: 1}]});
		expect(rest.at(-1)).toEqual({type: 'ended', waiting: 0, kept: true});
	});

	test('a line that is no command gets an error, and the next one is followed', async () => {
		const {port} = await startHost();
		const bot = await JsonBot.join(port, 'bot');
		const wrong: readonly (readonly [string, object])[] = [
			['nonsense', {code: 'BAD_INPUT'}],
			['[]', {code: 'BAD_INPUT'}],
			['null', {code: 'BAD_INPUT'}],
			['{}', {code: 'BAD_INPUT'}],
			['{"type":"constructor"}', {code: 'BAD_INPUT'}],
			['{"type":"send","to":"bob","text":"x","key":"k"}', {code: 'BAD_INPUT', key: 'k'}],
			['{"type":"send","to":["bob"]}', {code: 'BAD_INPUT'}],
			['{"type":"send","to":["bob"],"text":"x","key":"ä"}', {code: 'BAD_INPUT'}],
			['{"type":"send","to":["a:b"],"text":"x","req":7}', {code: 'BAD_NAME', req: 7}],
			['{"type":"send","to":["#"],"text":"x"}', {code: 'BAD_NAME'}],
			[JSON.stringify({type: 'send', to: Array(21).fill('bob'), text: ''}), {code: 'TOO_MANY_DESTS'}],
			[JSON.stringify({type: 'send', to: ['bob'], text: 'ä'.repeat(2049)}), {code: 'TEXT_TOO_LONG'}],
			[JSON.stringify({type: 'send', to: ['bob'], text: 'x'.repeat(70_000)}), {code: 'BAD_INPUT'}],
			['{"type":"history","req":"h"}', {code: 'BAD_INPUT', req: 'h'}],
			['{"type":"history","with":["bob"],"limit":-1}', {code: 'BAD_INPUT'}],
			['{"type":"search","text":"a\\nb"}', {code: 'BAD_TEXT'}],
			['{"type":"state","state":"here","note":"\\u001b[2J"}', {code: 'BAD_TEXT'}],
			['{"type":"typing","to":["bob"],"state":"maybe"}', {code: 'BAD_INPUT'}],
			['{"type":"who","room":"dev"}', {code: 'BAD_NAME'}],
			['{"type":"trust","srv":"x"}', {code: 'NO_STRANGER'}],
			['{"type":"distrust"}', {code: 'NO_STRANGER'}],
		];
		for (const [line, error] of wrong) {
			bot.program.write(`${line}\n`);
			const told = await bot.until('error');
			expect([line.slice(0, 80), told]).toMatchObject([line.slice(0, 80), error]);
			expect(told.text).toMatch(/^[A-Z"].*\.$/);
		}
		bot.say({type: 'who', req: 1});
		await bot.until('who', {req: 1});
		// The last line counts without an end.
		bot.program.write('\n{"type":"who","req":2}');
		expect((await bot.end()).rest).toContainEqual(expect.objectContaining({type: 'who', req: 2}));
	});

	test('nothing that others send can do anything to a terminal', async () => {
		const {port} = await startHost();
		const bot = await JsonBot.join(port, 'bot');
		const bob = await ExtendedPeer.withAll(at(port), 'bob');
		const text = 'a\u202Eb\u200Bc\u{E0041}d\u2028e\u3164f\uFEFF"\\ 日本 🙂';
		bob.say({type: 'send', key: 'k', to: ['bot'], text});

		expect(await bot.until('message')).toMatchObject({text});
		const raw = bot.program.stdout.split('\n').find(line => line.includes('"message"')) ?? '';
		expect(raw).toContain('a\\u202eb\\u200bc\\udb40\\udc41d\\u2028e\\u3164f\\ufeff\\"\\\\ 日本 🙂');
		bot.say({type: 'send', to: ['bob'], text: 'x\u001B[2J'});
		expect((await bob.until('msg')).at(-1)).toMatchObject({text: 'x\uFFFD[2J'});
	});

	test('on a plain host messages come and go, and what it cannot do is an error', async () => {
		const host = await startHost();
		const {port} = await startPlainFront(at(host.port));
		const bot = new JsonBot(port, 'bot');
		const bob = await Peer.login(at(host.port), 'bob');

		expect(await bot.until('connected')).toMatchObject({dialect: 'plain', login: 'bot'});
		bob.send('bot: hi');
		expect(Object.keys(await bot.until('message')).sort()).toEqual(['at', 'from', 'text', 'type']);
		bot.say({type: 'send', to: ['bob'], text: 'two\nlines', key: 'k'});
		expect(await bot.until('written')).toEqual({type: 'written', key: 'k', to: ['bob']});
		expect(await bob.take(2)).toEqual(['from bot: two', 'from bot: lines']);
		for (const command of [
			{type: 'who', req: 1},
			{type: 'room-join', room: '#dev', req: 1},
			{type: 'state', state: 'away', req: 1},
		]) {
			bot.say(command);
			expect(await bot.until('error')).toMatchObject({code: 'NOT_EXTENDED', req: 1});
		}
		bot.say({type: 'send', to: ['bob'], text: 'last'});
		expect(await bot.end()).toMatchObject({code: 0, stderr: ''});
		expect(await bob.line()).toBe('from bot: last');
	});
});
