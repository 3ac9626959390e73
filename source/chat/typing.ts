import {keyOf} from './names.ts';

/** How long somebody counts as typing unless it is said again, in ms; and how many are remembered. */
const typingMs = 6000;
const maxTyping = 50;

/** Somebody who is writing to us; `until` is a time of `performance.now()`, in ms. */
export type Typist = {readonly login: string; readonly until: number};

/** Notes that somebody writes, or does no longer. */
export function noteTyping(
	typing: readonly Typist[],
	login: string,
	isActive: boolean,
	now: number,
): readonly Typist[] {
	const others = withoutTyping(typing, [login]);
	if (!isActive || others.length >= maxTyping || keyOf(login) === undefined) return others;
	return [...others, {login, until: now + typingMs}];
}

/** Those who go on after these have said something; the same list if none of them was in it. */
export function withoutTyping(typing: readonly Typist[], logins: readonly string[]): readonly Typist[] {
	if (typing.length === 0) return typing;
	const keys = new Set(logins.map(keyOf));
	const left = typing.filter(({login}) => !keys.has(keyOf(login)));
	return left.length === typing.length ? typing : left;
}

/** Those who still count as typing; the same list if it is all of them. */
export function stillTyping(typing: readonly Typist[], now: number): readonly Typist[] {
	return typing.every(({until}) => until > now) ? typing : typing.filter(({until}) => until > now);
}
