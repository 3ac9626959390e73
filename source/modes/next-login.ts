import {limits} from '../protocol/limits.ts';

/** A name to offer when this one is taken: `alice` → `alice-2`, `alice-2` → `alice-3`. */
export function nextLogin(login: string): string {
	const match = /^(?<stem>.*)-(?<number>\d{1,4})$/u.exec(login);
	const stem = match?.groups?.stem ?? login;
	const suffix = `-${match ? Number(match.groups?.number) + 1 : 2}`;
	const characters = [...stem].slice(0, limits.loginCodePoints - suffix.length);
	while (Buffer.byteLength(characters.join('')) > limits.loginBytes - suffix.length) characters.pop();
	return characters.join('') + suffix;
}
