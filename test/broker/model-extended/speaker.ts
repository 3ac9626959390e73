import type {Waiting} from './answers.ts';
import {Client} from './client.ts';
import type {Ledger} from './ledger.ts';
import type {PlainClient} from './plain-client.ts';
import type {Act} from './script.ts';
import {fold, roomsOf, type Sent, type World} from './world.ts';

/** What somebody is told who is not in a room. */
export const notMember = ['FORBIDDEN', 'NO_SUCH_ROOM'];

/** Has peers say something, and writes down in the model what has to come of it. */
export class Speaker {
	readonly #ledger: Ledger;
	readonly #world: World;

	constructor(ledger: Ledger, world: World) {
		this.#ledger = ledger;
		this.#world = world;
	}

	/** @param isQuiet whether nobody comes or goes meanwhile */
	act(client: Client | PlainClient, act: Act, isQuiet: boolean): void {
		if (act.does === 'send') {
			if (client instanceof Client) this.#send(client, act);
			else this.#post(client, act);
			return;
		}
		if (!(client instanceof Client)) return;
		switch (act.does) {
			case 'again':
			case 'other':
				this.#repeat(client, act);
				break;
			case 'got':
				this.#confirm(client, act.but);
				break;
			case 'join':
			case 'leave':
				this.#move(client, act.does, act.room);
				break;
			case 'type':
				if (!client.stream.account?.rooms.has(fold(act.room)))
					client.answers.expect({verb: 'typing', codes: notMember});
				client.say({type: 'typing', to: [act.room], state: 'active'});
				break;
			case 'who':
				client.ask({type: 'who', req: `${isQuiet ? 'who' : 'some'}${this.#world.now()}`});
				break;
			case 'rooms':
				client.ask({type: 'rooms', req: `rooms${this.#world.now()}`});
				break;
			case 'away':
				client.say({type: 'state', state: 'away', text: 'out'});
		}
	}

	#new(
		from: string,
		sender: Client | undefined,
		act: Act & {readonly does: 'send'},
		to: readonly string[],
	): Sent {
		const at = this.#world.now();
		const isLong = act.form === 'lines' && sender !== undefined;
		const tag = this.#ledger.newTag();
		const text = isLong
			? act.words.map(word => `${tag} ${word}`).join(' %0A')
			: `${tag} ${act.words.join(' ')}`;
		const key = sender === undefined || act.form === 'plain' ? undefined : `k${tag}`;
		const sent: Sent = {
			...{firstAt: at, at, from, sender: sender?.stream.account, key, to, text, isLong},
			...{
				isAction: act.form === 'action' && sender !== undefined,
				state: 'maybe',
				n: undefined,
				id: undefined,
			},
			...{
				attempts: [this.#world.audience(from, sender?.stream.account, to)],
				told: new Map(),
				isCertain: false,
			},
		};
		this.#world.log.push(sent);
		this.#ledger.add(sent);
		return sent;
	}

	#send(client: Client, act: Act & {readonly does: 'send'}): void {
		const to = unique(act.to);
		const sent = this.#new(client.stored.login, client, act, to);
		if (this.#codes(client, to).codes) sent.state = 'not';
		if (sent.key === undefined) {
			client.answers.expect({sent, ...this.#codes(client, to), isKnown: false});
			client.write(`${act.to.join(', ')}: ${sent.text}`);
			return;
		}
		if (!this.#codes(client, to).codes) client.stored.outbox.push(sent);
		this.#say(client, sent, this.#codes(client, to));
	}

	/** What has to come of a message, if it is not an ack. */
	#codes(client: Client, to: readonly string[]): {readonly codes?: readonly string[]} {
		return roomsOf(to).every(room => client.stream.account?.rooms.has(room)) ? {} : {codes: notMember};
	}

	#say(client: Client, sent: Sent, answer: Partial<Waiting>): void {
		const {key, to, text, isLong: ml, isAction: act} = sent;
		if (key === undefined) return;
		client.answers.expect({key, sent, isKnown: sent.n !== undefined, ...answer});
		client.say({type: 'send', key, to, text, ml, act});
	}

	#post(client: PlainClient, act: Act & {readonly does: 'send'}): void {
		// A room is nobody to a plain peer.
		const to = unique(act.to.filter(name => !name.startsWith('#')));
		if (to.length > 0)
			client.write(`${act.to.join(',')}: ${this.#new(client.login, undefined, act, to).text}`);
	}

	#repeat(client: Client, {does, which}: Act & {readonly does: 'again' | 'other'}): void {
		const all = client.stored.acknowledged;
		const sent = all[which % Math.max(1, all.length)];
		if (sent?.key === undefined) return;
		if (does === 'again') {
			this.#say(client, sent, {isKnown: true});
			return;
		}
		client.answers.expect({key: sent.key, codes: ['KEY_REUSED']});
		client.say({type: 'send', key: sent.key, to: sent.to, text: 'another'});
	}

	#confirm(client: Client, but: number): void {
		if (but < 0) {
			client.answers.expect({verb: 'got', codes: ['BAD_SYNTAX']});
			client.say({type: 'got', n: client.stream.last + 1_000_000});
			return;
		}
		const n = but === 0 ? client.stream.last : (client.stream.got.at(-1 - but)?.sent.n ?? 0);
		if (n > client.stream.last) return;
		client.stream.confirmed(n);
		client.say({type: 'got', n});
	}

	#move(client: Client, does: 'join' | 'leave', room: string): void {
		const rooms = client.stream.account?.rooms;
		const key = fold(room);
		if (does === 'join') {
			rooms?.add(key);
			client.say({type: 'room-join', room});
			return;
		}
		if (!rooms?.delete(key)) client.answers.expect({verb: 'room-leave', codes: notMember});
		client.say({type: 'room-leave', room});
	}

	/** Sends everything again that was not answered, in its order. */
	resend(client: Client): void {
		for (const sent of client.stored.outbox) {
			const {codes} = this.#codes(client, sent.to);
			if (codes === undefined) this.#try(client, sent);
			// Whoever is in one of its rooms no more is only told whether it was taken.
			const isNew = !this.#world.log.includes(sent);
			if (codes === undefined) this.#say(client, sent, {});
			else if (isNew) {
				// The host that may have had it is gone, and so is the room.
				Object.assign(sent, {n: undefined, state: 'maybe'});
				this.#say(client, sent, {codes});
			} else this.#say(client, sent, sent.n === undefined ? {mayFail: codes} : {});
		}
	}

	#try(client: Client, sent: Sent): void {
		const audience = this.#world.audience(sent.from, client.stream.account, sent.to);
		sent.at = this.#world.now();
		if (this.#world.log.includes(sent)) {
			sent.attempts.push(audience);
			return;
		}
		// The host that may have had it is gone, with all that it had.
		Object.assign(sent, {firstAt: sent.at, sender: client.stream.account, n: undefined, state: 'maybe'});
		sent.attempts = [audience];
		sent.told.clear();
		this.#world.log.push(sent);
	}

	/** Something that only shows when it is acknowledged. */
	mark(client: Client, key: string): void {
		const act = {
			who: client.stored.login,
			does: 'send',
			to: [client.stored.login],
			words: [],
			form: 'plain',
		} as const;
		const sent = this.#new(client.stored.login, client, act, act.to);
		client.answers.expect({key, sent, isKnown: false});
		client.say({type: 'send', key, to: act.to, text: sent.text});
	}

	/** Everything that it said was done. */
	settle(client: Client | PlainClient): void {
		if (!(client instanceof Client)) {
			for (const sent of this.#world.log)
				if (sent.sender === undefined && sent.from === client.login && sent.at > client.at)
					sent.isCertain = true;
			return;
		}
		const confirmed = client.stream.account?.confirmed;
		if (confirmed === undefined) return;
		confirmed.low = Math.max(
			confirmed.low,
			client.stream.lastConfirmed,
			client.confirms ? 0 : client.stream.lastWritten,
		);
		// What is written to it later counts at once.
		if (!client.confirms && !client.isOver) confirmed.high = Number.POSITIVE_INFINITY;
		else confirmed.high = client.confirms ? Math.max(confirmed.low, confirmed.high) : confirmed.low;
	}
}

/** Whom a message is for: each once, as named first. */
const unique = (to: readonly string[]): string[] =>
	to.filter((name, at) => to.findIndex(other => fold(other) === fold(name)) === at);
