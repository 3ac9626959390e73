import type {ChatLine, Delivery} from '../../chat/chat-line.ts';
import {loginKey} from '../../protocol/login.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {truncate, wrapText} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

/** A line longer than this many rows is folded: nobody's single line may push everything else out of the window. */
const maxRowsPerLine = 200;

/** Rows of text right behind a name need some room; in a narrower window the text begins below it. */
const minTextColumns = 12;

const deliveryMarks: Record<Delivery, string> = {
	waiting: '…',
	written: '✓',
	unsure: '? sent, not known whether it arrived',
};

type Laid = {readonly columns: number; readonly theme: Theme; readonly rows: readonly string[]};

const cache = new WeakMap<ChatLine, Laid>();

/**
 * The styled rows of one line, none wider than `columns` cells. Laid out once for each line and width, as wrapping is
 * most of what a frame costs.
 */
export function rowsOfLine(line: ChatLine, columns: number, theme: Theme): readonly string[] {
	const laid = cache.get(line);
	if (laid?.columns === columns && laid.theme === theme) return laid.rows;
	const rows = layOut(line, columns, theme);
	cache.set(line, {columns, theme, rows});
	return rows;
}

function layOut(line: ChatLine, columns: number, theme: Theme): readonly string[] {
	const time = columns >= 40 ? `${formatTime(line.at)} ` : '';
	switch (line.kind) {
		case 'message': {
			const from = sanitise(line.from);
			return compose(
				time,
				`${from}: `,
				text => theme.name(text, loginKey(line.from)),
				sanitise(line.text),
				columns,
				theme,
			);
		}
		case 'own': {
			const mark = deliveryMarks[line.delivery];
			const to = line.to.map(sanitise).join(', ');
			return compose(time, `→ ${to}: `, theme.ownName, `${sanitise(line.text)} ${mark}`, columns, theme);
		}
		case 'notice':
			return compose(time, '', theme.dim, sanitise(line.text), columns, theme).map(theme.dim);
	}
}

function compose(
	time: string,
	name: string,
	styleName: (text: string) => string,
	text: string,
	columns: number,
	theme: Theme,
): readonly string[] {
	const prefix = displayWidth(time) + displayWidth(name);
	if (columns - prefix < minTextColumns) {
		const head = truncate(`${time}${name}`, columns);
		const body = wrapText(text, columns, {maxRows: maxRowsPerLine});
		return name === '' ? body : [styleName(head), ...body];
	}
	// Further rows stand under the first letter of the text where the name leaves room, else under the name.
	const indent = prefix <= columns / 3 ? prefix : displayWidth(time);
	const [first = '', ...rest] = wrapWithIndent(text, columns, prefix, indent);
	return [`${theme.dim(time)}${styleName(name)}${first}`, ...rest.map(row => `${' '.repeat(indent)}${row}`)];
}

/** Wraps a text whose first row has less room than the others. */
function wrapWithIndent(
	text: string,
	columns: number,
	firstIndent: number,
	indent: number,
): readonly string[] {
	if (firstIndent === indent) return wrapText(text, columns - indent, {maxRows: maxRowsPerLine});
	const rows = wrapText(text, columns - firstIndent, {maxRows: maxRowsPerLine});
	if (rows.length === 1) return rows;
	const first = rows[0] ?? '';
	const rest = text.startsWith(first) ? text.slice(first.length).trimStart() : rows.slice(1).join(' ');
	return [first, ...wrapText(rest, columns - indent, {maxRows: maxRowsPerLine})];
}

function formatTime(at: number): string {
	const date = new Date(at);
	return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
