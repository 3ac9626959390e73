import type {Overlay} from '../overlay/overlay.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

export type OverlayRowProps = {
	readonly overlay: Overlay;
	/** What was found, in a few words. */
	readonly found: string;
	readonly columns: number;
	readonly theme: Theme;
};

const prompts: Readonly<Record<Overlay['kind'], string>> = {go: ' go to: ', help: ' find: ', keys: ' find: '};

const endings: Readonly<Record<Overlay['kind'], string>> = {
	go: 'Enter goes, Esc returns',
	help: 'type to search, Esc closes',
	keys: 'type to search, Esc closes, /help has the rest',
};

/** In place of the recipients: what is searched for, and what was found. */
export function overlayRow({overlay, found, columns, theme}: OverlayRowProps): string {
	const {start, query} = partsOf(overlay, columns);
	const left = columns - displayWidth(start + query) - 2;
	const words = [found, endings[overlay.kind]].filter(Boolean).join(' · ');
	return theme.strong(start) + query + theme.dim(left < 4 ? '' : `  ${truncate(words, left)}`);
}

/** The column behind what is typed. */
export function overlayCaret(overlay: Overlay, columns: number): number {
	const {start, query} = partsOf(overlay, columns);
	return Math.min(columns - 1, displayWidth(start + query));
}

/** Of a long text the end is shown, where it is being written. */
function partsOf({kind, query}: Overlay, columns: number): {readonly start: string; readonly query: string} {
	const start = prompts[kind];
	let shown = sanitise(query);
	while (displayWidth(start + shown) >= columns && shown !== '') shown = [...shown].slice(1).join('');
	return {start, query: shown};
}
