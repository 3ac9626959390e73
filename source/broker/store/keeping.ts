/** What a store on disk keeps. */
export type Keeping = {
	/** For how long, in ms; `Infinity` for any time. */
	readonly keepMs: number;
	/** How much, in bytes of its file; `Infinity` for any amount. */
	readonly keepBytes: number;
};

const defaults: Keeping = {keepMs: 7_776_000_000, keepBytes: 1_000_000_000};

/**
 * The options with the defaults for those left out.
 *
 * @throws {RangeError} for one that is not a number above 0
 */
export const keepingOf = (options: {readonly [Name in keyof Keeping]?: number | undefined}): Keeping => {
	for (const [name, value] of Object.entries(options)) {
		if (value === undefined || (typeof value === 'number' && value > 0)) continue;
		throw new RangeError(`${name} has to be a number above 0, or Infinity, not ${String(value)}`);
	}
	const {keepMs = defaults.keepMs, keepBytes = defaults.keepBytes} = options;
	return {keepMs, keepBytes};
};
