import {expect, test} from 'vitest';
import {startBroker} from '../../source/broker/index.ts';
import type {Request} from '../../source/session/extended/requests.ts';
import {Requests} from '../../source/session/extended/requests.ts';
import {HostHistory, type Place} from '../../source/session/host-history.ts';
import {onCleanup} from '../support/cleanup.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';

const conversations: readonly {readonly to: readonly string[]; readonly place: Place}[] = [
	{to: ['bob'], place: {with: ['bob']}},
	{to: ['carol'], place: {with: ['carol']}},
	{to: ['bob', 'carol'], place: {with: ['bob', 'carol']}},
	{to: ['#dev'], place: {room: '#dev'}},
	// In two conversations at once.
	{to: ['#dev', 'dave'], place: {with: ['dave']}},
];
const places = conversations.map(({place}) => place);

/** What alice has said to several people, most of it to the first, with a count of what she asks for. */
const talk = async (count: number) => {
	const broker = await startBroker({port: 0, shutdownLingerMs: 1});
	onCleanup('test', () => broker.close());
	const alice = await ExtendedPeer.withAll(broker.address, 'alice');
	alice.say({type: 'room-join', room: '#dev'});
	await alice.until('room-joined');
	const numbers: number[] = [];
	for (let at = 0; at < count; at++) {
		const to = conversations[at % 7 === 0 ? (at / 7) % conversations.length : 0]?.to ?? [];
		alice.say({type: 'send', key: `k${at}`, to, text: `${at}`});
	}
	while (numbers.length < count) {
		const line = await alice.next();
		if (line.type === 'ack') numbers.push(line.n ?? 0);
	}
	const requests = new Requests(line => alice.say(line));
	let asked = 0;
	void (async () => {
		for (;;) requests.take(await alice.next());
	})().catch(() => {});
	return {
		numbers,
		ask(request: Request) {
			asked++;
			return requests.ask(request);
		},
		/** How often it was asked since the last time. */
		count() {
			const before = asked;
			asked = 0;
			return before;
		},
	};
};

/** Everything from the newest back, page by page. */
const readAll = async (history: HostHistory, of: readonly Place[], onPage = () => {}) => {
	const texts: string[] = [];
	for (;;) {
		const page = await history.earlier(of);
		onPage();
		if (page.length === 0) return texts;
		texts.unshift(...page.map(({text}) => text));
	}
};

test('conversations of which one is much longer come as one, in order, each message once and a page at a time', async () => {
	const {ask, count} = await talk(700);
	const history = new HostHistory(ask, undefined);
	const texts = await readAll(history, places, () => expect(count()).toBeLessThanOrEqual(places.length));
	expect(texts).toEqual(Array.from({length: 700}, (_, at) => `${at}`));
	expect(await history.earlier(places)).toEqual([]);
	expect(count()).toBe(0);
});

test('it begins before what is there already, and so does a conversation that is heard of later', async () => {
	const {numbers, ask} = await talk(350);
	const history = new HostHistory(ask, numbers[300]);
	const first = await history.earlier(places.slice(0, 1));
	expect(first.length).toBe(100);
	const begin = Number(first[0]?.text);
	const rest = await readAll(history, places);
	expect(rest).toEqual(Array.from({length: begin}, (_, at) => `${at}`));
});

test('a conversation that is refused is left aside', async () => {
	const {ask} = await talk(8);
	const history = new HostHistory(ask, undefined);
	const texts = await readAll(history, [{room: '#none'}, ...places]);
	expect(texts).toHaveLength(8);
});
