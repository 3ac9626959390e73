import type {ChatLine} from './chat-line.ts';
import {addLines, emptyScrollback, type Scrollback, type ScrollbackLimits} from './scrollback.ts';

/** Lines that are held in a view without being shown, and UTF-16 code units of them, in case that they are again. */
const maxHidden = 1000;
const maxHiddenUnits = 128 * 1024;

/** Adds lines at the end that are not shown. They push no others out. */
export function addHidden(scrollback: Scrollback, added: readonly ChatLine[]): Scrollback {
	const last = added.at(-1);
	if (last === undefined) return scrollback;
	const units = scrollback.hidden.reduce((sum, {text}) => sum + text.length, 0);
	const held = {...emptyScrollback, lines: scrollback.hidden, units};
	const {lines: hidden} = addLines(held, added, {lines: maxHidden, units: maxHiddenUnits});
	return {...scrollback, hidden, nextId: Math.max(scrollback.nextId, last.id + 1)};
}

/** The same lines, all of them shown but those that are to be hidden. */
export function siftLines(
	scrollback: Scrollback,
	isHidden: (line: ChatLine) => boolean,
	limits: ScrollbackLimits,
): Scrollback {
	const all = [...scrollback.lines, ...scrollback.hidden].toSorted((one, other) => one.id - other.id);
	const {nextId} = scrollback;
	const shown = addLines(
		emptyScrollback,
		all.filter(line => !isHidden(line)),
		limits,
	);
	return addHidden({...shown, nextId}, all.filter(isHidden));
}
