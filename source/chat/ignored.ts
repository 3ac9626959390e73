import type {NewChatLine} from './chat-line.ts';
import {keyOf} from './names.ts';

/** Whose lines are hidden, by the keys of their logins. */
export type Ignored = ReadonlyMap<string, string>;

/** People that are ignored at most; whoever was first is heard again. */
const maxIgnored = 200;

/** The people after somebody is ignored, or no longer; the same ones for a name that is none. */
export function changeIgnored(ignored: Ignored, login: string, isIgnored: boolean): Ignored {
	const key = keyOf(login);
	if (key === undefined) return ignored;
	const others = [...ignored].filter(([one]) => one !== key);
	return new Map(isIgnored ? [...others, [key, login] as const].slice(-maxIgnored) : others);
}

export const isIgnored = (ignored: Ignored, login: string): boolean =>
	ignored.size > 0 && ignored.has(keyOf(login) ?? '');

/** The lines of all others. */
export const withoutIgnored = (ignored: Ignored, lines: readonly NewChatLine[]): readonly NewChatLine[] =>
	ignored.size === 0
		? lines
		: lines.filter(line => line.kind !== 'message' || !isIgnored(ignored, line.from));
