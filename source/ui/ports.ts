import type {HostCommand} from '../chat/commands/host-command.ts';
import type {KeyEvent} from './keys/key-event.ts';
import type {YesOrNo} from './screen/screen-state.ts';

/** What a line of one's own is beside its text. */
export type LineForm = {
	/** Whether the text has several lines. */
	readonly isLong?: boolean | undefined;
	/** Whether it tells what somebody does. */
	readonly isAction?: boolean | undefined;
};

/** What the keys can make happen outside of the screen's own state. */
export type ScreenPorts = {
	/** Sends one message; undefined when no more can wait. */
	readonly send: (to: readonly string[], text: string, form: LineForm) => number | undefined;
	/** Takes the newest line back that was never written. */
	readonly takeBack: () =>
		| {
				readonly to: readonly string[];
				readonly text: string;
				readonly post: number;
				readonly isAction?: boolean | undefined;
		  }
		| undefined;
	/** Asks the host for something; what comes of it is shown in the view that is open now. */
	readonly command: (command: HostCommand) => void;
	/** Asks for what was said before all that is shown. */
	readonly loadEarlier: () => void;
	/** Tells whom the draft is for that it is being written, or no longer. */
	readonly tellTyping: (to: readonly string[]) => void;
	readonly leave: () => void;
	/** What the person says to a question. */
	readonly answer: (question: YesOrNo, isYes: boolean) => void;
	/** Stops the program until the shell continues it, or gives a sentence that says whom that would hurt. */
	readonly suspend: () => string | undefined;
	readonly redraw: () => void;
	/** Puts a text into the clipboard; false if the terminal takes none, or not so much. */
	readonly copy: (text: string) => boolean;
	/** Hands a key to Ink, for the prompt that Ink draws; the next one may come when that is done. */
	readonly passToInk: (key: KeyEvent) => Promise<void>;
};
