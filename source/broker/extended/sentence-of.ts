const sentences: Readonly<Record<string, string>> = {
	FORBIDDEN: 'only members write to that room',
	KEY_REUSED: 'that key stands for another message',
	MAILBOX_FULL: 'so much waits there already that nothing more fits',
	UNAVAILABLE: 'nothing can be kept at the moment: send it again',
};

/** Says to people what a code of a refused message says to programs. */
export const sentenceOf = (code: string): string => sentences[code] ?? 'it could not be taken';
