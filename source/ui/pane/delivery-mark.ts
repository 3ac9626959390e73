import type {ChatLine, Delivery, Told} from '../../chat/chat-line.ts';
import {keyOf, type LookAlikes} from '../../chat/names.ts';
import {shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';

type OwnLine = ChatLine & {readonly kind: 'own'};

const deliveryMarks: Readonly<Record<Delivery, string>> = {
	new: '…',
	waiting: '… waiting',
	written: '✓',
	unsure: '? written before the connection broke, nobody knows whether it arrived',
	accepted: '✓',
	refused: '✗ not sent',
	stale: '? not sent again by itself, it may have arrived long ago',
	past: '',
};

/** The same in windows in which words would push the text away. */
const shortMarks: Readonly<Record<Delivery, string>> = {
	...deliveryMarks,
	waiting: '…',
	unsure: '? unsure',
	stale: '? unsure',
};

/** Windows narrower than this have no room for words behind a text. */
const minColumnsForWords = 40;

/** What stands behind the names of those who do not have it. Whoever takes a name later gets nothing from before. */
const missing: Partial<Record<Told, string>> = {
	queued: 'not yet',
	absent: 'no such name, not kept',
};

/** Names of one kind that are said; of more, how many they are. */
const maxNames = 3;

/**
 * What stands behind an own line: two ticks once everybody has it; else one with who has it and who does not, as
 * `✓ bob · dave: not yet`. Who of a room has it nobody tells: there it is one, with the people beside it. Where the names would take more than two thirds of a row they are counted, and in narrow
 * windows only numbers are said, and names that nobody has.
 */
export function deliveryMark(
	{delivery, to, told = {}}: OwnLine,
	columns: number,
	lookAlikes?: LookAlikes,
): string {
	const list = (names: readonly string[]) => listOf(names, lookAlikes);
	const names = Object.keys(told);
	const isShort = columns < minColumnsForWords;
	if (delivery !== 'accepted' || names.length === 0) return (isShort ? shortMarks : deliveryMarks)[delivery];
	const have = names.filter(name => missing[told[name] as Told] === undefined);
	if (have.length === names.length && isToldOfAll(to, names)) return '✓✓';
	const lacking = Object.entries(missing).flatMap(([state, words]) => {
		const those = names.filter(name => told[name] === state);
		return those.length === 0 ? [] : [{those, words}];
	});
	// A name that nobody has is a mistake to be mended: it is said in any window.
	const absent = lacking.find(({those}) => told[those[0] as string] === 'absent');
	if (isShort && absent) return `✗ no ${list(absent.those)}`;
	if (isShort) return names.length === 1 ? '✓' : `✓ ${have.length}/${names.length}`;
	const full = [list(have), ...lacking.map(({those, words}) => `${list(those)}: ${words}`)];
	const sign = absent?.those.length === names.length && isToldOfAll(to, names) ? '✗' : '✓';
	const mark = `${sign} ${full.filter(Boolean).join(' · ')}`;
	if (names.length === 1 || displayWidth(mark) <= (columns * 2) / 3) return mark;
	const short = `✓ ${have.length} of ${names.length}`;
	const counted = absent ? `${short} · ${list(absent.those)}: ${absent.words}` : short;
	return displayWidth(counted) < displayWidth(mark) ? counted : mark;
}

/** Whether all recipients are told of, which those of a room never are. */
function isToldOfAll(to: readonly string[], told: readonly string[]): boolean {
	const keys = new Set(told.map(keyOf));
	return to.every(name => keys.has(keyOf(name)));
}

function listOf(names: readonly string[], lookAlikes: LookAlikes | undefined): string {
	const shown = names
		.slice(0, maxNames)
		.map(name => shownName(name, lookAlikes))
		.join(', ');
	return names.length > maxNames ? `${shown} and ${names.length - maxNames} others` : shown;
}
