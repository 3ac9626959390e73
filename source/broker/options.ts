/** Where a broker listens, and its limits; each may be left out, or `Infinity`. Times are in milliseconds. */
export type BrokerOptions = {
	/** Address to listen on, by name or number. Default 127.0.0.1: only this machine. */
	readonly host?: string;
	/** TCP port; 0 takes a free one, which `Broker.address` tells. Default 8080. */
	readonly port?: number;
	/** Connections at once, unless the open-files limit allows fewer. Default 1,024. */
	readonly maxConnections?: number;
	/** Connections that the kernel holds until they are accepted. Default 4,096. */
	readonly backlog?: number;
	/** File descriptors left to everything that is not a connection. Default 16. */
	readonly reservedFiles?: number;
	/** Refused connections that may be waited for until they have read why; beyond these they are closed at once. Default 4. */
	readonly refusalSlots?: number;
	/** Longest wait for a login. Default 60,000. */
	readonly loginTimeoutMs?: number;
	/** Silence after which TCP asks whether the peer still lives, each second, ten times. Default 30,000. */
	readonly keepAliveMs?: number;
	/** Silence after which a client of a-chat/1 is asked whether it lives; half of it later it is gone. Default 30,000. */
	readonly pingMs?: number;
	/** How long a login that is taken is waited for before it is refused. Default 100. */
	readonly nameRetryMs?: number;
	/** How long whoever asks for a name that is bound to a key may take to say hello. Default 1,000. */
	readonly helloWaitMs?: number;
	/** How long a refusal waits for the line behind the login. Default 100. */
	readonly refusalWaitMs?: number;
	/** How long a peer that was told why it has to go may take to close its side. Default 1,000. */
	readonly lingerMs?: number;
	/** The same while the broker shuts down. Default 250. */
	readonly shutdownLingerMs?: number;
	/** Bytes that are read, and thrown away, from a peer that has to go. Default 1 MiB. */
	readonly lingerBytes?: number;
	/** Bytes waiting for a peer above which those who write to it are rested. Default 256 KiB. */
	readonly outboxRestBytes?: number;
	/** Bytes waiting for a peer above which it is cut. Default 1 MiB. */
	readonly outboxCutBytes?: number;
	/**
	 * Bytes waiting for all peers together above which everybody is cut for whom more than `outboxRestBytes` wait. Default
	 * 64 MiB.
	 */
	readonly outboxTotalBytes?: number;
	/**
	 * Bytes that a sender puts in an outbox above `outboxRestBytes` for which it is rested once. They count the more the
	 * nearer that outbox is to `outboxCutBytes`. Default 64 KiB.
	 */
	readonly restBytes?: number;
	/** How long one rest is. Default 50. */
	readonly restMs?: number;
	/** Rests that a single line may cost its sender at most. Default 20. */
	readonly maxRests?: number;
	/** Lines a second that a peer may send; one that sends faster is delayed, and loses nothing. 0 for any. Default 0. */
	readonly rate?: number;
	/** Lines that a peer may send at once before `rate` counts. Default 1,000. */
	readonly rateBurst?: number;
	/**
	 * Names that may be bound to keys an hour from one address, or from one network of IPv6 (/64); fewer once less than half of
	 * all names is free. Default 2,000.
	 */
	readonly namesAnHour?: number;
	/** A peer that takes nothing of what waits for it for so long is cut. Default 30,000. */
	readonly writeStallMs?: number;
	/** Longest time that `close` takes. Default 10,000. */
	readonly drainMs?: number;
	/** Time between two looks at deadlines and at whether files can still be opened. Default 1,000. */
	readonly housekeepingMs?: number;
};

export type Settings = Required<BrokerOptions>;

const defaults: Settings = {
	host: '127.0.0.1',
	port: 8080,
	maxConnections: 1024,
	backlog: 4096,
	reservedFiles: 16,
	refusalSlots: 4,
	loginTimeoutMs: 60_000,
	keepAliveMs: 30_000,
	pingMs: 30_000,
	nameRetryMs: 100,
	helloWaitMs: 1000,
	refusalWaitMs: 100,
	lingerMs: 1000,
	shutdownLingerMs: 250,
	lingerBytes: 1_048_576,
	outboxRestBytes: 262_144,
	outboxCutBytes: 1_048_576,
	outboxTotalBytes: 67_108_864,
	restBytes: 65_536,
	restMs: 50,
	maxRests: 20,
	rate: 0,
	rateBurst: 1000,
	namesAnHour: 2000,
	writeStallMs: 30_000,
	drainMs: 10_000,
	housekeepingMs: 1000,
};

/** The longest time that a timer takes; a longer one would be over at once. */
export const longestMs = 2_147_483_647;

/**
 * The options with the defaults for those left out. `Infinity` is no limit.
 *
 * @throws {RangeError} for a limit that is not a number of at least 0, as NaN would be no limit at all, and for a host
 * that is no text or an empty one, which would stand for all addresses of this machine
 */
export const settingsOf = (options: BrokerOptions): Settings => {
	const given = Object.entries(options).filter(([, value]) => value !== undefined);
	const checked = given.map(([name, value]) => [name, checkedOption(name, value)]);
	return {...defaults, ...Object.fromEntries(checked)};
};

const checkedOption = (name: string, value: unknown): string | number => {
	if (name === 'host') {
		if (typeof value === 'string' && value !== '') return value;
		throw new RangeError('host has to be an address or a name; 0.0.0.0 stands for all addresses there are');
	}
	if (typeof value === 'number' && value >= 0)
		return name.endsWith('Ms') ? Math.min(value, longestMs) : value;
	throw new RangeError(`${name} has to be a number of at least 0, not ${String(value)}`);
};
