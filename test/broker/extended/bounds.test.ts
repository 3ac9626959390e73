import {expect, it} from 'vitest';
import {Accounts} from '../../../source/broker/extended/accounts.ts';
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
