/** Bytes with a meaning in what a terminal sends (ECMA-48). */
export const bytes = {
	bell: 0x07,
	cancel: 0x18,
	substitute: 0x1a,
	escape: 0x1b,
	backslash: 0x5c,
	delete: 0x7f,
	/** UTF-8's first byte of U+0080 to U+00BF, and so of the C1 controls. */
	c1Lead: 0xc2,
	/** The second byte of U+009C, the string terminator. */
	c1Terminator: 0x9c,
} as const;

/** True for C0 controls and DEL. */
export const isControlByte = (byte: number): boolean => byte < 0x20 || byte === bytes.delete;
