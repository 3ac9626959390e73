import {graphemes, isAscii, isUnjoined} from '../text/graphemes.ts';
import {showClusters} from '../text/sanitise.ts';
import {splitToFit} from '../text/split-to-fit.ts';
import {displayWidth} from '../text/width.ts';
import type {Draft} from './composer-state.ts';

export type ComposerLayout = {
	/** The visible rows, each at most as wide as asked; at least one. */
	readonly rows: readonly string[];
	/** Row of the caret within `rows`. */
	readonly caretRow: number;
	/** Column of the caret, in cells. */
	readonly caretColumn: number;
	/** Rows above the visible ones. */
	readonly firstRow: number;
};

/** The rows of a draft while they are filled, and where the caret came to stand in them. */
class Rows {
	readonly rows: string[] = [''];
	caretRow = 0;
	caretColumn = 0;
	#width = 0;
	readonly #columns: number;

	constructor(columns: number) {
		this.#columns = columns;
	}

	/** Adds a text of `width` cells, on a new row if it does not fit behind what is there. */
	add(text: string, width: number): void {
		this.makeRoom(width);
		this.rows[this.rows.length - 1] += text;
		this.#width += width;
	}

	/** Adds what one cluster is shown as: in one piece unless it is wider than a row. */
	addShown(text: string): void {
		const width = displayWidth(text);
		if (width <= this.#columns) {
			this.add(text, width);
			return;
		}
		this.makeRoom(this.#columns);
		for (const cluster of graphemes(text)) {
			for (const part of splitToFit(cluster, this.#columns)) this.add(part, displayWidth(part));
		}
	}

	makeRoom(width: number): void {
		if (this.#width > 0 && this.#width + width > this.#columns) this.newRow();
	}

	newRow(): void {
		this.rows.push('');
		this.#width = 0;
	}

	placeCaret(): void {
		this.caretRow = this.rows.length - 1;
		this.caretColumn = this.#width;
	}
}

type Glyph = {readonly length: number; readonly shown: string};

// Long pasted texts are mostly ASCII: there a row is a slice.
function* glyphsOf(line: string, columns: number, caret: number): Generator<Glyph, void, undefined> {
	if (isAscii(line)) {
		const hasCaret = caret >= 0 && caret <= line.length;
		for (let start = 0; start < line.length; ) {
			const isCaretAhead = hasCaret && caret > start && caret < start + columns;
			const end = isCaretAhead ? caret : start + columns - (start % columns);
			const shown = line.slice(start, end);
			yield {length: shown.length, shown};
			start = end;
		}
		return;
	}
	if (isUnjoined(line)) {
		for (const shown of line) yield {length: 1, shown};
		return;
	}
	for (const {source, shown} of showClusters(line)) {
		yield {length: source.length, shown: shown.map(segment => segment.text).join('')};
	}
}

/** Adds a line; `caret` is its offset in the line, outside of it if it stands elsewhere. */
function addLine(rows: Rows, line: string, caret: number, columns: number): void {
	let offset = 0;
	for (const {length, shown} of glyphsOf(line, columns, caret)) {
		if (offset === caret) {
			// The caret stands on the character behind it, which may have to go to the next row.
			rows.makeRoom(Math.min(columns, displayWidth(shown)));
			rows.placeCaret();
		}
		rows.addShown(shown);
		offset += length;
	}
	if (offset === caret) {
		rows.makeRoom(1);
		rows.placeCaret();
	}
}

/**
 * The draft as rows of at most `columns` cells, of which the `maxRows` around the caret are given. Rows are cut where
 * they are full, as a shell's input line is; behind a full row the caret stands on a row of its own. What would not reach
 * the terminal from others is shown here as it is there; a character wider than the window becomes `□`.
 */
export function layoutComposer(draft: Draft, columns: number, maxRows: number): ComposerLayout {
	const width = Math.max(1, Math.floor(columns));
	const height = Math.max(1, Math.floor(maxRows));
	const rows = new Rows(width);
	let lineStart = 0;
	for (const line of draft.text.split('\n')) {
		if (lineStart > 0) rows.newRow();
		addLine(rows, line, draft.caret - lineStart, width);
		lineStart += line.length + 1;
	}
	const centred = rows.caretRow - Math.floor(height / 2);
	const firstRow = Math.max(0, Math.min(centred, rows.rows.length - height));
	return {
		rows: rows.rows.slice(firstRow, firstRow + height),
		caretRow: rows.caretRow - firstRow,
		caretColumn: rows.caretColumn,
		firstRow,
	};
}
