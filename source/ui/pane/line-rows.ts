import type {ChatLine, Delivery, Told} from '../../chat/chat-line.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {loginKey} from '../../protocol/login.ts';
import {type Segment, sanitise, sanitiseSegments} from '../text/sanitise.ts';
import {shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate, wrapSegments} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

/** A line longer than this many rows is folded: nobody's single line may push everything else out of the window. */
const maxRowsPerLine = 200;

/** Windows narrower than this have no room for the time. */
const minColumnsForTime = 40;

const deliveryMarks: Record<Delivery, string> = {
	new: '…',
	waiting: '… waiting',
	written: '✓',
	unsure: '? written before the connection broke, nobody knows whether it arrived',
	accepted: '✓',
	refused: '✗ not sent',
	stale: '? not sent again by itself, it may have arrived long ago',
};

/** What stands behind an own line for those who do not have it. */
const missingMarks: Partial<Record<Told, (names: string) => string>> = {
	queued: names => `${names}: not yet`,
	absent: names => `${names}: nobody by that name`,
};

/** The mark of an own line: two ticks once everybody has it, else one with who has not. */
function markOf({delivery, told = {}}: ChatLine & {readonly kind: 'own'}): string {
	const names = Object.keys(told);
	if (delivery !== 'accepted' || names.length === 0) return deliveryMarks[delivery];
	const missing = Object.entries(missingMarks).flatMap(([state, say]) => {
		const those = names.filter(name => told[name] === state);
		return those.length === 0 ? [] : [say(those.map(sanitise).join(', '))];
	});
	return missing.length === 0 ? '✓✓' : `✓ ${missing.join(' · ')}`;
}

/** The parts of a line, before they are put into rows. */
type Parts = {
	readonly at: number;
	/** What stands in front of the text, with no styles in it. */
	readonly head: string;
	readonly styleHead: (text: string) => string;
	readonly text: readonly Segment[];
	readonly styleText: (text: string) => string;
};

type Laid = {
	readonly columns: number;
	readonly theme: Theme;
	readonly isGone: boolean;
	readonly from: string;
	readonly rows: readonly string[];
};

const cache = new WeakMap<ChatLine, Laid>();

/**
 * The styled rows of one line, none wider than `columns` cells. Laid out once for each line and width, as wrapping is
 * most of what a frame costs.
 *
 * @param lookAlikes whose names are marked
 * @param isGone whether whoever said it is known not to be here any more; it takes no more room than else
 */
export function rowsOfLine(
	line: ChatLine,
	columns: number,
	theme: Theme,
	isGone = false,
	lookAlikes?: LookAlikes,
): readonly string[] {
	const laid = cache.get(line);
	const from = line.kind === 'message' ? shownName(line.from, lookAlikes) : '';
	if (laid?.columns === columns && laid.theme === theme && laid.isGone === isGone && laid.from === from)
		return laid.rows;
	const rows = layOut(partsOf(line, from, theme, isGone), columns, theme);
	cache.set(line, {columns, theme, isGone, from, rows});
	return rows;
}

function partsOf(line: ChatLine, from: string, theme: Theme, isGone: boolean): Parts {
	const {at} = line;
	const text = sanitiseSegments(line.text);
	const asIs = (part: string) => part;
	switch (line.kind) {
		case 'message': {
			const styleHead = (part: string) => (isGone ? theme.dim(part) : theme.name(part, loginKey(line.from)));
			return {at, head: `${headOf(from, line.to)}: `, styleHead, text, styleText: asIs};
		}
		case 'own': {
			const mark = {text: ` ${markOf(line)}`, isToken: true};
			const head = `→ ${line.to.map(sanitise).join(', ')}: `;
			return {at, head, styleHead: theme.ownName, text: [...text, mark], styleText: asIs};
		}
		case 'notice':
			return {at, head: '', styleHead: asIs, text, styleText: theme.dim};
	}
}

/** Who said it; and to whom, if others got it too. */
function headOf(from: string, to: readonly string[] = []): string {
	const isForMore = to.length > 1 || to.some(name => name.startsWith('#'));
	return isForMore ? `${from} → ${to.map(sanitise).join(', ')}` : from;
}

function layOut(
	{at, head, styleHead, text, styleText}: Parts,
	columns: number,
	theme: Theme,
): readonly string[] {
	const time = columns >= minColumnsForTime ? formatTime(at) : '';
	const headWidth = displayWidth(head);
	// Behind a short head the text stands in a column of its own; a long one gets a row, and the text begins below it.
	const isHeadShort = headWidth <= columns / 3;
	const indent = time.length + (isHeadShort ? headWidth : 0);
	const body = wrapSegments(text, columns - indent, {maxRows: maxRowsPerLine}).map(row =>
		row.map(segment => (segment.isToken ? theme.dim(segment.text) : styleText(segment.text))).join(''),
	);
	const start =
		theme.dim(time) + styleHead(isHeadShort ? head : truncate(head.trimEnd(), columns - time.length));
	const margin = ' '.repeat(indent);
	if (!isHeadShort) return [start, ...body.map(row => margin + row)];
	return body.map((row, index) => (index === 0 ? start : margin) + row);
}

function formatTime(at: number): string {
	const date = new Date(at);
	return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')} `;
}
