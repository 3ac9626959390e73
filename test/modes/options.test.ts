import {expect, test} from 'vitest';
import {checkArguments, readCommandLine} from '../../source/modes/command-line.ts';
import {describeListening} from '../../source/modes/invitation.ts';
import {mendLogin} from '../../source/modes/login-name.ts';
import {nextLogin} from '../../source/modes/next-login.ts';
import {type Flags, readOptions} from '../../source/modes/options.ts';
import {UsageError} from '../../source/modes/usage-error.ts';

const read = (flags: Flags, words: readonly string[] = [], isTerminal = true) =>
	readOptions(flags, words, isTerminal);

test('a terminal gets the screen, everything else the plain mode', () => {
	expect(read({}).mode).toBe('screen');
	expect(read({plain: true}).mode).toBe('plain');
	expect(read({}, [], false).mode).toBe('plain');
	expect(read({json: true}).mode).toBe('json');
	expect(read({json: true, host: true, listen: '0'}, [], false)).toMatchObject({mode: 'json', isHost: true});
	expect(read({host: true, headless: true}).mode).toBe('headless');
	expect(read({to: 'bob'}, ['hello', 'there'])).toMatchObject({
		mode: 'send',
		to: ['bob'],
		text: 'hello there',
	});
});

test('an address is the default one, or the one that is named', () => {
	expect(read({})).toMatchObject({address: {host: '127.0.0.1', port: 8080}, isAddressGiven: false});
	expect(read({join: '[::1]:9'})).toMatchObject({address: {host: '::1', port: 9}, isAddressGiven: true});
	expect(read({host: true, listen: '0'})).toMatchObject({address: {host: '127.0.0.1', port: 0}});
	expect(read({host: true, listen: '0.0.0.0:0'})).toMatchObject({address: {host: '0.0.0.0', port: 0}});
	expect(read({host: true, listen: '[::]:8081'})).toMatchObject({address: {host: '::', port: 8081}});
});

test('the commands that a host tells of work as they are typed', () => {
	const told = describeListening({host: '127.0.0.1', port: 8081});
	const flags = told
		.filter(line => line.startsWith('a-chat-tui '))
		.map(line => readCommandLine(checkArguments(line.split(' ').slice(1))).flags);
	expect(flags.map(found => read(found))).toMatchObject([
		{mode: 'screen', isHost: false, address: {host: '127.0.0.1', port: 8081}},
		{mode: 'screen', isHost: true, address: {host: '0.0.0.0', port: 8081}},
	]);
});

test('a host on this machine takes lines at any speed, one on a network so many a second', () => {
	for (const listen of [undefined, '0', '127.0.0.2:0', 'localhost:1', '[::1]:0']) {
		expect(read({host: true, listen})).toMatchObject({rate: 0});
		expect(read({host: true, listen, rate: '5'})).toMatchObject({rate: 5});
	}
	for (const listen of ['0.0.0.0:0', '[::]:0', '192.0.2.1:1', 'example.org:1']) {
		expect(read({host: true, listen})).toMatchObject({rate: 200});
		expect(read({host: true, listen, rate: '1000/s'})).toMatchObject({rate: 1000});
		expect(read({host: true, listen, rate: '0'})).toMatchObject({rate: 0});
	}
});

test('what is kept is bounded by time and size, or not at all', () => {
	const host = {host: true};
	expect(read(host)).toMatchObject({keepMs: undefined, keepBytes: undefined});
	expect(read({...host, keep: '90d', keepSize: '1GB'})).toMatchObject({
		keepMs: 7_776_000_000,
		keepBytes: 1e9,
	});
	expect(read({...host, keep: '36h', keepSize: '500mb'})).toMatchObject({
		keepMs: 129_600_000,
		keepBytes: 5e8,
	});
	for (const any of ['0', 'all'])
		expect(read({...host, keep: any, keepSize: any})).toMatchObject({
			keepMs: Number.POSITIVE_INFINITY,
			keepBytes: Number.POSITIVE_INFINITY,
		});
});

test('what is done with a store needs no chat', () => {
	expect(read({check: true})).toMatchObject({
		mode: 'store-care',
		storeCare: {task: 'check'},
		address: {host: '127.0.0.1', port: 8080},
	});
	expect(read({backup: 'file', listen: '0.0.0.0:1'})).toMatchObject({
		storeCare: {task: 'backup', file: 'file'},
		address: {host: '0.0.0.0', port: 1},
	});
	expect(read({storeReset: true, store: 'folder'}).storeCare).toEqual({task: 'reset'});
	expect(read({forget: 'ALICE'}).storeCare).toEqual({task: 'forget', login: 'ALICE', key: 'alice'});
});

test.each<[Flags, string[]]>([
	[{check: true, host: true}, []],
	[{check: true, forget: 'bob'}, []],
	[{check: true, store: 'memory'}, []],
	[{check: true, plain: true}, []],
	[{check: true}, ['word']],
	[{backup: ''}, []],
	[{backup: 'file', keep: '1d'}, []],
	[{forget: 'a:b'}, []],
	[{storeReset: true, join: 'x'}, []],
	[{keep: '90d'}, []],
	[{keepSize: '1GB'}, []],
	[{host: true, store: 'memory', keep: '90d'}, []],
	[{host: true, store: 'memory', keepSize: '1GB'}, []],
	[{host: true, keep: '90'}, []],
	[{host: true, keep: '-1d'}, []],
	[{host: true, keep: '0d'}, []],
	[{host: true, keep: ''}, []],
	[{host: true, keepSize: '1'}, []],
	[{host: true, keepSize: '1TB'}, []],
	[{host: true, keepSize: ''}, []],
	[{plain: true, to: 'bob'}, []],
	[{headless: true, host: true, plain: true}, []],
	[{json: true, to: 'bob'}, []],
	[{json: true, plain: true}, []],
	[{json: true, host: true, headless: true}, []],
	[{headless: true}, []],
	[{host: true, to: 'bob'}, []],
	[{host: true, join: 'x'}, []],
	[{listen: '1'}, []],
	[{maxConnections: '10'}, []],
	[{rate: '10'}, []],
	[{host: true, rate: '-1'}, []],
	[{host: true, rate: '200/min'}, []],
	[{host: true, maxConnections: '0'}, []],
	[{host: true, maxConnections: 'many'}, []],
	[{host: true, listen: '65536'}, []],
	[{host: true, listen: 'localhost'}, []],
	[{join: 'a b'}, []],
	[{name: ''}, []],
	[{name: 'root: x'}, []],
	[{name: 'sеrver'}, []],
	[{to: ''}, []],
	[{to: 'bob,a:b'}, []],
	[{to: Array.from({length: 21}, (_, index) => `n${index}`).join(',')}, []],
	[{to: 'bob'}, ['two\nlines']],
	[{}, ['hello']],
])('%j with the words %j is wrong use', (flags, words) => {
	expect(() => read(flags, words)).toThrow(UsageError);
});

test('a sentence about a wrong value holds nothing that a terminal would obey', () => {
	for (const flags of [
		{join: 'a b\x1b[2J'},
		{host: true, listen: '\x1b]0;x\x07'},
		{name: 'a\x1b[2J'},
		{to: '\x9b2J'},
	]) {
		expect(() => read(flags)).toThrow(/^[^\p{Cc}]+$/u);
	}
});

test.each([
	['DOMAIN\\Jo Doe', 'Jo-Doe'],
	['alice@example.org', 'alice'],
	['_www', 'www'],
	['José', 'José'],
	['x'.repeat(40), 'x'.repeat(32)],
	['...', undefined],
	['', undefined],
	['server', undefined],
])('the user name %j makes the login %j', (user, login) => {
	expect(mendLogin(user)).toBe(login);
});

test.each([
	['alice', 'alice-2'],
	['alice-2', 'alice-3'],
	['alice-99', 'alice-100'],
	['x'.repeat(32), `${'x'.repeat(30)}-2`],
])('where %s is taken, %s is offered', (login, offered) => {
	expect(nextLogin(login)).toBe(offered);
});
