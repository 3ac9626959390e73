import {setImmediate as turn} from 'node:timers/promises';
import type {Broker} from '../../../source/broker/broker.ts';
import {TestKey} from '../../support/extended-peer.ts';
import type {Address} from '../../support/peer.ts';
import {Client} from './client.ts';
import type {Place} from './hosts.ts';
import {judge} from './judge.ts';
import {judgePage, judgeWho} from './judge-answers.ts';
import {Ledger} from './ledger.ts';
import {askFor} from './pages.ts';
import {PlainClient} from './plain-client.ts';
import {Scene, type Stored} from './scene.ts';
import {bound, type Happening, names, type Round, type Script, type Seen} from './script.ts';
import {Speaker} from './speaker.ts';
import {fold, World} from './world.ts';

/** Whose messages show that the host has taken everything before them. */
const watcher = 'zoe';

/** Stands between the peers and a host. */
export type Way = (address: Address) => Promise<Address>;

const straight: Way = async address => address;

/** Plays a script on a host, and holds all that everybody gets against the model of it. */
export class Player {
	readonly ledger: Ledger;
	world = new World();
	readonly clients = new Map<string, Client | PlainClient>();
	readonly #place: Place;
	readonly #way: Way;
	readonly #stored = new Map<string, Stored>();
	#speaker: Speaker;
	#broker: Broker | undefined;
	#address: Address = {host: '', port: 0};
	#watcher: Client | undefined;
	#count = 0;

	constructor(place: Place, way: Way = straight, patienceMs = 5000) {
		this.ledger = new Ledger(patienceMs);
		this.#speaker = new Speaker(this.ledger, this.world);
		this.#place = place;
		this.#way = way;
		for (const login of names) {
			const isBound = (bound as readonly string[]).includes(login);
			this.#stored.set(login, emptyStore(login, isBound ? new TestKey() : undefined));
		}
	}

	/** @throws {Error} that says what was wrong, with the last lines */
	async play({rounds}: Script): Promise<void> {
		try {
			await this.#start();
			for (const [at, round] of rounds.entries()) {
				this.ledger.note('--', `${at}. ${JSON.stringify(round)}`);
				await this.#playRound(round);
				judge(this.ledger, this.world, [...this.clients.values()]);
				this.ledger.check();
			}
		} finally {
			for (const client of [...this.clients.values(), this.#watcher]) client?.reset();
			await this.#broker?.close();
		}
	}

	async #playRound(round: Round): Promise<void> {
		switch (round.type) {
			case 'talk':
				await this.#talk(round);
				break;
			case 'enter':
				if (round.isPlain) await this.#enterPlain(round.who);
				else await this.#enter(round.who, round.seen, round.caps);
				await this.#settle();
				break;
			case 'history':
			case 'search':
				await this.#read(round);
		}
	}

	async #start(): Promise<void> {
		this.#broker = await this.#place.start();
		this.#address = await this.#way(this.#broker.address);
		const stored = emptyStore(watcher, undefined);
		this.#watcher = await Client.connect(
			this.#address,
			new Scene(this.ledger, this.world, stored, {caps: ['ack']}),
		);
		await this.ledger.wait('the host answers', () => this.#watcher?.stream.isLive === true);
	}

	async #talk({acts, happening}: Round & {readonly type: 'talk'}): Promise<void> {
		const {world} = this;
		const leaver = happening !== undefined && 'who' in happening ? happening.who : undefined;
		const isCut = (who: string) =>
			happening?.what === 'restart' || (leaver === who && happening?.what !== 'leave');
		const usable = acts.filter(act => {
			const client = this.clients.get(act.who);
			const moves = act.does === 'join' || act.does === 'leave';
			return client !== undefined && !(moves && isCut(act.who));
		});
		if (leaver !== undefined && (happening?.what === 'leave' || happening?.what === 'reset'))
			world.unsteady.add(fold(leaver));
		for (const act of usable)
			if (act.does === 'join' || act.does === 'leave') world.moving.add(`${fold(act.who)} ${fold(act.room)}`);
		for (const act of usable) {
			const client = this.clients.get(act.who);
			if (client !== undefined) this.#speaker.act(client, act, happening === undefined);
		}
		if (happening !== undefined) {
			for (let i = 0; i < happening.after; i++) await turn();
			await this.#happen(happening);
		}
		await this.#settle();
		if (happening === undefined) judgeWho(this.ledger, [...this.clients.values()], watcher);
		world.unsteady.clear();
		world.moving.clear();
	}

	async #happen(happening: Happening): Promise<void> {
		switch (happening.what) {
			case 'restart':
				await this.#restart();
				break;
			case 'return': {
				const {who, seen} = happening;
				if (this.world.accounts.has(fold(who))) await this.#enter(who, seen, ['ack']);
				break;
			}
			default: {
				const client = this.clients.get(happening.who);
				if (client === undefined) return;
				if (happening.what === 'reset') client.reset();
				else client.end();
				await this.ledger.wait(`${happening.who} is gone`, () => client.isOver);
				while (this.#broker?.logins.includes(happening.who)) await turn();
				this.#left(client, happening.what === 'leave');
			}
		}
	}

	/** @param isOrderly whether all that it said was read */
	#left(client: Client | PlainClient, isOrderly: boolean): void {
		const login = client instanceof Client ? client.stored.login : client.login;
		if (this.clients.get(login) === client) this.clients.delete(login);
		if (client instanceof PlainClient) {
			if (isOrderly) this.#speaker.settle(client);
			this.world.plain.delete(client.key);
			return;
		}
		if (isOrderly) {
			if (!client.isSettled) this.ledger.fail(`${login} left, and was not answered before`);
			this.#speaker.settle(client);
		}
		if (client.stream.account?.isBound === false) client.stream.account.rooms.clear();
	}

	async #restart(): Promise<void> {
		await this.#broker?.close();
		const all = [...this.clients.values()];
		await this.ledger.wait('everybody is sent away', () => all.every(({isOver}) => isOver));
		for (const client of all) {
			if (client instanceof Client && client.byeCode !== 'SHUTDOWN')
				this.ledger.fail(`bye ${client.byeCode}`);
			this.#left(client, false);
		}
		if (this.#place.isLasting) this.world.emptyRoomsOfGuests();
		else {
			this.ledger.forget();
			this.world = new World();
			this.#speaker = new Speaker(this.ledger, this.world);
			for (const stored of this.#stored.values()) stored.acknowledged = [];
		}
		await this.#start();
	}

	async #enterPlain(login: string): Promise<void> {
		if (this.clients.has(login) || this.#stored.get(login)?.key !== undefined) return;
		const client = await PlainClient.connect(this.#address, this.ledger, login, this.world.now());
		this.clients.set(login, client);
		client.sync();
		await this.ledger.wait(`${login} is in`, () => client.isSettled);
		this.world.plain.add(fold(login));
	}

	async #enter(login: string, say: Seen, caps: readonly string[]): Promise<void> {
		const {ledger, world} = this;
		const stored = this.#stored.get(login);
		const old = this.clients.get(login);
		if (stored === undefined || (old !== undefined && stored.key === undefined)) return;
		const {srv} = stored;
		// Who has less is somebody who plays back an old copy; only a bound name's mail waits for that.
		const seen = say === 'less' ? Math.floor(stored.seen / 2) : stored.seen;
		const cursor = srv === undefined || say === 'none' ? {} : {srv, seen};
		const client = await Client.connect(this.#address, new Scene(ledger, world, stored, {caps, ...cursor}));
		await ledger.wait(`${login} is let in`, () => client.stream.isLive || client.isOver);
		if (client.isOver) ledger.fail(`${login} was not let in`);
		if (old instanceof Client) {
			await ledger.wait(`the older ${login} is gone`, () => old.isOver);
			if (old.byeCode !== 'TAKEN_OVER') ledger.fail(`the older ${login} got bye ${old.byeCode}`);
			this.#left(old, false);
		}
		this.clients.set(login, client);
		this.#speaker.resend(client);
	}

	async #read(round: Round & {readonly type: 'history' | 'search'}): Promise<void> {
		const client = this.clients.get(round.who);
		if (!(client instanceof Client)) return;
		const req = `r${++this.#count}`;
		const query = askFor(this.world, client, round, req);
		await this.#settle();
		if (query !== undefined)
			judgePage(this.ledger, query, client.answers.pages.get(req) ?? [], this.#place.isLasting);
	}

	/** Waits until the host has done all that it was told, and everybody has what came of it. */
	async #settle(): Promise<void> {
		const {ledger} = this;
		// What was read of those that are gone is taken before this is.
		const waiting = this.#watcher;
		if (waiting !== undefined) this.#speaker.mark(waiting, `m${++this.#count}`);
		for (let round = 0; round < 2; round++) {
			const all = [...this.clients.values(), ...(waiting === undefined ? [] : [waiting])];
			for (const client of all) client.sync();
			const isDone = (client: Client | PlainClient) => client.isSettled || client.isOver;
			await ledger.wait('everybody is answered', () => all.every(isDone));
		}
		for (const client of this.clients.values()) {
			if (client.isOver) ledger.fail(`somebody was sent away`);
			this.#speaker.settle(client);
		}
		for (const {key, confirmed} of this.world.accounts.values())
			if (!this.#isHere(key)) confirmed.high = Math.min(confirmed.high, waiting?.stream.last ?? 0);
	}

	#isHere(key: string): boolean {
		return key === watcher || [...this.clients.keys()].some(login => fold(login) === key);
	}
}

const emptyStore = (login: string, key: TestKey | undefined): Stored => ({
	login,
	key,
	srv: undefined,
	seen: 0,
	outbox: [],
	acknowledged: [],
});
