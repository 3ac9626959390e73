/** When a message was taken, by the clock of then, in ms since 1970. */
export type Taken = {readonly n: number; readonly ts: number};

/** How far a look for messages that are too old has come. */
export type Look = {
	/** It has seen all up to this one. */
	readonly seen: number;
	/** All up to this one are too old. */
	readonly found: number;
	/** The latest time of one that it has seen, or that was removed before. */
	readonly latest: number;
	/** Whether it has come to one that is not too old. */
	readonly isOver: boolean;
};

/**
 * Looks at the next messages, in their order. Clocks may have been wrong: a time that lies in the future, or before that
 * of an earlier message, says nothing; such a message is as old as the next one whose time says something.
 *
 * @param before messages taken before then are too old, in ms since 1970
 */
export const lookOn = (look: Look, rows: readonly Taken[], before: number, now: number): Look => {
	let {seen, found, latest} = look;
	for (const {n, ts} of rows) {
		seen = n;
		if (ts > now || ts < latest) continue;
		if (ts >= before) return {seen, found, latest, isOver: true};
		latest = ts;
		found = n;
	}
	return {seen, found, latest, isOver: false};
};
