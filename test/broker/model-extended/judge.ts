import {Client} from './client.ts';
import type {Ledger} from './ledger.ts';
import type {PlainClient} from './plain-client.ts';
import {fold, type Sent, type World} from './world.ts';

/** Holds what everybody has got until now against what they should have; nothing is under way. */
export const judge = (ledger: Ledger, world: World, clients: readonly (Client | PlainClient)[]): void => {
	judgeOrder(ledger, world);
	for (const client of clients) {
		if (client instanceof Client) {
			judgeMessages(ledger, world, client);
			judgeStates(ledger, world, client);
		} else judgePlain(ledger, world, client);
	}
};

/** What somebody wrote first has the smaller number. */
const judgeOrder = (ledger: Ledger, world: World): void => {
	const last = new Map<string, Sent>();
	for (const sent of world.log.toSorted((a, b) => a.firstAt - b.firstAt)) {
		if (sent.n === undefined) continue;
		const before = last.get(fold(sent.from));
		if (before?.n !== undefined && before.n > sent.n)
			ledger.fail(`"${sent.text}" has the number ${sent.n}, and "${before.text}" before it ${before.n}`);
		last.set(fold(sent.from), sent);
	}
};

const judgeMessages = (ledger: Ledger, world: World, client: Client): void => {
	const {account, rooms, at, after} = client.stream;
	const {login} = client.stored;
	if (account === undefined) return;
	const got = new Set(client.stream.got.map(({sent}) => sent));
	for (const sent of world.log) {
		if (sent.state !== 'taken' && !sent.isCertain) continue;
		const need = world.isFor(sent, account, rooms, at);
		const n = sent.n ?? Number.POSITIVE_INFINITY;
		const isBehind = n > after.high || sent.n === undefined;
		if (need === 'all' && isBehind && !got.has(sent))
			ledger.fail(`${login} did not get ${sent.n}, "${sent.text}"`);
		if ((need === 'none' || n <= after.low) && got.has(sent))
			ledger.fail(`${login} got ${sent.n}, "${sent.text}", which is not for it`);
	}
};

/** Whom it is told of has what it is told. */
const judgeStates = (ledger: Ledger, world: World, {stored, stream}: Client): void => {
	// A guest of an earlier host is another one, to whom nothing more is told.
	const {account: sender} = stream;
	const isOwn = (sent: Sent): boolean => sender !== undefined && world.isOwnedBy(sent, sender);
	for (const {to, n, told, text} of stored.acknowledged.filter(isOwn))
		for (const name of to.filter(one => !one.startsWith('#'))) {
			const state = told.get(fold(name));
			const account = world.accounts.get(fold(name));
			if (state === undefined)
				ledger.fail(`${stored.login} was not told what became of "${text}" for ${name}`);
			if (state !== 'queued' || account === undefined || n === undefined) continue;
			if (account.since < n && account.confirmed.low >= n)
				ledger.fail(`${stored.login} was not told that ${name} has "${text}"`);
		}
};

const judgePlain = (ledger: Ledger, world: World, client: PlainClient): void => {
	const got = new Set(client.got);
	for (const sent of world.log) {
		const mustSet = sent.attempts.every(({handed}) => handed.has(client.key));
		const may = sent.attempts.some(one => one.handed.has(client.key) || one.perhapsHanded.has(client.key));
		const isCertain = sent.state === 'taken' || sent.isCertain;
		if (mustSet && isCertain && sent.firstAt > client.at && !got.has(sent))
			ledger.fail(`${client.login} did not get "${sent.text}"`);
		if (got.has(sent) && (!may || sent.at < client.at || sent.state === 'not'))
			ledger.fail(`${client.login} got "${sent.text}", which is not for it`);
	}
	judgeSequence(ledger, client);
};

/** It gets what is kept in the order of the numbers, and what one peer writes as that wrote it. */
const judgeSequence = (ledger: Ledger, {login, got}: PlainClient): void => {
	let n = 0;
	const last = new Map<string, Sent>();
	for (const sent of got) {
		if (sent.n !== undefined && sent.n < n) ledger.fail(`${login} got ${sent.n} behind ${n}`);
		n = sent.n ?? n;
		const before = last.get(sent.from);
		if (before !== undefined && before.firstAt > sent.firstAt)
			ledger.fail(`${login} got "${sent.text}" behind "${before.text}"`);
		last.set(sent.from, sent);
	}
};
