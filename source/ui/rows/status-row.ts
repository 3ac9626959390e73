import type {ConnectionState} from '../../chat/chat-state.ts';
import {keyOf, type LookAlikes} from '../../chat/names.ts';
import type {People} from '../../chat/people.ts';
import {sanitise} from '../text/sanitise.ts';
import {shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

export type StatusRowProps = {
	readonly columns: number;
	readonly address: string;
	readonly login: string;
	/** Why we are away; undefined as long as we are here. */
	readonly away?: string | undefined;
	readonly isHosting: boolean;
	/** Logins that spoke, the latest first. A plain server tells of nobody else. */
	readonly seen: readonly string[];
	/** Who is here, on a host that tells. */
	readonly people: People | undefined;
	readonly lookAlikes: LookAlikes;
	readonly connection: ConnectionState;
	/** The time that countdowns are counted from, of `performance.now()`. */
	readonly now: number;
	readonly theme: Theme;
};

/** Windows narrower than this have room for the countdown, but not for many words about it. */
const minColumnsForWords = 32;

/**
 * Where, as whom, how it stands with the connection, and who was seen; one row, as wide as the window. Where not all of
 * it has room, what can change comes first.
 */
export function statusRow({
	columns,
	address,
	login,
	away,
	isHosting,
	seen,
	people,
	lookAlikes,
	connection,
	now,
	theme,
}: StatusRowProps): string {
	const where = isHosting ? `hosting ${address}` : address;
	const state = describe(connection, now, columns < minColumnsForWords);
	const self = login + describeAway(away);
	const row = joined(where, self, state);
	const isWhole = displayWidth(row) <= columns;
	const names =
		people === undefined ? describeSeen(seen, lookAlikes) : describePeople(people, login, lookAlikes);
	const text = truncate(isWhole ? joined(where, self, state, names) : joined(state, self, where), columns);
	return theme.status(text + ' '.repeat(Math.max(0, columns - displayWidth(text))));
}

/** Cells that the words about being away have at most; others read all of them. */
const awayColumns = 24;

function describeAway(away: string | undefined): string {
	if (away === undefined) return '';
	return away === '' ? ' (away)' : ` (away: ${truncate(sanitise(away), awayColumns)})`;
}

/** Names that are put into the row at most; it has room for fewer. */
const maxNames = 20;

function describeSeen(seen: readonly string[], lookAlikes: LookAlikes): string {
	const names = seen.slice(0, maxNames).map(name => shownName(name, lookAlikes));
	return names.length === 0 ? '' : `seen: ${names.join(', ')}`;
}

function describePeople(people: People, login: string, lookAlikes: LookAlikes): string {
	const own = keyOf(login);
	const others = [...people].filter(([key]) => key !== own).map(([, person]) => person);
	if (others.length === 0) return 'nobody else is here';
	const names = others
		.slice(0, maxNames)
		.map(other => shownName(other.login, lookAlikes) + (other.state === 'away' ? ' (away)' : ''));
	return `${others.length} here: ${names.join(', ')}`;
}

function joined(...parts: readonly string[]): string {
	return ` ${parts.filter(Boolean).join(' · ')}`;
}

/** An open connection needs no words. Whatever takes longer than a second counts the seconds, to show that it lives. */
function describe(connection: ConnectionState, now: number, isShort: boolean): string {
	switch (connection.phase) {
		case 'idle':
		case 'open':
			return '';
		case 'connecting': {
			const seconds = Math.floor((now - connection.since) / 1000);
			return seconds > 0 ? `connecting (${seconds} s)` : 'connecting';
		}
		case 'waiting': {
			const seconds = Math.max(0, Math.ceil((connection.until - now) / 1000));
			return isShort ? `again in ${seconds} s` : `not connected, again in ${seconds} s`;
		}
	}
}
