import {render} from 'ink';
import {App} from './app.tsx';
import type {KeyEvent} from './keys/key-event.ts';
import {keyForInk} from './keys-for-ink.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {layOutWindow} from './screen/window-layout.ts';
import {InkInput, InkOutput} from './terminal/ink-streams.ts';
import type {Terminal} from './terminal/terminal.ts';

export type ScreenEvents = {
	/** The answer to the question for a name. */
	readonly onName: (name: string) => void;
	/** A component threw: there will be no more frames. */
	readonly onFault: (error: unknown) => void;
};

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
	{onName, onFault}: ScreenEvents,
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

	/** For a window that is to be painted though its state may give no new frame: after React, which draws in a microtask. */
	const paintSoon = () => queueMicrotask(paint);

	terminal.on('ready', () => {
		store.release();
		if (isPaintDue) paintSoon();
	});
	terminal.on('resize', size => {
		output.columns = size.columns;
		output.rows = size.rows;
		terminal.invalidate();
		store.dispatch({type: 'resized', size});
		paintSoon();
	});

	const instance = render(<App store={store} onName={onName} />, {
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: input as unknown as NodeJS.ReadStream,
		// Whole frames instead of Ink's own way of putting them on the terminal.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});

	instance.waitUntilExit().catch(onFault);

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
