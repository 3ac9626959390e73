import type {ChatLine} from '../../chat/chat-line.ts';
import {hasRightToLeft} from '../text/right-to-left.ts';
import {truncateNames} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {type Piece, truncate} from '../text/wrap.ts';
import {timeColumns} from './line-context.ts';
import {partsOf, stylePiece} from './line-parts.ts';
import type {Pane} from './pane.ts';

/** Rows of the newest lines that stay in sight while somebody reads further up. */
const maxNewest = 5;

/** A pane that is lower has no room for them. */
export const minPaneRows = 14;

/** How one gets there, at the end of the rule above them if that leaves it a rule. */
const waysDown = ' PageDown, Ctrl+End ──';

/** How many rows at the bottom of the pane are not for what is read, if so many lines are below it. */
export function newestRows(pane: Pane, linesBelow: number): number {
	if (pane.rows < minPaneRows || linesBelow === 0 || pane.isExcerpt) return 0;
	return 1 + newestLines(pane, linesBelow).length;
}

/** The newest lines under a rule that says how many are below what is read; as many rows as `newestRows` says. */
export function viewNewest(pane: Pane, linesBelow: number): readonly string[] {
	if (newestRows(pane, linesBelow) === 0) return [];
	const {columns, theme} = pane;
	const rule = truncate(`── ${linesBelow} newer `, columns);
	const left = columns - displayWidth(rule);
	const keys = left > 2 * waysDown.length ? waysDown : '';
	return [theme.dim(rule + '─'.repeat(left - keys.length) + keys), ...newestLines(pane, linesBelow)];
}

/** As many of the newest of so many lines as stay in sight. */
export function newestLines(pane: Pane, linesBelow: number): readonly string[] {
	let rows: readonly string[] = [];
	for (const line of pane.lines.slice(-Math.min(maxNewest, linesBelow)).reverse()) {
		const more = rowsOf(line, pane);
		if (rows.length + more.length > maxNewest) break;
		rows = [...more, ...rows];
	}
	return rows;
}

type Laid = Pick<Pane, 'columns' | 'theme' | 'login' | 'lookAlikes'> & {
	readonly rows: readonly string[];
};

const cache = new WeakMap<ChatLine, Laid>();

function rowsOf(line: ChatLine, pane: Pane): readonly string[] {
	const {columns, theme, lookAlikes, login} = pane;
	const laid = cache.get(line);
	const isSame = laid?.columns === columns && laid.theme === theme && laid.login === login;
	if (isSame && laid.lookAlikes === lookAlikes) return laid.rows;
	const rows = layOut(line, pane);
	cache.set(line, {columns, theme, login, lookAlikes, rows});
	return rows;
}

/**
 * The start of a line in one row, without what became of it; where it may be turned around its head has another one, as in
 * the pane.
 */
function layOut(line: ChatLine, {columns, theme, login, lookAlikes}: Pane): readonly string[] {
	const {head, styleHead, blocks, styleText} = partsOf(line, {columns, theme, login, lookAlikes});
	// The texts stand below those that are read. A time in each row would be more than anybody looks for there.
	const margin = ' '.repeat(timeColumns(columns));
	const shownHead = truncateNames(head, columns - margin.length);
	const isTurned = head !== '' && hasRightToLeft(line.text);
	const room = columns - margin.length - (isTurned ? 0 : displayWidth(shownHead));
	const [first, ...others] = blocks;
	const pieces = cutOff([...(first?.pieces ?? []), ...(others.length > 0 ? [ellipsis] : [])], room);
	const text = pieces.map(piece => stylePiece(piece, theme, styleText)).join('');
	if (isTurned) return [margin + styleHead(shownHead.trimEnd()), margin + text];
	return [margin + styleHead(shownHead) + text];
}

const ellipsis: Piece = {text: ' …', isToken: true};

/** The first pieces that have room, the last of them cut if need be. */
function cutOff(pieces: readonly Piece[], columns: number): readonly Piece[] {
	const kept: Piece[] = [];
	let left = columns;
	for (const piece of pieces) {
		const text = truncate(piece.text, left);
		if (text !== piece.text) return text === '' ? kept : [...kept, {...piece, text}];
		kept.push(piece);
		left -= displayWidth(text);
	}
	return kept;
}
