import {type InkChrome, startInkChrome} from './ink-chrome.tsx';
import type {KeyEvent} from './keys/key-event.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {rowsAbove, viewWindow} from './screen/window-view.ts';
import type {Terminal} from './terminal/terminal.ts';

export type ScreenEvents = {
	/** The answer to the question for a name. */
	readonly onName: (name: string) => void;
	/** Something that draws threw: there will be no more frames. */
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
 * Draws the app on a terminal: the conversation as rows out of the state, what is around it by Ink and only when it
 * changes, both handed to the painter as one frame. While the terminal has not taken a frame the store is held, so that
 * no further one is made: a terminal that nobody reads costs nothing but its one frame.
 */
export function mountScreen(
	terminal: Terminal,
	store: Store<ScreenState, ScreenAction>,
	{onName, onFault}: ScreenEvents,
): Mounted {
	let view = viewWindow(store.getSnapshot());
	let chromeRows: readonly string[] = [];
	let isDrawing = false;
	let isPaintDue = false;

	const paint = () => {
		isPaintDue = !terminal.isReady;
		if (isPaintDue) return;
		const above = rowsAbove(view.chrome);
		const rows = [...chromeRows.slice(0, above), ...view.middle, ...chromeRows.slice(above)];
		terminal.paint({rows, caret: view.caret});
		if (!terminal.isReady) store.hold();
	};

	const draw = (makeRows: () => void) => {
		isDrawing = true;
		try {
			makeRows();
		} finally {
			isDrawing = false;
		}
	};

	let ink: InkChrome | undefined;
	draw(() => {
		ink = startInkChrome(view.chrome, {
			onName,
			onFault,
			onRows(rows) {
				chromeRows = rows;
				// What the prompt makes of a key by itself; all else is painted together with the conversation.
				if (!isDrawing) paint();
			},
		});
	});

	const update = () => {
		try {
			const {chrome} = view;
			view = viewWindow(store.getSnapshot());
			if (view.chrome !== chrome) draw(() => ink?.draw(view.chrome));
		} catch (error) {
			onFault(error);
			return;
		}
		paint();
	};

	const unsubscribe = store.subscribe(update);
	terminal.on('ready', () => {
		store.release();
		if (isPaintDue) paint();
	});
	terminal.on('resize', size => {
		terminal.invalidate();
		store.dispatch({type: 'resized', size});
	});
	paint();

	return {
		redraw() {
			terminal.invalidate();
			paint();
		},
		passToInk: key => ink?.pass(key),
		unmount() {
			unsubscribe();
			ink?.unmount();
		},
	};
}
