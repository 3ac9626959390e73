import type {Connection} from './connection.ts';
import type {Hall} from './extended/hall.ts';
import type {Housekeeper} from './housekeeper.ts';
import type {Settings} from './options.ts';
import type {OutboxTray} from './outbox-tray.ts';
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
	| 'SLOW_READER'
	| 'STORE_FAILED'
	| 'STORE_RESTARTED'
	| 'STORE_WORKS';

/** Something worth knowing for whoever runs a broker. */
export type LogEntry<Code extends string = LogCode> = {
	readonly level: 'info' | 'warning';
	readonly code: Code;
	/** A sentence for people. It holds no message's text, and names only as logins or quoted harmlessly. */
	readonly text: string;
	/** The peer that it is about, as `127.0.0.1:50123` or `[::1]:50123`, if it is about one and that is still known. */
	readonly address?: string;
	/** How many entries of the same code were left out since the last one; the text says so as well. */
	readonly leftOut?: number;
};

/** A peer as those see it who only want to tell about it. */
export type Remote = {
	/** Where it connects from, as `127.0.0.1:50123`; undefined once its socket has forgotten. */
	readonly address: string | undefined;
};

/** What the connections of one broker share. */
export type Context = {
	readonly settings: Settings;
	readonly roster: Roster<Connection>;
	readonly router: Router;
	readonly tray: OutboxTray;
	readonly hall: Hall;
	readonly turns: Turns;
	readonly rates: RateLimits;
	readonly silentPeers: SilentPeers;
	readonly clock: Pick<Housekeeper, 'now'>;
	readonly onJoin: (login: string, remote: Remote) => void;
	readonly onLeave: (login: string, remote: Remote) => void;
	readonly onClose: (connection: Connection) => void;
	readonly log: (level: LogEntry['level'], code: LogCode, text: string, remote?: Remote) => void;
};
