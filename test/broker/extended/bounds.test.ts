import {expect, it} from 'vitest';
import {Accounts} from '../../../source/broker/extended/accounts.ts';
import {NewNames, networkOf} from '../../../source/broker/extended/new-names.ts';
import {Rooms} from '../../../source/broker/extended/rooms.ts';
import {makeMemoryStore} from '../../../source/broker/store/memory-store.ts';

it('a room that nobody is in gives way to a new one once there are a thousand', async () => {
	const store = makeMemoryStore();
	const rooms = new Rooms(store);
	const join = (number: number, account: number) => rooms.join(`#r${number}`, `#r${number}`, account);
	for (let number = 0; number < 1000; number++) await join(number, Math.floor(number / 50) + 1);
	expect(await join(1000, 100)).toBeUndefined();
	const empty = rooms.byKey('#r7');
	expect(empty?.members.size).toBe(1);
	if (empty === undefined) return;
	// Not one that somebody is about to enter.
	await rooms.leave(empty, 1);
	const entering = join(7, 101);
	expect(await join(1000, 100)).toBeUndefined();
	await entering;
	await rooms.leave(empty, 101);
	expect((await join(1000, 100))?.name).toBe('#r1000');
	expect(rooms.byKey('#r7')).toBeUndefined();
	expect(rooms.byId(empty.id)).toBeUndefined();
	expect(await join(1001, 100)).toBeUndefined();
	expect(store.rooms).toHaveLength(1000);
});

it('a guest who has left before a room was entered is not in it', async () => {
	const rooms = new Rooms(makeMemoryStore());
	const entering = rooms.join('#dev', '#dev', 1);
	rooms.drop(1);
	await entering;
	expect(rooms.byKey('#dev')?.members.size).toBe(0);
	expect(rooms.idsOf(1)).toEqual([]);
	await rooms.join('#dev', '#dev', 1);
	expect(rooms.idsOf(1)).toHaveLength(1);
});

it('guests who come and go under ever new names are forgotten, the first of them first', async () => {
	const dropped: number[] = [];
	const accounts = new Accounts<unknown>(
		makeMemoryStore(),
		() => {},
		() => {},
		account => dropped.push(account),
	);
	for (let number = 0; number < 10_010; number++)
		accounts.leave(await accounts.open(`g${number}`, `g${number}`, undefined), 0);
	expect(accounts.byKey('g9')).toBeUndefined();
	expect(accounts.byKey('g10')).toBeDefined();
	// Who is back is none of them.
	await accounts.open('g10', 'g10', undefined);
	for (let number = 0; number < 2; number++)
		accounts.leave(await accounts.open(`h${number}`, `h${number}`, undefined), 0);
	expect(accounts.byKey('g10')).toBeDefined();
	expect(accounts.byKey('g11')).toBeUndefined();
	expect(accounts.byKey('g12')).toBeDefined();
});

it('guests of one address push out only their own', async () => {
	const accounts = new Accounts<unknown>(
		makeMemoryStore(),
		() => {},
		() => {},
		() => {},
	);
	const visit = async (name: string, network: string) =>
		accounts.leave(await accounts.open(name, name, undefined, network), 0);
	await visit('alice', '192.0.2.1');
	for (let number = 0; number < 1001; number++) await visit(`g${number}`, '192.0.2.2');
	expect(accounts.byKey('alice')).toBeDefined();
	expect(accounts.byKey('g0')).toBeUndefined();
	expect(accounts.byKey('g1')).toBeDefined();
	// Who comes back is counted where it comes from then.
	await visit('g1', '192.0.2.1');
	await visit('g2000', '192.0.2.2');
	expect(accounts.byKey('g2')).toBeDefined();
});

it('names are bound from one address only so many an hour, and fewer when few are left', () => {
	const names = new NewNames(100, 1000);
	const bind = (network: string, free: number, now: number, count: number) =>
		Array.from({length: count}, () => names.take(network, free, now)).filter(wait => wait === undefined)
			.length;
	expect(bind('a', 1000, 0, 150)).toBe(100);
	expect(names.take('a', 900, 0)).toBe(36);
	expect(bind('b', 900, 0, 10)).toBe(10);
	names.giveBack('a');
	expect(bind('a', 900, 0, 2)).toBe(1);
	expect(bind('a', 900, 1_800_000, 100)).toBe(50);
	expect(bind('c', 100, 0, 100)).toBe(20);
	expect(bind('d', 1, 0, 100)).toBe(1);
	expect(names.take('d', 1, 0)).toBe(3600);
	expect(new NewNames(0, 1000).take('a', 1000, 0)).toBe(3600);
	const any = new NewNames(Number.POSITIVE_INFINITY, 1000);
	expect(Array.from({length: 1000}, () => any.take('a', 1, 0)).some(wait => wait !== undefined)).toBe(false);
});

it('an address of IPv6 counts as its network, and one of IPv4 the same however it is written', () => {
	expect(['192.0.2.1', '::ffff:192.0.2.1'].map(networkOf)).toEqual(['192.0.2.1', '192.0.2.1']);
	const same = [
		'2001:db8:0:1::1',
		'2001:DB8::1:2:3:4:5',
		'2001:db8:0:1:ffff::',
		'2001:0db8:0000:0001::2%eth0',
	];
	expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:0:1']));
	expect(['::1', '::', 'fe80::1%lo', '2001:db8::192.0.2.1'].map(networkOf)).toEqual([
		'0:0:0:0',
		'0:0:0:0',
		'fe80:0:0:0',
		'2001:db8:0:0',
	]);
});
