import {inCharset} from '../text/glyphs.ts';
import type {TerminalLook} from '../theme/terminal-look.ts';

/** What is known of a terminal for what is told to it beside the window. */
export type AsideSupport = Pick<TerminalLook, 'takesStrings' | 'charset'> & {
	/** Whether tmux stands in between, which hands on only what is wrapped for it. */
	readonly isInTmux: boolean;
};

/** @param look of the same terminal */
export const asideSupportOf = (
	look: Pick<TerminalLook, 'takesStrings' | 'charset'>,
	{TMUX = '', TERM = ''}: NodeJS.ProcessEnv,
): AsideSupport => ({
	takesStrings: look.takesStrings,
	charset: look.charset,
	// Through ssh only the name of the terminal comes along.
	isInTmux: TMUX !== '' || TERM.startsWith('tmux'),
});

const bell = '\x07';

/** UTF-8 bytes of a text that is copied at most: some terminals take no more. */
export const maxCopiedBytes = 65_536;

// Ended by ST: where OSC is not known a BEL would ring.
const osc = (body: string): string => `\x1b]${body}\x1b\\`;

/** A sequence for the terminal around tmux, which takes it if `allow-passthrough` is on. */
const throughTmux = (sequence: string): string =>
	`\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;

/** The title of the window, or of the pane of tmux. @param title of ours: nothing that somebody else wrote */
export const titleBytes = (title: string, {takesStrings}: AsideSupport): string =>
	takesStrings ? osc(`2;${title}`) : '';

/**
 * Calls somebody: the bell, and a notice of the desktop (OSC 9).
 *
 * @param text sanitised; it begins with a letter, as some terminals take a number for a command
 */
export function callBytes(text: string, {takesStrings, isInTmux, charset}: AsideSupport): string {
	if (!takesStrings) return bell;
	const notice = osc(`9;${inCharset(text, charset)}`);
	return bell + (isInTmux ? throughTmux(notice) : notice);
}

/** Puts a text into the clipboard (OSC 52); undefined where that is not known, or the text is longer than what is taken. */
export function copyBytes(text: string, {takesStrings, isInTmux}: AsideSupport): string | undefined {
	const bytes = Buffer.from(text);
	if (!takesStrings || bytes.length > maxCopiedBytes) return undefined;
	const copy = osc(`52;c;${bytes.toString('base64')}`);
	// tmux takes it for itself and hands it on, or hands it on only if it is wrapped: that depends on its options.
	return isInTmux ? copy + throughTmux(copy) : copy;
}
