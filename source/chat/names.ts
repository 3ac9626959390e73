import {parseRoom} from '../protocol/extended/room.ts';
import {limits} from '../protocol/limits.ts';
import {parseLogin} from '../protocol/login.ts';

/** Whom each login may be taken for, by its key. */
export type LookAlikes = ReadonlyMap<string, string>;

/** Names whose keys are remembered. */
const maxRemembered = 2000;

const keys = new Map<string, string | undefined>();

/**
 * By what a login is compared, undefined for what is none. Remembered: finding it normalises twice, and the same few
 * people speak again and again.
 */
export function keyOf(name: string): string | undefined {
	if (name.length > limits.loginTypedUnits) return undefined;
	if (keys.has(name)) return keys.get(name);
	if (keys.size >= maxRemembered) keys.clear();
	const parsed = parseLogin(name);
	const key = parsed.ok ? parsed.key : undefined;
	keys.set(name, key);
	return key;
}

/** The same for a login or, with its `#`, a room. */
export function memberKeyOf(name: string): string | undefined {
	if (!name.startsWith('#')) return keyOf(name);
	if (name.length > limits.loginTypedUnits) return undefined;
	const parsed = parseRoom(name);
	return parsed.ok ? parsed.key : undefined;
}
