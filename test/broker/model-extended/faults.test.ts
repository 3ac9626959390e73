import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Entry, Store} from '../../../source/broker/store/store.ts';
import {startProxy, type Tampering} from '../../conformance/tampering-proxy.ts';
import {onCleanup} from '../../support/cleanup.ts';
import {inMemory, type Place, spoiled} from './hosts.ts';
import {Player, type Way} from './player.ts';
import {type Act, type Round, type Script, script} from './script.ts';

const enter = (who: string): Round => ({type: 'enter', who, isPlain: false, seen: 'all', caps: ['ack']});
const talk = (acts: readonly Act[], leaver?: string): Round => ({
	...{type: 'talk', acts},
	happening: leaver === undefined ? undefined : {what: 'leave', who: leaver, after: 0},
});
const send = (who: string, to: string): Act => ({
	who,
	does: 'send',
	to: [to],
	words: ['fig'],
	form: 'one line',
});
const history = (who: string, of: string): Round => ({
	...{type: 'history', who, of: [of], limit: 3, from: undefined, at: 0},
});

/** The same scripts each time, so that what is found is found always. */
const scripts: readonly Script[] = [
	// Somebody is told what became of a message that it sent before it left.
	{
		rounds: [
			...[enter('alice'), enter('Bob'), talk([send('alice', 'Bob')]), talk([], 'alice')],
			...[talk([{who: 'Bob', does: 'got', but: 0}]), enter('alice')],
		],
	},
	// A guest comes after another one.
	{
		rounds: [
			...[enter('alice'), enter('gina'), talk([send('alice', 'gina')]), talk([], 'gina')],
			...[enter('gina'), history('gina', 'alice')],
		],
	},
	...fc.sample(script, {numRuns: 60, seed: 1}),
];

/** What the first of them says that does not hold. */
const problemOf = async (
	makePlace: () => Place,
	way?: Way,
	most = scripts.length,
): Promise<string | undefined> => {
	for (const one of scripts.slice(0, most)) {
		try {
			await new Player(makePlace(), way, 2000).play(one);
		} catch (error) {
			return String(error).split('\n')[0];
		}
	}
	return undefined;
};

const fewer = (change: (entry: Entry, count: number) => Entry) => (store: Store) => {
	let count = 0;
	return {take: (entries: readonly Entry[]) => store.take(entries.map(entry => change(entry, ++count)))};
};

describe('a store with a planted fault is found out', () => {
	it.each<[string, (store: Store) => Partial<Store>, RegExp]>([
		[
			'loses what waits for those who are away',
			fewer(entry => ({...entry, recipients: entry.recipients.filter(id => !entry.away.includes(id))})),
			/did not get/,
		],
		['forgets what was said in a room', fewer(entry => ({...entry, rooms: []})), /page|did not get/],
		['forgets keys', fewer(entry => ({...entry, key: undefined})), /acknowledged as new/],
		[
			'takes a key for another message',
			store => {
				const first = new Map<string, Entry>();
				const firstOf = (entry: Entry) => first.get(entry.id) ?? entry;
				return {
					take(entries) {
						for (const entry of entries) first.set(entry.id, firstOf(entry));
						return store.take(entries.map(firstOf));
					},
				};
			},
			/an ack that nothing/,
		],
		[
			'keeps some twice',
			store => ({
				async take(entries) {
					const outcomes = await store.take(entries);
					await store.take(entries.map(entry => ({...entry, key: undefined, id: `again-${entry.id}`})));
					return outcomes;
				},
			}),
			/is \S+, and then again-|behind/,
		],
		[
			'gives two the same number',
			store => ({
				async take(entries) {
					const outcomes = await store.take(entries);
					const first = outcomes.find(({ok}) => ok);
					return outcomes.map(one => (one.ok && first?.ok ? {...one, n: first.n} : one));
				},
			}),
			/behind|is "/,
		],
		[
			'skips one when somebody comes back',
			store => ({replay: (account, rooms, after, limit) => store.replay(account, rooms, after + 1, limit)}),
			/did not get/,
		],
		[
			'shows what was said before somebody came',
			store => ({page: query => store.page({...query, since: 0})}),
			/got the page/,
		],
		[
			'lets everybody search everywhere',
			store => ({search: (_, __, ___, words) => store.search(1, 0, [1, 2], words)}),
			/got the page/,
		],
		['forgets who has what', () => ({confirmedMeanwhile: async () => []}), /was not told that/],
	])('%s', async (_, spoil, problem) => {
		expect(await problemOf(() => spoiled(spoil))).toMatch(problem);
	});
});

describe('a host with a planted fault is found out', () => {
	const each =
		(start: string, change: (line: string, count: number) => readonly string[]) => (): Tampering => {
			let count = 0;
			return {toClient: line => (line.startsWith(start) ? change(line, ++count) : [line])};
		};

	it.each<[string, () => Tampering, RegExp]>([
		[
			'loses a message',
			each('@msg n=', (line, count) => (count === 2 ? [] : [line])),
			/with prev|did not get/,
		],
		['says one twice', each('@msg n=', line => [line, line]), /with prev/],
		['says no status', each('@status', () => []), /instead of the status|is answered: not within/],
		['says another status', each('@status', line => [line.replace('=queued', '=sent')]), /is sent for/],
		[
			'says a status twice',
			each('@status', line => [line, line]),
			/a status of|instead of the status|is told to be/,
		],
		['acknowledges twice', each('@ack', line => [line, line]), /instead of the status|an ack that nothing/],
		[
			'does not say that it was known',
			each('@ack', line => [line.replace(' dup=1', '')]),
			/as new, and is not/,
		],
		[
			'says to plain peers more than lines',
			each('from ', line => [line, '@ping n=1']),
			/got what nobody said/,
		],
		['says a line twice', each('from alice', line => [line, line]), /got twice|out of order|what nobody/],
		['changes a text', each('@msg', line => [`${line}!`]), /instead of/],
		[
			'tells of typing to whoever did not ask',
			each('@live', line => [line, '@typing from=a to=b state=done']),
			/typing/,
		],
	])('%s', async (_, makeTampering, problem) => {
		const way: Way = async address => {
			const proxy = await startProxy(address, makeTampering);
			onCleanup('test', proxy.close);
			return proxy.address;
		};
		expect(await problemOf(inMemory, way)).toMatch(problem);
	});

	it('a proxy that changes nothing is no fault', async () => {
		const way: Way = async address => {
			const proxy = await startProxy(address, () => ({}));
			onCleanup('test', proxy.close);
			return proxy.address;
		};
		expect(await problemOf(inMemory, way, 20)).toBe(undefined);
	});
});
