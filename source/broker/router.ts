import {DeliveryLine} from '../protocol/delivery-line.ts';
import {limits} from '../protocol/limits.ts';
import type {LineReader} from '../protocol/line-reader.ts';
import {isAscii, loginKey} from '../protocol/login.ts';
import {parseDestinations} from '../protocol/plain.ts';
import {trimmedEnd, trimmedStart} from '../protocol/white-space-bytes.ts';
import type {Outbox} from './outbox.ts';

/** Somebody who is here, or whose messages are kept. */
export type Recipient = {readonly outbox: Outbox} | 'kept';

/** Destinations as they were typed, and who of them is here; undefined if messages for one of them are kept. */
type Route = {readonly typed: Buffer; readonly outboxes: readonly Outbox[] | undefined};

/** Bytes of routes that are remembered at once, and what one takes beside its destinations; both roughly. */
const maxRouteBytes = 1_048_576;
const routeBytes = 256;

/**
 * What it costs to look destinations up, in bytes of lines that cost as much to deliver: each byte before the colon, each
 * name in ASCII, and each code unit of another one, as folding that takes a tenth of a millisecond at worst. And what
 * each byte costs that is copied to one of several.
 */
const cost = {byte: 16, ascii: 128, unit: 128, copy: 0.25} as const;

const colon = 0x3a;

/**
 * Takes lines from senders to outboxes. It reads and writes bytes only: a text never becomes a string, and the
 * destinations do so only when they were not named in the same way before.
 */
export class Router {
	readonly #find: (key: string) => Recipient | undefined;
	readonly #line = new DeliveryLine();
	/** By a hash of the destinations' bytes; a route that another one's hash meets gives way. */
	readonly #routes = new Map<number, Route>();
	#routeBytes = 0;
	/** One that is found without looking for it: who writes several lines writes most of them to the same. */
	#last: Route | undefined;
	/** What the last line cost beside reading it, in bytes of lines that cost as much: looking up whom it is for, copies. */
	extraBytes = 0;

	/** How often all routes were forgotten. */
	generation = 0;

	/** @param find who has a name, by its key */
	constructor(find: (key: string) => Recipient | undefined) {
		this.#find = find;
	}

	/** Forgets all routes; to be called whenever a name has got an owner or lost it. */
	forget(): void {
		this.generation++;
		this.#routes.clear();
		this.#routeBytes = 0;
		this.#last = undefined;
	}

	/**
	 * Delivers the current line of a reader to everybody whom it names and who is here.
	 *
	 * @param prefix what stands before the text, see `deliveryPrefix`
	 * @returns the bytes that landed in an outbox which fills up, counted the more the fuller it is; 0 if none does.
	 * Undefined if it names somebody whose messages are kept: then nobody has got it
	 */
	deliver(prefix: Buffer, {bytes: source, start, end, isClean}: LineReader): number | undefined {
		this.extraBytes = 0;
		const route = this.#route(source, start, end);
		if (route === undefined) return 0;
		const {typed, outboxes} = route;
		if (outboxes === undefined) return undefined;
		const [only] = outboxes;
		if (only === undefined) return 0;
		const textStart = trimmedStart(source, start + typed.length + 1, end);
		const textEnd = trimmedEnd(source, textStart, end);
		if (isClean && outboxes.length === 1) return only.appendDelivery(prefix, source, textStart, textEnd);
		const line = this.#line.build(prefix, source, textStart, textEnd, isClean);
		this.extraBytes += cost.copy * line.length * outboxes.length;
		let strain = 0;
		for (const outbox of outboxes) strain = Math.max(strain, outbox.append(line));
		return strain;
	}

	/** The route of a line; undefined if there is no colon in it. */
	#route(source: Buffer, start: number, end: number): Route | undefined {
		if (this.#last !== undefined && isFor(this.#last, source, start, end)) return this.#last;
		let hash = 0;
		let at = start;
		for (; at < end; at++) {
			const byte = source[at] ?? 0;
			if (byte === colon) break;
			hash = Math.imul(hash ^ byte, 0x01_00_01_93);
		}
		if (at === end) return undefined;
		const known = this.#routes.get(hash);
		if (known === undefined || !isFor(known, source, start, end)) return this.#make(hash, source, start, at);
		this.#last = known;
		return known;
	}

	/** A new route for the destinations from `start` to `end`. */
	#make(hash: number, source: Buffer, start: number, end: number): Route {
		this.extraBytes = (end - start) * cost.byte;
		const bytes = source.subarray(start, end);
		const outboxes = this.#look(bytes.toString());
		// Only what a person could have typed is worth remembering.
		if (bytes.length > maxTypedBytes) return {typed: bytes, outboxes};
		const route = {typed: Buffer.from(bytes), outboxes};
		this.#routeBytes += routeBytes + bytes.length;
		if (this.#routeBytes > maxRouteBytes) this.forget();
		this.#routes.set(hash, route);
		return route;
	}

	/** The outboxes of the first destinations, in their order, each once. */
	#look(destinations: string): readonly Outbox[] | undefined {
		const outboxes = new Set<Outbox>();
		for (const destination of parseDestinations(destinations, limits.destinations)) {
			// Nobody's name; and folding a text of 64 KiB takes milliseconds.
			if (destination.length > limits.loginTypedUnits) continue;
			this.extraBytes += isAscii(destination) ? cost.ascii : cost.unit * destination.length;
			const recipient = this.#find(loginKey(destination));
			if (recipient === 'kept') return undefined;
			if (recipient !== undefined) outboxes.add(recipient.outbox);
		}
		return [...outboxes];
	}
}

const maxTypedBytes = limits.destinations * (limits.loginBytes + 2);

/** Whether the line from `start` to `end` begins with a route's destinations and a colon, and so is for it. */
const isFor = ({typed}: Route, source: Buffer, start: number, end: number): boolean => {
	const {length} = typed;
	if (start + length >= end || source[start + length] !== colon) return false;
	for (let at = 0; at < length; at++) if (typed[at] !== source[start + at]) return false;
	return true;
};
