import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it, onTestFinished} from 'vitest';
import {startBroker} from '../../source/broker/index.ts';
import {knownKeysMs} from '../../source/broker/store/known-keys.ts';
import {makeMemoryStore} from '../../source/broker/store/memory-store.ts';
import type {Entry, Store} from '../../source/broker/store/store.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {entryOf, newFolder} from './store-entries.ts';
import {openHere, SidesHere} from './store-here.ts';

const hour = 3_600_000;
const day = 24 * hour;
const any = Number.POSITIVE_INFINITY;
const now = 1_764_000_000_000;

it.each([
	['all that is kept, where nothing was removed', 90 * day, 0, 90 * day],
	['the same where what was removed is older', 90 * day, 91 * day, 90 * day],
	['half of it where more comes in than is kept', 90 * day, 2 * day, day],
	['half of it where it is kept for any time, and yet not all', any, 2 * day, day],
	['nothing after a clock that ran ahead', 90 * day, -day, 0],
])('of keys is promised %s', (_, keepMs, removedMs, promisedMs) => {
	expect(knownKeysMs(keepMs, removedMs === 0 ? 0 : now - removedMs, now)).toBe(promisedMs);
});

it('never more is promised than ten years', () => {
	expect(knownKeysMs(any, 0, now)).toBe(3650 * day);
});

it.each<[string, () => Promise<[Store, (from: number) => void]>]>([
	['in memory, where messages give way', async () => [makeMemoryStore(), () => {}]],
	[
		'on disk, where messages are removed',
		async () => {
			const sides = new SidesHere(await newFolder());
			return [openHere('', sides), upTo => sides.now('remove', upTo, 1000, Date.now())];
		},
	],
])('what was taken within the time that is promised is not taken twice %s', async (_, open) => {
	const [store, removeUpTo] = await open();
	onTestFinished(() => store.close());
	const taken: {readonly entry: Entry; readonly ts: number}[] = [];
	const text = 'x'.repeat(4000);
	for (let round = 0; round < 30; round++) {
		const entries = Array.from({length: 100}, () => entryOf({text}));
		await store.take(entries);
		taken.push(...entries.map(entry => ({entry, ts: Date.now()})));
		await sleep(5);
	}
	removeUpTo(1000);
	expect(store.keysMs).toBeGreaterThan(0);
	const since = Date.now() - store.keysMs;
	const isKnown = async (entry: Entry) => {
		const [outcome] = await store.take([{...entry, isForbidden: true}]);
		return outcome?.ok === true;
	};
	const young = taken.filter(({ts}) => ts >= since);
	expect(await Promise.all(young.map(({entry}) => isKnown(entry)))).not.toContain(false);
	expect(await isKnown(taken[0]?.entry as Entry)).toBe(false);
});

it.each([
	[undefined, 7_776_000],
	[36 * hour, 129_600],
])('a host on disk that keeps messages for %s ms says so of keys', async (keepMs, seconds) => {
	const broker = await startBroker({port: 0, store: await newFolder(), keepMs});
	onTestFinished(() => broker.close());
	const {welcome} = await ExtendedPeer.join(broker.address, 'alice');
	expect(welcome?.keys).toBe(seconds);
});
