import {once} from 'node:events';
import {expect, test} from 'vitest';
import {ScreenHost} from '../../source/modes/screen-host.ts';
import {Session} from '../../source/session/session.ts';
import {onCleanup} from '../support/cleanup.ts';
import {closedPort} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';

/** A screen without a screen: joins an address, and hosts there where nobody does. */
const startPerson = (port: number, login: string) => {
	const address = {host: '127.0.0.1', port};
	const host = new ScreenHost({address, maxConnections: undefined, rate: 0, store: 'memory'}, () => {});
	const session = new Session({address, login, settleMs: 250, rescue: host.rescue});
	const leave = async () => {
		await session.stop();
		await host.broker?.close();
	};
	onCleanup('test', leave);
	session.start();
	return {login, host, session, leave};
};

type Person = ReturnType<typeof startPerson>;

const untilOpen = async ({session}: Person): Promise<void> => {
	while (session.status.phase !== 'open') await once(session, 'status');
};

/** All hear a word of each. */
const talk = async (people: readonly Person[]): Promise<void> => {
	const heard = people.map(async ({session}) => {
		const from = new Set<string>();
		while (from.size < people.length) {
			const [lines] = await once(session, 'lines');
			for (const {delivery} of lines) if (delivery.text === 'hi') from.add(delivery.from);
		}
	});
	for (const {session} of people) {
		session.send(
			people.map(({login}) => login),
			'hi',
		);
	}
	await Promise.all(heard);
};

const hostsAmong = (people: readonly Person[]): readonly Person[] => people.filter(({host}) => host.broker);

test('of five who start at once one hosts; when it goes, one of the others does', async () => {
	const port = await closedPort();
	let people: readonly Person[] = ['alice', 'bob', 'carol', 'dave', 'erin'].map(login =>
		startPerson(port, login),
	);
	await Promise.all(people.map(untilOpen));
	await talk(people);

	while (people.length > 2) {
		const [host, ...others] = hostsAmong(people);
		expect(others).toEqual([]);
		people = people.filter(person => person !== host);
		const back = people.map(async person => {
			while (person.session.status.phase === 'open') await once(person.session, 'status');
			await untilOpen(person);
		});
		await host?.leave();
		await Promise.all(back);
		await talk(people);
	}
	expect(hostsAmong(people)).toHaveLength(1);
});

test('a port that is taken by somebody who does not listen to us is no fault, anything else is', async () => {
	const port = await closedPort();
	const first = new ScreenHost(
		{address: {host: '127.0.0.1', port}, maxConnections: undefined, rate: 0, store: 'memory'},
		() => {},
	);
	const second = new ScreenHost(
		{address: {host: '127.0.0.1', port}, maxConnections: undefined, rate: 0, store: 'memory'},
		() => {},
	);
	const nowhere = new ScreenHost(
		{address: {host: '192.0.2.1', port}, maxConnections: undefined, rate: 0, store: 'memory'},
		() => {},
	);
	onCleanup('test', async () => first.broker?.close());

	expect(await first.rescue()).toBe(true);
	expect(await second.rescue()).toBe(true);
	expect(second.broker).toBeUndefined();
	await (await Peer.login({host: '127.0.0.1', port}, 'alice')).leave();
	await expect(nowhere.rescue()).rejects.toThrow('192.0.2.1');
});
