import {keyOf, type LookAlikes} from '../../chat/names.ts';
import {sanitise} from './sanitise.ts';

/** Stands in front of a login that looks like somebody else's. */
const mark = '≈';

const none: LookAlikes = new Map();

/** Whose login this one looks like; undefined for nobody's. */
export function likeOf(login: string, lookAlikes: LookAlikes = none): string | undefined {
	if (lookAlikes.size === 0) return undefined;
	const key = keyOf(login);
	return key === undefined ? undefined : lookAlikes.get(key);
}

/** A login as it may be printed, marked if it looks like somebody else's. */
export function shownName(login: string, lookAlikes?: LookAlikes): string {
	const name = sanitise(login);
	return likeOf(login, lookAlikes) === undefined ? name : mark + name;
}
