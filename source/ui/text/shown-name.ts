import {keyOf, type LookAlikes} from '../../chat/names.ts';
import {hasRightToLeft} from './right-to-left.ts';
import {sanitise} from './sanitise.ts';
import {truncate} from './wrap.ts';

/** Stands in front of a login that looks like somebody else's, or of a number of logins among which there is one. */
const mark = '≈';

/**
 * Stands at both sides of a name that runs from right to left. Unicode counts it as a letter of those that do not (U+02D1),
 * so that digits, punctuation and other such names in the same row stay where they are. What has no cell, as the isolates
 * of Unicode, does so in few terminals.
 */
const side = 'ˑ';

const none: LookAlikes = new Map();

/** Whose login this one looks like; undefined for nobody's. */
export function likeOf(login: string, lookAlikes: LookAlikes = none): string | undefined {
	if (lookAlikes.size === 0) return undefined;
	const key = keyOf(login);
	return key === undefined ? undefined : lookAlikes.get(key);
}

/** A login as it may be printed beside others, marked if it looks like somebody else's. */
export function shownName(login: string, lookAlikes?: LookAlikes): string {
	const name = sanitise(login);
	const inPlace = hasRightToLeft(name) ? side + name + side : name;
	return likeOf(login, lookAlikes) === undefined ? inPlace : mark + inPlace;
}

/** The start of shown names in at most `columns` cells; what stands behind them keeps its place where they are cut, too. */
export function truncateNames(names: string, columns: number): string {
	const start = truncate(names, columns);
	if (!isOpen(start)) return start;
	const shorter = truncate(names, columns - 1);
	const last = shorter.lastIndexOf(side);
	if (hasRightToLeft(shorter.slice(last))) return shorter + side;
	return isOpen(shorter) ? `${shorter.slice(0, last)}…` : shorter;
}

/** Whether it ends within a name that has something at both sides. */
const isOpen = (names: string): boolean => names.split(side).length % 2 === 0;

/** How many more names there are than those that have room: ` +3`, marked if one of them looks like somebody else's. */
export function moreNames(hidden: readonly string[], lookAlikes?: LookAlikes): string {
	if (hidden.length === 0) return '';
	const isMarked = hidden.some(name => likeOf(name, lookAlikes) !== undefined);
	return ` +${isMarked ? mark : ''}${hidden.length}`;
}
