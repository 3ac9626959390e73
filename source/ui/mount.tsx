import {render} from 'ink';
import {App} from './app.tsx';
import type {KeyEvent} from './keys/key-event.ts';
import {keyForInk} from './keys-for-ink.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {layOutWindow} from './screen/window-layout.ts';
import {InkInput, InkOutput} from './terminal/ink-streams.ts';
import type {Terminal} from './terminal/terminal.ts';

export type Mounted = {
	/** Paints the whole window anew, whatever stands in it. */
	readonly redraw: () => void;
	/** Hands a key to the prompt that Ink draws. */
	readonly passToInk: (key: KeyEvent) => void;
	readonly unmount: () => void;
};

/**
 * Draws the app on a terminal: state → Ink lays it out → painter. While the terminal has not taken a frame the store is
 * held, so that no further one is made: a terminal that nobody reads costs nothing but its one frame.
 */
export function mountScreen(
	terminal: Terminal,
	store: Store<ScreenState, ScreenAction>,
	onName: (name: string) => void,
): Mounted {
	let rows: readonly string[] = [];
	let isPaintDue = false;

	const paint = () => {
		isPaintDue = !terminal.isReady;
		if (isPaintDue) return;
		terminal.paint({rows, caret: layOutWindow(store.getSnapshot()).caret});
		if (!terminal.isReady) store.hold();
	};
	const output = new InkOutput(terminal.size, frame => {
		rows = frame;
		paint();
	});
	const input = new InkInput();

	terminal.on('ready', () => {
		if (isPaintDue) paint();
		if (terminal.isReady) store.release();
	});
	terminal.on('resize', size => {
		output.columns = size.columns;
		output.rows = size.rows;
		terminal.invalidate();
		store.dispatch({type: 'resized', size});
		// A state that gives the same frame as before is not drawn by Ink, but the window has to be.
		paint();
	});

	const instance = render(<App store={store} onName={onName} />, {
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: input as unknown as NodeJS.ReadStream,
		// Whole frames instead of Ink's own way of putting them on the terminal.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});

	return {
		redraw() {
			terminal.invalidate();
			paint();
		},
		passToInk(key) {
			const bytes = keyForInk(key);
			if (bytes) input.type(bytes);
		},
		unmount: () => instance.unmount(),
	};
}
