import {extendedLimits} from '../../protocol/extended/limits.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import {limits} from '../../protocol/limits.ts';
import {parseDestinations} from '../../protocol/plain.ts';
import {trimWhiteSpace} from '../../protocol/white-space.ts';
import {type Route, resolvePlain} from './addressees.ts';
import type {Hall} from './hall.ts';
import {UnderWay} from './under-way.ts';

/** Messages of a plain peer that may be under way before it is not read any more, and characters of their texts. */
const maxUnderWay = 256;
const maxLength = 65_536;

/** Characters of a line whose destinations are remembered: with them all of it stays in memory. */
const rememberedLength = 1024;

/** The text as far as it fits into a server's line with what stands before it: a replaced control takes three bytes. */
const cut = (text: string): string => {
	if (3 * text.length <= limits.plainLineBytes) return text;
	const bytes = Buffer.from(text);
	if (bytes.length <= limits.plainLineBytes) return text;
	let end = limits.plainLineBytes;
	while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
	return bytes.toString('utf8', 0, end);
};

/** What a plain peer needs for this. */
type Sender = {
	readonly login: string;
	readonly key: string;
	rest(landedBytes: number): void;
	halt(): void;
	goOn(): void;
};

/** Posts what a plain peer writes to somebody whose messages are kept, and what it writes until that is done. */
export class PlainSender {
	readonly #hall: Hall;
	readonly #sender: Sender;
	readonly #underWay: UnderWay;
	#length = 0;
	#last: {readonly typed: string; readonly generation: number; readonly route: Route} | undefined;

	constructor(hall: Hall, sender: Sender) {
		this.#hall = hall;
		this.#sender = sender;
		const isCrowded = () => this.#length >= maxLength || hall.mail.isCrowded;
		this.#underWay = new UnderWay(sender, maxUnderWay, isCrowded);
	}

	/** While something is under way, later lines have to go the same way, for their order. */
	get isBusy(): boolean {
		return !this.#underWay.isIdle;
	}

	/** Takes a line, `bob, carol: hello`; one without a colon means nothing. */
	onLine(line: string): void {
		const colon = line.indexOf(':');
		if (colon === -1) return;
		const {login: from} = this.#sender;
		const route = this.#routeOf(line, colon);
		const text = cut(withoutControls(trimWhiteSpace(line.slice(colon + 1))));
		this.#length += text.length;
		this.#underWay.add();
		// biome-ignore format: one literal, of which V8 makes one object
		this.#hall.mail.post({from, sender: undefined, session: undefined, key: undefined, route, isLong: false, isAction: false, text, origin: this});
	}

	/** Whom a line is for. The last answer is kept until somebody comes or goes, as most lines go where the last one did. */
	#routeOf(line: string, colon: number): Route {
		const {generation} = this.#hall;
		const typed = line.slice(0, colon);
		const last = this.#last;
		if (last?.typed === typed && last.generation === generation) return last.route;
		const to = parseDestinations(typed, extendedLimits.destinations);
		const route = resolvePlain(this.#hall, this.#sender.key, to);
		this.#last = line.length > rememberedLength ? undefined : {typed, generation, route};
		return route;
	}

	/** A message was delivered; see `Draft.origin`. */
	done(landedBytes: number, length: number): void {
		this.#length -= length;
		this.#underWay.done();
		if (landedBytes > 0) this.#sender.rest(landedBytes);
	}
}
