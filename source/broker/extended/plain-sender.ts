import {extendedLimits} from '../../protocol/extended/limits.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import {limits} from '../../protocol/limits.ts';
import {parsePost} from '../../protocol/plain.ts';
import {resolvePlain} from './addressees.ts';
import type {Hall} from './hall.ts';
import {UnderWay} from './under-way.ts';

/** Messages of a plain peer that may be under way before it is not read any more. */
const maxUnderWay = 64;

/** The text as far as it fits into a server's line with what stands before it: a replaced control takes three bytes. */
const cut = (text: string): string => {
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

	constructor(hall: Hall, sender: Sender) {
		this.#hall = hall;
		this.#sender = sender;
		this.#underWay = new UnderWay(sender, maxUnderWay, () => hall.mail.isCrowded);
	}

	/** While something is under way, later lines have to go the same way, for their order. */
	get isBusy(): boolean {
		return !this.#underWay.isIdle;
	}

	/** Takes a line, `bob, carol: hi`; one without a colon means nothing. */
	onLine(line: string): void {
		const post = parsePost(line);
		if (post === undefined) return;
		const {login: from, key} = this.#sender;
		const to = post.to.slice(0, extendedLimits.destinations);
		const route = resolvePlain(this.#hall, key, to);
		this.#underWay.add();
		this.#hall.mail.post({
			...{from, sender: undefined, session: undefined, key: undefined, route},
			...{isLong: false, isAction: false, text: cut(withoutControls(post.text)), origin: this},
		});
	}

	/** A message was delivered; see `Draft.origin`. */
	done(landedBytes: number): void {
		this.#underWay.done();
		if (landedBytes > 0) this.#sender.rest(landedBytes);
	}
}
