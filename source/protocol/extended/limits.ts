/** The bounds of a-chat/1 (`docs/protocol.md`); lengths in bytes of UTF-8, as they stand on the wire. */
export const extendedLimits = {
	/** Bytes of one line that a client may send, before its LF. */
	lineBytes: 8192,
	textBytes: 4096,
	/** Destinations of one message. */
	destinations: 20,
	/** Messages of one page of history. */
	page: 100,
	/** How long a client waits for a welcome before it works in the plain dialect, in ms. */
	welcomeMs: 380,
} as const;
