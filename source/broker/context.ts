import type {Connection} from './connection.ts';
import type {Housekeeper} from './housekeeper.ts';
import type {Settings} from './options.ts';
import type {OutboxTray} from './outbox.ts';
import type {RateLimits} from './rate-limit.ts';
import type {Roster} from './roster.ts';
import type {Router} from './router.ts';
import type {SilentPeers} from './silent-peers.ts';
import type {Turns} from './turns.ts';

/** What a broker tells about: stable words, for programs. */
export type LogCode =
	| 'BAD_NAME'
	| 'BAD_UTF8'
	| 'FULL'
	| 'LINE_TOO_LONG'
	| 'LOGIN_TIMEOUT'
	| 'NAME_TAKEN'
	| 'NO_FILES'
	| 'RATE_LIMITED'
	| 'SILENT_PEER'
	| 'SLOW_READER';

/** Something worth knowing for whoever runs a broker. */
export type LogEntry = {
	readonly level: 'info' | 'warning';
	readonly code: LogCode;
	/** A sentence for people. It holds no message's text, and names only as logins or quoted harmlessly. */
	readonly text: string;
};

/** What the connections of one broker share. */
export type Context = {
	readonly settings: Settings;
	readonly roster: Roster<Connection>;
	readonly router: Router;
	readonly tray: OutboxTray;
	readonly turns: Turns;
	readonly rates: RateLimits;
	readonly silentPeers: SilentPeers;
	readonly clock: Pick<Housekeeper, 'now'>;
	readonly onJoin: (login: string) => void;
	readonly onLeave: (login: string) => void;
	readonly onClose: (connection: Connection) => void;
	readonly log: (level: LogEntry['level'], code: LogCode, text: string) => void;
};
