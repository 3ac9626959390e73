import type {ConnectionState} from '../../chat/chat-state.ts';
import {keyOf, type LookAlikes} from '../../chat/names.ts';
import type {People} from '../../chat/people.ts';
import type {Loss} from '../screen/connection-lost.ts';
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
	readonly loss: Loss;
	/** The time that countdowns are counted from, of `performance.now()`. */
	readonly now: number;
	readonly theme: Theme;
};

/** In narrower windows who is here is worth more than where that is. */
const minColumnsForAddress = 50;

/** Windows narrower than this have room for the countdown, but not for many words about it. */
const minColumnsForWords = 32;

/**
 * Where, as whom, how it stands with the connection, and who was seen; one row, as wide as the window. Where not all of
 * it has room, what can change comes first, and so it does while the connection is gone: that stands out.
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
	loss,
	now,
	theme,
}: StatusRowProps): string {
	const where = isHosting ? `hosting ${address}` : address;
	const state = describe(connection, {loss, now, isShort: columns < minColumnsForWords});
	const self = shownName(login) + describeAway(away);
	if (loss === 'told') {
		const alert = truncate(` ! ${state} `, columns);
		return theme.alert(alert) + theme.status(fill(joined(self, where), columns - displayWidth(alert)));
	}
	const isWide = columns >= minColumnsForAddress && displayWidth(joined(where, self, state)) <= columns;
	const names =
		people === undefined ? describeSeen(seen, lookAlikes) : describePeople(people, login, lookAlikes);
	return theme.status(
		fill(isWide ? joined(where, self, state, names) : joined(state, self, names, where), columns),
	);
}

/** As wide as it has to be. */
function fill(text: string, columns: number): string {
	const shown = truncate(text, columns);
	return shown + ' '.repeat(Math.max(0, columns - displayWidth(shown)));
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

type Circumstances = {readonly loss: Loss; readonly now: number; readonly isShort: boolean};

/**
 * An open connection needs no words, nor one that is gone for a moment. Whatever takes longer than a second counts the
 * seconds, to show that it lives.
 */
function describe(connection: ConnectionState, {loss, now, isShort}: Circumstances): string {
	if (loss === 'told') {
		const seconds = connection.phase === 'waiting' ? Math.ceil((connection.until - now) / 1000) : 0;
		// Tries that follow each other quickly are one.
		const next = seconds > 1 ? `next try in ${seconds} s` : 'trying again';
		return isShort ? next : `not connected, ${next}`;
	}
	if (loss === 'moment' || connection.phase !== 'connecting') return '';
	const {since, state = 'connecting'} = connection;
	const seconds = Math.floor((now - since) / 1000);
	return seconds > 0 ? `${state} (${seconds} s)` : state;
}
