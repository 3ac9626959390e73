import {expect, test} from 'vitest';
import {formatAddress, isLoopback, nearAddress, parseAddress} from '../../source/session/address.ts';

test.each([
	['example.org:9000', {host: 'example.org', port: 9000}],
	['example.org', {host: 'example.org', port: 8080}],
	['192.168.1.20:1', {host: '192.168.1.20', port: 1}],
	['[::1]:65535', {host: '::1', port: 65_535}],
	['[fe80::1%eth0]', {host: 'fe80::1%eth0', port: 8080}],
])('%s is an address', (text, address) => {
	expect(parseAddress(text)).toEqual(address);
});

test.each([
	'',
	':',
	':80',
	'a b',
	'host:0',
	'host:65536',
	'host:x',
	'host:',
	'::1',
	'[::1',
	'alice@host',
	'http://x',
])('%j is no address', text => {
	expect(parseAddress(text)).toBeUndefined();
});

test('an address is written as it can be read', () => {
	for (const text of ['example.org:9000', '[::1]:8080']) {
		expect(formatAddress(parseAddress(text) ?? {host: '', port: 0})).toBe(text);
	}
});

test('a host on all addresses is reached at one of them', () => {
	const near = ['0.0.0.0', '::', '192.0.2.1'].map(host => nearAddress({host, port: 1}).host);
	expect(near).toEqual(['127.0.0.1', '::1', '192.0.2.1']);
});

test('only this machine reaches a loopback address', () => {
	expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
	expect(['0.0.0.0', '::', '10.0.0.1', '127.example.org'].map(isLoopback)).toEqual([
		false,
		false,
		false,
		false,
	]);
});
