import {loginKey} from '../protocol/login.ts';

const word = /[\p{L}\p{M}\p{N}_]/u;

/** Whether somebody is named in a text: by the whole name, not as a part of another word. */
export function isMentioned(text: string, login: string): boolean {
	const key = loginKey(login);
	if (key === '') return false;
	const folded = loginKey(text);
	for (let at = folded.indexOf(key); at !== -1; at = folded.indexOf(key, at + key.length)) {
		const before = folded.slice(0, at).at(-1) ?? ' ';
		const after = folded.charAt(at + key.length) || ' ';
		if (!word.test(before) && !word.test(after)) return true;
	}
	return false;
}
