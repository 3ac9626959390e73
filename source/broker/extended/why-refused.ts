/** What people are told whose message was not taken, by its code. */
export const whyRefused: Readonly<Record<string, string>> = {
	KEY_REUSED: 'that key stands for another message',
	MAILBOX_FULL: 'so much waits there already that nothing more fits',
	UNAVAILABLE: 'nothing can be kept at the moment: send it again',
};
