// A client that can be killed at any moment: it says numbered lines to others, as fast as they are acknowledged, and
// writes down what it is told. It runs in a process of its own (`killable-client.ts`).
import {openSync, writeSync} from 'node:fs';
import path from 'node:path';
import {loadIdentity} from '../../source/session/identity.ts';
import {Session} from '../../source/session/session.ts';
import {openSessionStore} from '../../source/session/store/session-store.ts';
import type {TraceEvent} from './client-trace.ts';
import {movingTooEarly} from './planted/early-cursor.ts';
import {Random} from './random.ts';
import {readText, textOf} from './spoken.ts';

export type Orders = {
	readonly port: number;
	readonly login: string;
	/** Where its key, its store and its trace are. */
	readonly folder: string;
	/** To whom it speaks. */
	readonly others: readonly string[];
	/** The number of its next line. */
	readonly next: number;
	readonly seed: number;
	/** Lines that are said at the start, whether or not there is a host; then one each `everyMs`. */
	readonly burst: number;
	readonly everyMs: number;
	/** Lines without an acknowledgement above which it waits. */
	readonly mostUnacknowledged: number;
	/** A planted fault: its cursor moves before what came is stored. */
	readonly isHasty: boolean;
	/** It has no key, as a screen has none. */
	readonly isGuest: boolean;
};

/** What the parent may ask for: to say nothing more, or to end in good order. */
export type Request = 'hush' | 'end';
/** What the parent is told: that lines are being said, whether or not there is a host; and that one let us in. */
export type News = 'talking' | 'open';

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const {port, login, folder, others, seed, burst, everyMs, mostUnacknowledged, isHasty, isGuest} = orders;
const trace = openSync(path.join(folder, 'trace.jsonl'), 'a', 0o600);
const note = (event: TraceEvent) =>
	writeSync(trace, `${JSON.stringify({...event, at: performance.timeOrigin + performance.now()})}\n`);
const tell = (news: News) => process.send?.(news);
const numberOf = (text: string) => readText(text)?.number ?? -1;

const opened = await openSessionStore(path.join(folder, 'session'));
const store = isHasty ? movingTooEarly(opened) : opened;
note({
	type: 'started',
	messages: store.held.messages.map(({id}) => id),
	outbox: store.held.outbox.map(({text}) => numberOf(text)),
});
const session = new Session({address: {host: '127.0.0.1', port}, login, steadyMs: 0});
const numbers = new Map<number, number>();
const unacknowledged = new Set<number>();

session.on('status', status => {
	const reason = 'reason' in status ? status.reason?.message : undefined;
	note({type: 'phase', phase: status.phase, ...(reason === undefined ? {} : {reason})});
	if (status.phase === 'open') tell('open');
});
session.on('posts', (ids, type) => {
	for (const id of ids) {
		const number = numbers.get(id) ?? -1;
		unacknowledged.delete(number);
		// A host on disk knows the keys of all that a run says.
		if (type !== 'stale') note({type, number});
	}
});
session.on('told', (id, to, state) => note({type: 'told', number: numbers.get(id) ?? -1, to, state}));
session.on('messages', messages => {
	for (const {id, from, text} of messages) note({type: 'message', id, from, text});
});
session.on('notice', text => note({type: 'notice', text}));

const restored = session.start({
	agent: 'chaos',
	identity: isGuest ? undefined : loadIdentity(folder),
	store: {
		...store,
		async add(posts, instead) {
			await store.add(posts, instead);
			for (const {text} of posts) note({type: 'kept', number: numberOf(text)});
		},
	},
});
for (const {id, text} of restored) {
	numbers.set(id, numberOf(text));
	unacknowledged.add(numberOf(text));
}

let next = orders.next;
const random = new Random(seed).fork(`${login} ${next}`);
const speak = () => {
	if (unacknowledged.size >= mostUnacknowledged) return;
	const first = random.pick(others);
	const to = random.next() < 0.2 ? [...new Set([first, random.pick(others)])] : [first];
	const number = next++;
	note({type: 'said', number, to});
	unacknowledged.add(number);
	const post = session.send(to, textOf({from: login, life: 0, number, to}));
	if (post !== undefined) numbers.set(post.id, number);
};
for (let count = 0; count < burst; count++) speak();
tell('talking');
const timer = setInterval(speak, everyMs);

process.on('message', async (request: Request) => {
	clearInterval(timer);
	if (request === 'hush') return;
	await session.stop();
	await store.close();
	process.disconnect();
});
// Whoever started this has ended.
process.on('disconnect', () => process.exit());
