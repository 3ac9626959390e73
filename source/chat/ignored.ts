import type {ChatLine, NewChatLine} from './chat-line.ts';
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

/** Whether a line is hidden, because of who said it. */
export const isHidden = (ignored: Ignored, line: NewChatLine | ChatLine): boolean =>
	ignored.size > 0 && line.kind === 'message' && isIgnored(ignored, line.from);
