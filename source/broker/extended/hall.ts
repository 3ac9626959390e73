import {FrequentLines} from '../../protocol/extended/frequent-lines.ts';
import type {Settings} from '../options.ts';
import type {Outbox} from '../outbox.ts';
import type {Store} from '../store/store.ts';
import {Accounts, maxBound} from './accounts.ts';
import {Mail} from './mail.ts';
import {NewNames} from './new-names.ts';
import {Presence} from './presence.ts';
import {Rooms} from './rooms.ts';
import type {Session} from './session.ts';
import {StreamLines} from './stream-lines.ts';
import type {Wire} from './wire.ts';

/** Somebody who speaks the plain dialect. */
export type PlainPeer = {readonly login: string; readonly outbox: Outbox};

/** Whoever is here, in whichever dialect. */
export type Present = {
	readonly login: string;
	/** Whether it has said hello; then it is nobody plain, also before it is let in. */
	readonly isExtended: boolean;
	readonly session: Session | undefined;
};

/** What the hall needs of the broker around it. */
export type Surroundings = {
	readonly settings: Settings;
	/** Whoever has a folded login now. */
	readonly find: (key: string) => (Present & {readonly outbox: Outbox}) | undefined;
	readonly present: () => Iterable<Present>;
	/** Has routes looked up anew; and how often that was done, by whomever. */
	readonly forgetRoutes: () => void;
	readonly generation: () => number;
	/** Ends whoever has a folded login, unless it is this one. */
	readonly evict: (key: string, but: Wire) => void;
};

/** What all sessions of a-chat/1 share. */
export class Hall {
	readonly settings: Settings;
	readonly store: Store;
	readonly accounts: Accounts<Session>;
	readonly newNames: NewNames;
	readonly rooms: Rooms;
	readonly mail: Mail;
	readonly presence: Presence;
	readonly lines: FrequentLines;
	readonly stream: StreamLines;
	readonly #surroundings: Surroundings;

	constructor(surroundings: Surroundings, store: Store) {
		this.settings = surroundings.settings;
		this.#surroundings = surroundings;
		this.store = store;
		this.lines = new FrequentLines(store.kind);
		this.stream = new StreamLines(this.lines);
		// Guests beyond those that are remembered are dropped at once, from their rooms as well.
		this.rooms = new Rooms(store);
		this.accounts = new Accounts(
			store,
			surroundings.forgetRoutes,
			id => this.rooms.depart(id),
			id => this.rooms.drop(id),
		);
		this.newNames = new NewNames(this.settings.namesAnHour, maxBound);
		this.mail = new Mail(this);
		this.presence = new Presence(surroundings.present);
	}

	forgetRoutes(): void {
		this.#surroundings.forgetRoutes();
	}

	/** Changes whenever a name has got an owner or an account, or lost it. */
	get generation(): number {
		return this.#surroundings.generation();
	}

	evict(key: string, but: Wire): void {
		this.#surroundings.evict(key, but);
	}

	/** Who has a folded login and speaks the plain dialect. A name that is bound to a key is nobody's without it. */
	plainPeer(key: string): PlainPeer | undefined {
		if (this.accounts.isBound(key)) return undefined;
		const owner = this.#surroundings.find(key);
		return owner?.isExtended ? undefined : owner;
	}

	/** Whether messages for a folded login are kept. */
	isKept(key: string): boolean {
		const owner = this.#surroundings.find(key);
		if (owner === undefined || this.accounts.isBound(key)) return this.accounts.byKey(key) !== undefined;
		return owner.isExtended && this.accounts.byKey(key) !== undefined;
	}

	/** Delivers what was taken, and closes the store. */
	async close(): Promise<void> {
		await this.mail.settled();
		for (const {session} of this.present())
			if (session !== undefined) this.accounts.leave(session.member, session.provenAt);
		await this.store.close();
	}

	present(): Iterable<Present> {
		return this.#surroundings.present();
	}
}
