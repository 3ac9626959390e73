/** What has to be switched on again where a shell had the terminal in between, without our leaving it. */
export const reenter =
	'\x1b[?7l' + // no wrapping at the right edge: a character wider than we think must not shift the rows below
	'\x1b[?2004h' + // pastes are marked, so that their line ends send nothing
	'\x1b[?1004h' + // says when the keyboard goes elsewhere: only then somebody has to be called
	'\x1b[H\x1b[2J';

/** What the screen switches on in the terminal, and the way back. Each sequence of `leave` undoes one of `enter`. */
export const enter =
	'\x1b[22;2t' + // the title is put aside, for what we make of it
	'\x1b[?1049h' + // the alternate screen: what was on the terminal comes back afterwards
	reenter;

/** Asks which colour the background has (xterm's OSC 11); who does not know it answers nothing. */
export const askBackground = '\x1b]11;?\x1b\\';

export const leave =
	'\x1b[?2026l' + // an update that was cut short
	'\x1b[?1004l' +
	'\x1b[?2004l' +
	'\x1b[?7h' +
	'\x1b[0m' +
	'\x1b[?25h' +
	'\x1b[?1049l' +
	'\x1b[23;2t';
