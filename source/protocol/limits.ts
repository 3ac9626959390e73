/**
 * The bounds of what may stand on the wire (`docs/protocol.md`). Lengths of lines count the bytes before the LF, a CR
 * right before it included.
 */
export const limits = {
	/** Bytes of one line that a client may send. */
	plainLineBytes: 65_536,
	/** Bytes of one line that a server may send; more than a client's, as `from LOGIN: ` comes in front of the text. */
	serverLineBytes: 73_728,
	/** Destinations of one line that are served; those behind are ignored. */
	destinations: 20,
	/** Code points of a login in NFC. */
	loginCodePoints: 32,
	/** Bytes of a login in NFC and UTF-8. */
	loginBytes: 96,
	/** UTF-16 code units of a login as it is typed, before NFC and without white space around it. */
	loginTypedUnits: 384,
	/** Combining marks that may follow each other in a login. */
	loginMarksInARow: 2,
} as const;
