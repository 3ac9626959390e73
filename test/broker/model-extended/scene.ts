import type {ServerLine} from '../../../source/protocol/extended/server-lines.ts';
import type {TestKey} from '../../support/extended-peer.ts';
import type {Ledger} from './ledger.ts';
import {fold, type Sent, type World} from './world.ts';

export type LineOf<T extends ServerLine['type']> = ServerLine & {readonly type: T};

/** What a person's program has stored; it outlives its connections. */
export type Stored = {
	readonly login: string;
	readonly key: TestKey | undefined;
	srv: string | undefined;
	seen: number;
	/** Sent, and not answered yet, in order. */
	outbox: Sent[];
	/** What this host has acknowledged. */
	acknowledged: Sent[];
};

export type Hello = {readonly caps: readonly string[]; readonly srv?: string; readonly seen?: number};

/** Whose connection it is, how it began, and what it is held against. */
export class Scene {
	readonly ledger: Ledger;
	readonly world: World;
	readonly stored: Stored;
	readonly hello: Hello;

	constructor(ledger: Ledger, world: World, stored: Stored, hello: Hello) {
		this.ledger = ledger;
		this.world = world;
		this.stored = stored;
		this.hello = hello;
	}

	fail(what: string): void {
		this.ledger.fail(`${this.stored.login}: ${what}`);
	}

	/** Whether its client says what it has stored; else what is written to it counts as that. */
	get confirms(): boolean {
		return this.hello.caps.includes('ack');
	}

	/** The message that a line says; undefined if that is none, which is a fault. */
	sentBy({from, to, text, ml, act}: LineOf<'msg'>): Sent | undefined {
		const sent = this.ledger.find(text);
		if (sent === undefined) this.fail(`what nobody said: ${text}`);
		else this.compare(sent, {from, to, text, isLong: ml === true, isAction: act === true});
		return sent;
	}

	compare(sent: Sent, line: Pick<Sent, 'from' | 'to' | 'text' | 'isLong' | 'isAction'>): void {
		const shape = ({from, to, text, isLong, isAction}: typeof line) =>
			JSON.stringify([from, to.map(fold), text, isLong, isAction]);
		if (shape(line) !== shape(sent)) this.fail(`${shape(line)} instead of ${shape(sent)}`);
	}
}
