const tab = 0x09;
const del = 0x7f;
/** Lead byte of the controls U+0080 to U+009F in UTF-8. */
const c1Lead = 0xc2;

/** Whether a control other than TAB begins at `at`: C0, DEL, or C1. */
export const isControl = (bytes: Uint8Array, at: number): boolean => {
	const byte = bytes[at] ?? 0;
	if (byte < 0x20) return byte !== tab;
	if (byte === c1Lead) return (bytes[at + 1] ?? 0) < 0xa0;
	return byte === del;
};

/** Bytes of the control that begins at `at`; those of C1 take two. */
export const controlLength = (bytes: Uint8Array, at: number): number => (bytes[at] === c1Lead ? 2 : 1);
