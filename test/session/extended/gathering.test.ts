import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it} from 'vitest';
import {Gathering} from '../../../source/session/extended/gathering.ts';
import {Session} from '../../../source/session/session.ts';
import {openSessionStore} from '../../../source/session/store/session-store.ts';
import {onCleanup} from '../../support/cleanup.ts';
import {hostAt, newFolder, Talker} from './talker.ts';

const longMs = 10 * 60_000;

it('what comes alone waits for nothing', async () => {
	const gathering = new Gathering(longMs);
	gathering.begin();
	await gathering.wait();
});

it('nothing gathers where each is to be answered', async () => {
	const gathering = new Gathering(0);
	gathering.begin();
	await sleep(200);
	const order: string[] = [];
	const waited = gathering.wait().then(() => order.push('waited'));
	await sleep(0);
	order.push('timer');
	await waited;
	expect(order).toEqual(['waited', 'timer']);
});

it('what pours in is told in few pieces, all of it in order, and what gathers at the end is not lost', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const store = await openSessionStore(path.join(home, 'bob'));
	const session = new Session({address, login: 'bob', gatherMs: longMs});
	onCleanup('test', () => session.stop());
	const pieces: string[][] = [];
	session.on('messages', messages => pieces.push(messages.map(({text}) => text)));
	const live = new Promise(resolve => session.once('live', resolve));
	session.start({agent: 'test', identity: undefined, store});
	await live;
	const alice = await Talker.join(address.port, 'alice', home);
	const sent: string[] = [];
	const end = performance.now() + 600;
	while (performance.now() < end) {
		sent.push(`${sent.length}`);
		alice.session.send(['bob'], `${sent.length - 1}`);
		await sleep(2);
	}
	await expect.poll(() => alice.told.filter(text => text.endsWith('queued')).length).toBe(sent.length);
	await session.stop();
	await store.close();
	expect(pieces.flat()).toEqual(sent);
	expect(pieces.length).toBeLessThan(sent.length / 2);
});
