import {Text} from 'ink';
import type {ConnectionState} from '../../chat/chat-state.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

type Props = {
	readonly columns: number;
	readonly address: string;
	readonly login: string;
	readonly isHosting: boolean;
	/** Logins that spoke, the latest first. A plain server tells of nobody else. */
	readonly seen: readonly string[];
	readonly connection: ConnectionState;
	/** The time that countdowns are counted from, of `performance.now()`. */
	readonly now: number;
	readonly theme: Theme;
};

/** Where, as whom, how it stands with the connection, and who was seen; one row, as wide as the window. */
export function StatusLine({columns, address, login, isHosting, seen, connection, now, theme}: Props) {
	const parts = [isHosting ? `hosting ${address}` : address, login, describe(connection, now)].filter(
		Boolean,
	);
	if (seen.length > 0) parts.push(`seen: ${seen.slice(0, 20).map(sanitise).join(', ')}`);
	const text = truncate(` ${parts.join(' · ')}`, columns);
	return <Text>{theme.status(text + ' '.repeat(Math.max(0, columns - displayWidth(text))))}</Text>;
}

/** An open connection needs no words. Whatever takes longer than a second counts the seconds, to show that it lives. */
function describe(connection: ConnectionState, now: number): string {
	switch (connection.phase) {
		case 'idle':
		case 'open':
			return '';
		case 'connecting': {
			const seconds = Math.floor((now - connection.since) / 1000);
			return seconds > 0 ? `connecting (${seconds} s)` : 'connecting';
		}
		case 'waiting':
			return `not connected, again in ${Math.max(0, Math.ceil((connection.until - now) / 1000))} s`;
	}
}
