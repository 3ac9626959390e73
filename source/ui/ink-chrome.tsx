import {render} from 'ink';
import {Window} from './app.tsx';
import type {KeyEvent} from './keys/key-event.ts';
import {keyForInk} from './keys-for-ink.ts';
import type {Chrome} from './screen/chrome.ts';
import {InkInput, InkOutput} from './terminal/ink-streams.ts';

export type InkChromeEvents = {
	/** The rows of what Ink draws, whenever it has drawn. */
	readonly onRows: (rows: readonly string[]) => void;
	/** The answer to the question for a name. */
	readonly onName: (name: string) => void;
	/** A component threw: there will be no more rows. */
	readonly onFault: (error: unknown) => void;
};

export type InkChrome = {
	/** Draws; `onRows` has been called when it returns. */
	readonly draw: (chrome: Chrome) => void;
	/** Hands a key to the prompt that Ink draws. */
	readonly pass: (key: KeyEvent) => void;
	readonly unmount: () => void;
};

/** Lets Ink draw what is around the conversation, into rows of its own: a frame costs as much as what is in its tree. */
export function startInkChrome(first: Chrome, {onRows, onName, onFault}: InkChromeEvents): InkChrome {
	const output = new InkOutput(first.columns, onRows);
	const input = new InkInput();
	// Not from within React's handling of the key: what the answer changes could not be drawn before that is over.
	const answer = (name: string) => queueMicrotask(() => onName(name));
	const windowOf = (chrome: Chrome) => <Window chrome={chrome} onName={answer} />;

	const instance = render(windowOf(first), {
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: input as unknown as NodeJS.ReadStream,
		// Whole frames instead of Ink's own way of putting them on the terminal.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	instance.waitUntilExit().catch(onFault);

	return {
		draw(chrome) {
			output.columns = chrome.columns;
			instance.rerender(windowOf(chrome));
		},
		pass(key) {
			const bytes = keyForInk(key);
			if (bytes) input.type(bytes);
		},
		unmount: () => instance.unmount(),
	};
}
