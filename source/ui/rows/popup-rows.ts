import type {Popup} from '../overlay/popup.ts';
import {truncateNames} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

export type PopupRowsProps = {
	readonly popup: Popup;
	readonly rows: number;
	readonly columns: number;
	readonly theme: Theme;
};

/** Things to choose from, a row each; those around the chosen one if there is no room for all. */
export function popupRows({popup, rows, columns, theme}: PopupRowsProps): readonly string[] {
	const {items, index} = popup;
	const first = Math.max(0, Math.min(index - Math.floor(rows / 2), items.length - rows));
	const widest = Math.max(0, ...items.map(({label}) => displayWidth(label)));
	const labelColumns = Math.min(widest, Math.floor(columns / 2));
	return items.slice(first, first + rows).map(({label, detail}, at) => {
		const isChosen = first + at === index;
		const name = pad(truncateNames(label, labelColumns), labelColumns);
		const text = truncate(` ${isChosen ? '>' : ' '} ${name}  ${detail}`.trimEnd(), columns);
		return isChosen ? theme.status(pad(text, columns)) : theme.dim(text);
	});
}

const pad = (text: string, columns: number): string =>
	text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
