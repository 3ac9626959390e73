import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {loadIdentity} from '../../source/session/identity.ts';
import {type Environment, temporaryFolder} from '../support/environment.ts';
import type {Books, ClientBooks, PeopleBooks} from './books.ts';
import {Verdict} from './books.ts';
import {enter, historyOf} from './enter.ts';
import {judgeClient} from './judge-clients.ts';
import {isAllRead, judgePeople} from './judge-people.ts';
import {heldAt, type KeptMessage, keptAt, waitingAt} from './kept.ts';
import {KillableClient} from './killable-client.ts';
import {PlainPeople} from './plain-people.ts';
import type {Random} from './random.ts';
import {StoreHost} from './store-host.ts';

export type StormOptions = {
	readonly random: Random;
	readonly clients?: number;
	/** How often each of them says something, in ms. Default 5. */
	readonly everyMs?: number;
	/** What the host's program gets. */
	readonly env?: Environment;
	/** What stands between the clients and the host: it is given the host's port, and gives its own. */
	readonly via?: (port: number) => Promise<number>;
	/** A planted fault, see `client-script.ts`. */
	readonly isHasty?: boolean;
	/** The clients have no keys, as screens have none. */
	readonly areGuests?: boolean;
	/** How long everything may take to arrive once nobody is killed any more, in ms. Default 20,000. */
	readonly calmMs?: number;
};

const clientNames = ['ann', 'ben', 'cat', 'dan'];
const plainNames = ['pat', 'quin', 'ray'];

/** A host, clients that are acknowledged, and three plain people, all of whom talk while somebody kills. */
export class Storm {
	readonly host: StoreHost;
	readonly clients: readonly KillableClient[];
	readonly people: PlainPeople;
	/** When the host was killed, in ms since 1970, and how long its end and the start of the next one took together. */
	readonly hostKills: number[] = [];
	readonly returns: number[] = [];
	/** Own lines that stood in the outboxes of clients that were killed. */
	readonly waitingAtKills: number[] = [];
	readonly #random: Random;
	readonly #calmMs: number;
	readonly #isGuest: boolean;

	/** Has all of them talk. */
	static async start(options: StormOptions): Promise<Storm> {
		const {
			random,
			clients: count = 4,
			via,
			isHasty = false,
			calmMs = 20_000,
			everyMs = 5,
			env = {},
		} = options;
		const {areGuests: isGuest = false} = options;
		const host = await StoreHost.start({env});
		const port = (await via?.(host.port)) ?? host.port;
		const home = temporaryFolder('test');
		const logins = clientNames.slice(0, count);
		const clients = logins.map(login => {
			const others = [...logins, ...plainNames.slice(0, 2)].filter(name => name !== login);
			const paces = {burst: 0, everyMs, mostUnacknowledged: 40};
			const folder = path.join(home, login);
			return new KillableClient({port, login, folder, others, seed: random.seed, ...paces, isHasty, isGuest});
		});
		// Their names are theirs before anybody writes to them.
		for (const {login, folder} of clients)
			await (await enter(host.address, login, isGuest ? undefined : loadIdentity(folder))).peer.peer.leave();
		const people = new PlainPeople(host.port, plainNames, logins, random.fork('people'));
		await people.come();
		const storm = new Storm(host, clients, people, random.fork('storm'), {calmMs, isGuest});
		for (const client of clients) client.start();
		await Promise.all(clients.map(client => client.untilOpen()));
		return storm;
	}

	private constructor(
		host: StoreHost,
		clients: readonly KillableClient[],
		people: PlainPeople,
		random: Random,
		{calmMs, isGuest}: {readonly calmMs: number; readonly isGuest: boolean},
	) {
		this.host = host;
		this.clients = clients;
		this.people = people;
		this.#random = random;
		this.#calmMs = calmMs;
		this.#isGuest = isGuest;
	}

	/** Lets them talk for a moment, in ms. */
	async talk(least: number, most: number): Promise<void> {
		await sleep(this.#random.between(least, most));
	}

	/** Kills the host, and one of the clients with it if that is asked for, and starts them again. */
	async killHost(isClientKilled = false): Promise<void> {
		const client = isClientKilled ? this.#random.pick(this.clients) : undefined;
		this.hostKills.push(performance.timeOrigin + performance.now());
		const from = performance.now();
		const killed = this.host.kill().then(() => performance.now() - from);
		await Promise.all([killed, client === undefined ? undefined : this.#kill(client)]);
		for (const one of this.clients) one.expectAnother();
		await this.people.beGone();
		const isFirst = this.#random.next() < 0.5;
		if (isFirst) client?.start({burst: 30});
		this.returns.push((await killed) + (await this.host.start()));
		if (!isFirst) client?.start({burst: 30});
		await Promise.all([this.people.come(), ...this.clients.map(one => one.untilOpen())]);
	}

	/** Kills a client soon after it has begun to say much at once, and starts it again. */
	async killClient(): Promise<void> {
		const client = this.#random.pick(this.clients);
		await this.#kill(client);
		client.start({burst: 30});
		await client.until('talking');
		await sleep(this.#random.between(0, 12));
		await this.#kill(client);
		client.start();
		await client.untilOpen();
	}

	async #kill(client: KillableClient): Promise<void> {
		await client.kill();
		this.waitingAtKills.push(waitingAt(client.sessionFile).length);
	}

	/** Lets everything arrive, ends everybody, and looks through all books. */
	async judge(): Promise<{readonly verdict: Verdict; readonly books: Books}> {
		for (const client of this.clients) client.hush();
		const {people} = this;
		await people.leave(read => isAllRead({...this.#peopleBooks(), read}));
		await this.#untilCalm();
		await Promise.all(this.clients.map(client => client.end()));
		const kept = keptAt(this.host.store);
		const clients = this.clients.map(booksOf);
		const books: Books = {kept, clients, people: this.#peopleBooks()};
		const verdict = new Verdict();
		for (const client of clients) judgeClient(books, client, verdict);
		judgePeople(books, verdict);
		// What a guest has said or confirmed it is not told again.
		if (!this.#isGuest) for (const client of this.clients) await this.#askAnew(client, kept, verdict);
		await this.host.stop();
		return {verdict, books};
	}

	/** At how many kills of the host some client had something said and not acknowledged. */
	countWaitedFor(books: Books): number {
		const waitedFor = new Set<number>();
		for (const {trace} of books.clients) {
			const unacknowledged = new Set<number>();
			let phase = '';
			let next = 0;
			for (const event of trace) {
				for (; event.at > (this.hostKills[next] ?? Number.POSITIVE_INFINITY); next++)
					if (phase === 'open' && unacknowledged.size > 0) waitedFor.add(next);
				if (event.type === 'phase') phase = event.phase;
				if (event.type === 'said') unacknowledged.add(event.number);
				if (event.type === 'accepted') unacknowledged.delete(event.number);
			}
		}
		return waitedFor.size;
	}

	/** What the host tells on a fresh connection has to be what its file holds. */
	async #askAnew(
		{login, folder}: KillableClient,
		kept: readonly KeptMessage[],
		verdict: Verdict,
	): Promise<void> {
		const {address} = this.host;
		const {
			peer: probe,
			welcome: {srv},
		} = await enter(address, login, loadIdentity(folder), {role: 'send'});
		await probe.peer.leave();
		const {peer, missed} = await enter(address, login, loadIdentity(folder), {srv, seen: 0});
		const mine = kept.filter(row => row.owners.includes(login));
		compare(mine, missed, `replay of ${login}`, verdict);
		for (const other of this.clients.filter(one => one.login !== login)) {
			const people = [login, other.login].toSorted().join();
			const ours = kept.filter(row => [...new Set([row.login, ...row.to])].toSorted().join() === people);
			compare(ours, await historyOf(peer, [other.login]), `history of ${people}`, verdict);
		}
		await peer.peer.leave();
	}

	#peopleBooks(): PeopleBooks {
		const {said, read, life} = this.people;
		return {names: plainNames, said, read, lastLife: life};
	}

	/** Until nobody has anything to send or to get, or it took too long. */
	async #untilCalm(): Promise<void> {
		const deadline = performance.now() + this.#calmMs;
		while (performance.now() < deadline) {
			const kept = keptAt(this.host.store);
			const isCalm = this.clients.every(({login, sessionFile}) => {
				const ids = new Set(heldAt(sessionFile).map(({id}) => id));
				const mine = kept.filter(row => row.owners.includes(login));
				return waitingAt(sessionFile).length === 0 && mine.every(({id}) => ids.has(id));
			});
			if (isCalm) return;
			await sleep(100);
		}
	}
}

const booksOf = ({login, trace, sessionFile}: KillableClient): ClientBooks => ({
	login,
	trace,
	held: heldAt(sessionFile),
	waiting: waitingAt(sessionFile),
});

const compare = (
	expected: readonly KeptMessage[],
	got: readonly {readonly id: string; readonly n?: number | undefined; readonly text: string}[],
	whose: string,
	verdict: Verdict,
): void => {
	const ids = new Map(got.map(({id, text}) => [id, text]));
	for (const {id, n, text} of expected)
		if (ids.get(id) !== text) verdict.add('lost', `${whose}: message ${n}`);
	verdict.checkOnce(
		got.map(({id}) => id),
		whose,
	);
	verdict.checkOrder(
		got.map(({n}) => n ?? 0),
		whose,
	);
	const known = new Set(expected.map(({id}) => id));
	for (const {id, text} of got)
		if (!known.has(id)) verdict.add('foreign', `${whose}: "${text.slice(0, 40)}"`);
};
