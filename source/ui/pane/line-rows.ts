import type {ChatLine} from '../../chat/chat-line.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {graphemes} from '../text/graphemes.ts';
import type {Block} from '../text/message-blocks.ts';
import {hasRightToLeft} from '../text/right-to-left.ts';
import {displayWidth} from '../text/width.ts';
import {type Piece, truncate, wrapSegments} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {contextOf, isSameContext, type LineContext, timeColumns, timeOf} from './line-context.ts';
import {hangingColumns, placeOfHead} from './line-head.ts';
import {type LineParts, partsOf, stylePiece} from './line-parts.ts';

/** A line longer than this many rows is folded: nobody's single line may push everything else out of the window. */
const foldedRows = 20;

export type LineOptions = {
	readonly columns: number;
	readonly theme: Theme;
	/** The line that is shown above it. */
	readonly previous?: ChatLine | undefined;
	/** Whether the first line of all says its day. */
	readonly hasDayAtTop?: boolean;
	/** Whether whoever said it is known not to be here any more; it takes no more room than else. */
	readonly isGone?: boolean;
	/** The logins that look like somebody else's: they are marked. */
	readonly lookAlikes?: LookAlikes | undefined;
	/** Whether it is the first that was not read: a rule stands above it. */
	readonly isFirstUnread?: boolean;
	/** Our name, where all lines are of one conversation: there nobody has to be told whom they were for. */
	readonly login?: string | undefined;
	/** Whether the reader wants all of a long line. */
	readonly isUnfolded?: boolean;
};

/** A line as it is shown. */
export type LineRows = {
	/** Styled, none wider than the window. */
	readonly rows: readonly string[];
	/** How many of them stand above its text because of the line before: its day, its head. */
	readonly lead: number;
	/** The row that stands for the rest of a long line. */
	readonly fold: number | undefined;
	/** The first row of its text where nothing is in sight above it: with its name and its time, whatever was before. */
	readonly onTop: string;
};

type Laid = LineRows & {
	readonly options: LineOptions;
	readonly context: LineContext;
};

const cache = new WeakMap<ChatLine, Laid>();

/**
 * The rows of one line. Laid out once for each line and width, as wrapping is most of what a frame costs; another line
 * before it changes them only where something else is to be shown for its sake.
 */
export function rowsOfLine(line: ChatLine, options: LineOptions): LineRows {
	const laid = cache.get(line);
	const isSame = laid !== undefined && isSameLook(laid.options, options);
	if (isSame && isSamePlace(laid.options, options)) return laid;
	const told = contextOf(line, options.previous, options.hasDayAtTop ?? false);
	const context = options.isFirstUnread ? {...told, hasHead: true} : told;
	const rows = isSame && isSameContext(laid.context, context) ? laid : layOut(line, context, options);
	cache.set(line, {...rows, options, context});
	return rows;
}

function isSamePlace(one: LineOptions, other: LineOptions): boolean {
	return one.previous === other.previous && (one.hasDayAtTop ?? false) === (other.hasDayAtTop ?? false);
}

function isSameLook(one: LineOptions, other: LineOptions): boolean {
	return (
		one.columns === other.columns &&
		one.theme === other.theme &&
		one.login === other.login &&
		one.lookAlikes === other.lookAlikes &&
		(one.isGone ?? false) === (other.isGone ?? false) &&
		(one.isFirstUnread ?? false) === (other.isFirstUnread ?? false) &&
		(one.isUnfolded ?? false) === (other.isUnfolded ?? false)
	);
}

function layOut(line: ChatLine, context: LineContext, options: LineOptions): LineRows {
	const {columns, theme} = options;
	const parts = partsOf(line, options);
	const timeWidth = timeColumns(columns);
	const isTurned = hasRightToLeft(line.text);
	// Nothing of ours stands in a row with what may be turned around, so its time needs a head to stand by.
	const hasHead = context.hasHead || (isTurned && context.hasTime);
	const headWidth = displayWidth(parts.head);
	const place = isTurned ? 'above' : placeOfHead(headWidth, columns);
	const hang = place === 'column' ? headWidth : isTurned ? 0 : hangingColumns;
	const indent = timeWidth + hang;
	const taken = hasHead && place === 'beside' ? headWidth - hang : 0;
	const body = layOutBody(parts, {columns: columns - indent, taken, isTurned}, options);

	const lead = rulesAbove(context.day, options);
	const margin = ' '.repeat(indent);
	const [first = '', ...others] = body.rows;
	const withTime = timeWidth > 0 ? theme.dim(`${timeOf(line.at)} `) : '';
	const front = context.hasTime ? withTime : ' '.repeat(timeWidth);
	// What the program says has no head: its time alone may stand above it.
	const isHeadAbove = hasHead && place === 'above' && (parts.head !== '' || context.hasTime);
	if (isHeadAbove) lead.push(front + parts.styleHead(truncate(parts.head.trimEnd(), columns - timeWidth)));
	const head = place === 'above' ? '' : parts.styleHead(parts.head);
	const start = isHeadAbove ? margin : front + (hasHead && head ? head : ' '.repeat(hang));
	// A row that was filled without a head has no room for one.
	const hasRoom = hasHead || timeWidth + headWidth + body.firstWidth <= columns;
	const onTop = withTime + (head && hasRoom ? head : ' '.repeat(hang));
	return {
		rows: [...lead, start + first, ...others.map(row => margin + row)],
		lead: lead.length,
		fold: body.fold === undefined ? undefined : lead.length + body.fold,
		onTop: (isTurned ? start : onTop) + first,
	};
}

/** Rows of text with more cells are hard to read; code has them all the same. */
const readableColumns = 100;

/** What parts a line from those before it: where reading stopped, and where its day begins. */
function rulesAbove(day: string | undefined, {columns, theme, isFirstUnread}: LineOptions): string[] {
	const rules = isFirstUnread ? [`${'─'.repeat(Math.max(0, columns - 7))} new ──`.slice(-columns)] : [];
	if (day !== undefined) rules.push(truncate(`── ${day} ──`, columns));
	return rules.map(theme.dim);
}

/** What a text is laid out in; `taken`: cells of its first row that are those of the head. */
type BodyRoom = {readonly columns: number; readonly taken: number; readonly isTurned: boolean};

/** The text in rows, with what became of it behind its end. */
function layOutBody(
	{blocks, mark, styleText}: LineParts,
	{columns, taken, isTurned}: BodyRoom,
	{theme, isUnfolded}: LineOptions,
): {readonly rows: readonly string[]; readonly fold: number | undefined; readonly firstWidth: number} {
	const wrapped = wrapBlocks(withMark(blocks, mark, isTurned), {
		columns,
		taken,
		maxRows: isUnfolded ? Number.POSITIVE_INFINITY : foldedRows,
		marked: mark.length,
	});
	const rows = wrapped.rows.map(row => row.map(piece => stylePiece(piece, theme, styleText)).join(''));
	const fold = wrapped.isFolded ? rows.length - 1 : undefined;
	if (wrapped.isFolded && mark !== '') rows.push(theme.dim(truncate(mark, columns)));
	const firstWidth = displayWidth((wrapped.rows[0] ?? []).map(({text}) => text).join(''));
	return {rows, fold, firstWidth};
}

/** The mark goes on behind the last line, or below it if that is code or may be turned around. */
function withMark(blocks: readonly Block[], mark: string, isTurned: boolean): readonly Block[] {
	if (mark === '') return blocks;
	const last = blocks.at(-1);
	if (!last || last.isVerbatim || isTurned)
		return [...blocks, {pieces: [{text: mark, isToken: true}], isVerbatim: false}];
	return [...blocks.slice(0, -1), {...last, pieces: [...last.pieces, {text: ` ${mark}`, isToken: true}]}];
}

type BlocksRoom = Pick<BodyRoom, 'columns' | 'taken'> & {
	readonly maxRows: number;
	/** UTF-16 units of the mark, which stays in sight where the text is folded. */
	readonly marked: number;
};

function wrapBlocks(
	blocks: readonly Block[],
	{columns, taken, maxRows, marked}: BlocksRoom,
): {readonly rows: readonly (readonly Piece[])[]; readonly isFolded: boolean} {
	const rows: (readonly Piece[])[] = [];
	for (const [index, {pieces, isVerbatim}] of blocks.entries()) {
		const following = blocks.length - 1 - index;
		let isFolded = false;
		const fold = (rest: string) => {
			isFolded = true;
			const characters = graphemes(rest.slice(0, rest.length - marked).trimEnd()).length;
			const much = following > 0 ? `${following + 1} more lines` : `${characters} more characters`;
			return `… ${much}: Alt+E unfolds`;
		};
		// Where lines follow there has to be a row left that says so.
		const room = maxRows - rows.length - (following > 0 ? 1 : 0);
		if (room === 0) {
			const text = truncate(fold(''), columns);
			return {rows: [...rows, [{text, isToken: true}]], isFolded};
		}
		rows.push(
			...wrapSegments(pieces, columns, {
				maxRows: room,
				measure: readableColumns,
				taken: index === 0 ? taken : 0,
				isVerbatim,
				fold,
			}),
		);
		if (isFolded) return {rows, isFolded};
	}
	return {rows, isFolded: false};
}
