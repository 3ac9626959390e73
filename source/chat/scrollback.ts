import type {ChatLine, Delivery, NewChatLine} from './chat-line.ts';
import {memberKeyOf} from './names.ts';

/** What is held at most: lines, and UTF-16 code units of their texts. */
export type ScrollbackLimits = {readonly lines: number; readonly units: number};

/** What is held of all that is said. */
export const scrollbackLimits: ScrollbackLimits = {lines: 5000, units: 2 * 1024 * 1024};

/** The newest lines of a conversation, oldest first. Their ids are numbers that grow, with gaps. */
export type Scrollback = {
	readonly lines: readonly ChatLine[];
	readonly units: number;
	readonly nextId: number;
	/** Lines of it that are not shown, because of who said them. */
	readonly hidden: readonly ChatLine[];
};

export const emptyScrollback: Scrollback = {lines: [], units: 0, nextId: 1, hidden: []};

/** Gives lines the next numbers. */
export const numberLines = ({nextId}: Scrollback, lines: readonly NewChatLine[]): readonly ChatLine[] =>
	lines.map((line, index) => ({...line, id: nextId + index}));

/** Adds lines at the end and drops as many of the oldest as the limits ask for. */
export function addLines(
	scrollback: Scrollback,
	added: readonly ChatLine[],
	limits: ScrollbackLimits = scrollbackLimits,
): Scrollback {
	const last = added.at(-1);
	if (last === undefined) return scrollback;
	const lines = [...scrollback.lines, ...added];
	let {units} = scrollback;
	for (const {text} of added) units += text.length;
	let dropped = 0;
	while (lines.length - dropped > limits.lines || (units > limits.units && dropped < lines.length - 1)) {
		units -= lines[dropped]?.text.length ?? 0;
		dropped++;
	}
	return {...scrollback, lines: dropped === 0 ? lines : lines.slice(dropped), units, nextId: last.id + 1};
}

/** Puts another line in place of the newest one, under its number. */
export const replaceLast = (scrollback: Scrollback, line: ChatLine): Scrollback => ({
	...scrollback,
	lines: [...scrollback.lines.slice(0, -1), line],
	units: scrollback.units + line.text.length - (scrollback.lines.at(-1)?.text.length ?? 0),
});

/** Adds lines in front, as many of the newest of them as the limits allow. */
export function prependLines(
	scrollback: Scrollback,
	earlier: readonly NewChatLine[],
	limits: ScrollbackLimits = scrollbackLimits,
): Scrollback {
	let {units} = scrollback;
	const added: ChatLine[] = [];
	const {lines, hidden, nextId} = scrollback;
	let id = Math.min(lines[0]?.id ?? nextId, hidden[0]?.id ?? nextId);
	for (const line of earlier.toReversed()) {
		const isFull = lines.length + added.length >= limits.lines;
		if (isFull || units + line.text.length > limits.units) break;
		units += line.text.length;
		id--;
		added.push({...line, id});
	}
	return {...scrollback, lines: [...added.toReversed(), ...lines], units};
}

export type OwnLine = ChatLine & {readonly kind: 'own'};

/** Replaces some own lines by what `change` makes of them. */
export function replaceOwn(
	scrollback: Scrollback,
	isWanted: (line: OwnLine) => boolean,
	change: (line: OwnLine) => OwnLine,
): Scrollback {
	const isOne = (line: ChatLine): line is OwnLine => line.kind === 'own' && isWanted(line);
	if (!scrollback.lines.some(isOne)) return scrollback;
	return {...scrollback, lines: scrollback.lines.map(line => (isOne(line) ? change(line) : line))};
}

/** A new session numbers its posts anew: what was said in the one before is known by none of its numbers. */
export function forgetPosts(scrollback: Scrollback): Scrollback {
	const isNumbered = (line: ChatLine) => line.kind === 'own' && line.post !== 0;
	if (!scrollback.lines.some(isNumbered)) return scrollback;
	return {...scrollback, lines: scrollback.lines.map(line => (isNumbered(line) ? {...line, post: 0} : line))};
}

/** Takes an own line away. */
export function removePost(scrollback: Scrollback, post: number): Scrollback {
	const isIt = (line: ChatLine) => line.kind === 'own' && line.post === post;
	const removed = scrollback.lines.find(isIt);
	if (!removed) return scrollback;
	return {
		...scrollback,
		lines: scrollback.lines.filter(line => line !== removed),
		units: scrollback.units - removed.text.length,
	};
}

/** Whether an own line was never written to a host. */
export const isUnsent = (delivery: Delivery): boolean => delivery === 'new' || delivery === 'waiting';

/** How many own lines were never written to a host. */
export function countWaiting({lines}: Scrollback): number {
	return lines.filter(line => line.kind === 'own' && isUnsent(line.delivery)).length;
}

/** Lines at the end among which one that waits is looked for: what is further back is out of sight. */
const lookedAt = 200;

const nobody: ReadonlySet<string> = new Set();

/** The keys of the people and rooms for whom an own line waits that was never written to a host. */
export function waitedFor({lines}: Scrollback): ReadonlySet<string> {
	const keys = lines
		.slice(-lookedAt)
		.flatMap(line => (line.kind === 'own' && isUnsent(line.delivery) ? line.to : []))
		.flatMap(name => memberKeyOf(name) ?? []);
	return keys.length === 0 ? nobody : new Set(keys);
}
