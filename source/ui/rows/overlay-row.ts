import type {Overlay} from '../overlay/overlay.ts';
import {firstFitting} from '../text/first-fitting.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import type {Theme} from '../theme.ts';

export type OverlayRowProps = {
	readonly overlay: Overlay;
	/** What was found, in a few words. */
	readonly found: string;
	readonly columns: number;
	readonly theme: Theme;
};

const prompts: Readonly<Record<Overlay['kind'], string>> = {go: ' go to: ', help: ' find: ', keys: ' find: '};

/** The longest first: how to get out of it is said in any window. */
const endings: Readonly<Record<Overlay['kind'], readonly string[]>> = {
	go: ['Enter goes, Esc returns', 'Esc returns', 'Esc'],
	help: ['type to search, Esc closes', 'Esc closes', 'Esc'],
	keys: ['type to search, Esc closes, /help has the rest', 'type to search, Esc closes', 'Esc closes', 'Esc'],
};

/** In place of the recipients: what is searched for, and what was found. */
export function overlayRow({overlay, found, columns, theme}: OverlayRowProps): string {
	const {start, query} = partsOf(overlay, columns);
	const left = columns - displayWidth(start + query) - 2;
	const ways = endings[overlay.kind];
	// Who chooses has to see what, if there is room for one thing only.
	const rest = found === '' ? ways : overlay.kind === 'go' ? [found] : ways;
	const words = firstFitting([...ways.map(way => (found === '' ? way : `${found} · ${way}`)), ...rest], left);
	return theme.strong(start) + query + theme.dim(`  ${words}`);
}

/** The column behind what is typed. */
export function overlayCaret(overlay: Overlay, columns: number): number {
	const {start, query} = partsOf(overlay, columns);
	return Math.min(columns - 1, displayWidth(start + query));
}

/** Cells that are left behind what is typed: for two blanks and `Esc`. */
const minColumnsBehind = 5;

/** Of a long text the end is shown, where it is being written. */
function partsOf({kind, query}: Overlay, columns: number): {readonly start: string; readonly query: string} {
	const start = prompts[kind];
	let shown = sanitise(query);
	while (displayWidth(start + shown) > columns - minColumnsBehind && shown !== '')
		shown = [...shown].slice(1).join('');
	return {start, query: shown};
}
