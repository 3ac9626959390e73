/** More is never promised, in ms: ten years. */
const mostMs = 315_360_000_000;

/**
 * How far back keys are known for certain, in ms: whatever was taken since then and is sent again is not taken twice.
 *
 * @param keepMs how long messages are kept, and their keys with them, unless more comes in than there is room for
 * @param removedTs when the newest message was taken that is kept no longer, in ms since 1970; 0 if all of them are
 * @param now in ms since 1970
 */
export const knownKeysMs = (keepMs: number, removedTs: number, now: number): number => {
	const sinceMs = Math.max(0, now - removedTs);
	if (removedTs === 0 || sinceMs >= keepMs) return Math.min(keepMs, mostMs);
	// More comes in than is kept, and more of it goes while a client sends what it has: it has as much time for that.
	return sinceMs / 2;
};
