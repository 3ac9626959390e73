import type {ChatLine} from '../../chat/chat-line.ts';
import {displayWidth} from '../text/width.ts';
import {type Piece, truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {partsOf, stylePiece} from './line-parts.ts';
import type {Pane} from './pane.ts';

/** The newest lines that stay in sight while somebody reads further up, each in one row. */
const maxNewest = 5;

/** A pane that is lower has no room for them. */
const minPaneRows = 14;

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
	return [
		theme.dim(rule + '─'.repeat(Math.max(0, columns - displayWidth(rule)))),
		...pane.lines.slice(-count).map(line => rowOf(line, columns, theme)),
	];
}

type Laid = {readonly columns: number; readonly theme: Theme; readonly row: string};

const cache = new WeakMap<ChatLine, Laid>();

function rowOf(line: ChatLine, columns: number, theme: Theme): string {
	const laid = cache.get(line);
	if (laid?.columns === columns && laid.theme === theme) return laid.row;
	const row = layOutRow(line, columns, theme);
	cache.set(line, {columns, theme, row});
	return row;
}

/** The start of a line in one row; its marks are only quiet there, as a cut would tear them apart. */
function layOutRow(line: ChatLine, columns: number, theme: Theme): string {
	const {head, styleHead, blocks, styleText} = partsOf(line, theme, columns, false);
	const shownHead = truncate(head, columns);
	const room = columns - displayWidth(shownHead);
	const [first, ...others] = blocks;
	const pieces = cutOff([...(first?.pieces ?? []), ...(others.length > 0 ? [ellipsis] : [])], room);
	return styleHead(shownHead) + pieces.map(piece => stylePiece(piece, theme, styleText)).join('');
}

const ellipsis: Piece = {text: ' …', isToken: true};

/** The first pieces that have room, the last of them cut if need be. */
function cutOff(pieces: readonly Piece[], columns: number): readonly Piece[] {
	const kept: Piece[] = [];
	let left = columns;
	for (const piece of pieces) {
		const width = displayWidth(piece.text.slice(0, 4 * columns));
		if (width > left) {
			const text = truncate(piece.text, left);
			return text === '' ? kept : [...kept, {...piece, text}];
		}
		kept.push(piece);
		left -= width;
	}
	return kept;
}
