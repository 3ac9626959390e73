import {parseLogin} from '../login.ts';

/** A room as it is shown with the key by which it is compared, or what is wrong with it. */
export type ParsedRoom =
	| {readonly ok: true; readonly room: string; readonly key: string}
	| {readonly ok: false; readonly problem: string};

/** Reads the name of a room: `#`, and what may be a login. */
export const parseRoom = (text: string): ParsedRoom => {
	if (!text.startsWith('#')) return {ok: false, problem: 'the name of a room begins with "#"'};
	const parsed = parseLogin(text.slice(1));
	return parsed.ok ? {ok: true, room: `#${parsed.login}`, key: `#${parsed.key}`} : parsed;
};
