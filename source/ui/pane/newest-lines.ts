import type {ChatLine} from '../../chat/chat-line.ts';
import {shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {type Piece, truncate} from '../text/wrap.ts';
import {timeColumns} from './line-context.ts';
import {partsOf, stylePiece} from './line-parts.ts';
import type {Pane} from './pane.ts';

/** The newest lines that stay in sight while somebody reads further up, each in one row. */
const maxNewest = 5;

/** A pane that is lower has no room for them. */
const minPaneRows = 14;

/** How one gets there, at the end of the rule above them if that leaves it a rule. */
const waysDown = ' PageDown, Ctrl+End ──';

/** How many rows at the bottom of the pane are not for what is read, if so many lines are below it. */
export function newestRows(pane: Pane, linesBelow: number): number {
	if (pane.rows < minPaneRows || linesBelow === 0) return 0;
	return 1 + Math.min(maxNewest, linesBelow);
}

/** The newest lines under a rule that says how many are below what is read; as many rows as `newestRows` says. */
export function viewNewest(pane: Pane, linesBelow: number): readonly string[] {
	const count = newestRows(pane, linesBelow) - 1;
	if (count < 1) return [];
	const {columns, theme} = pane;
	const rule = truncate(`── ${linesBelow} newer `, columns);
	const left = columns - displayWidth(rule);
	const keys = left > 2 * waysDown.length ? waysDown : '';
	return [
		theme.dim(rule + '─'.repeat(left - keys.length) + keys),
		...pane.lines.slice(-count).map(line => rowOf(line, pane)),
	];
}

type Laid = Pick<Pane, 'columns' | 'theme' | 'login'> & {readonly from: string; readonly row: string};

const cache = new WeakMap<ChatLine, Laid>();

function rowOf(line: ChatLine, pane: Pane): string {
	const {columns, theme, lookAlikes, login} = pane;
	const laid = cache.get(line);
	const from = line.kind === 'message' ? shownName(line.from, lookAlikes) : '';
	const isSame = laid?.columns === columns && laid.theme === theme && laid.login === login;
	if (isSame && laid.from === from) return laid.row;
	const row = layOutRow(line, from, pane);
	cache.set(line, {columns, theme, login, from, row});
	return row;
}

/** The start of a line in one row, without what became of it. */
function layOutRow(line: ChatLine, from: string, {columns, theme, login}: Pane): string {
	const {head, styleHead, blocks, styleText} = partsOf(line, from, {columns, theme, login});
	// The texts stand below those that are read. A time in each row would be more than anybody looks for there.
	const margin = ' '.repeat(timeColumns(columns));
	const shownHead = truncate(head, columns - margin.length);
	const room = columns - margin.length - displayWidth(shownHead);
	const [first, ...others] = blocks;
	const pieces = cutOff([...(first?.pieces ?? []), ...(others.length > 0 ? [ellipsis] : [])], room);
	return margin + styleHead(shownHead) + pieces.map(piece => stylePiece(piece, theme, styleText)).join('');
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
