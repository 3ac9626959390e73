import {setImmediate} from 'node:timers/promises';
import type {InkChrome} from './ink-chrome.tsx';
import type {KeyEvent} from './keys/key-event.ts';
import {needsInk, rowsOfChrome} from './screen/chrome.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {rowsAbove, viewWindow} from './screen/window-view.ts';
import type {Frame} from './terminal/painter.ts';
import type {Terminal} from './terminal/terminal.ts';

export type ScreenEvents = {
	/** The answer to the question for a name. */
	readonly onName: (name: string) => void;
	/** Something that draws threw: there will be no more frames. */
	readonly onFault: (error: unknown) => void;
};

export type Mounted = {
	/** Takes the terminal over, the first frame in the same write. */
	readonly enter: () => void;
	/** Paints the whole window anew, whatever stands in it. */
	readonly redraw: () => void;
	/** Hands a key to the prompt that Ink draws, as soon as it is there, if the window has room for it; the next one may come when that is done. */
	readonly passToInk: (key: KeyEvent) => Promise<void>;
	readonly unmount: () => void;
};

/**
 * Draws the app on a terminal: the state as rows, and what is around the conversation by Ink while there is something in
 * it that only Ink can draw; both handed to the painter as one frame. Ink is loaded when it is first needed. While the
 * terminal has not taken a frame the store is held, so that no further one is made: a terminal that nobody reads costs
 * nothing but its one frame.
 */
export function mountScreen(
	terminal: Terminal,
	store: Store<ScreenState, ScreenAction>,
	{onName, onFault}: ScreenEvents,
): Mounted {
	let view = viewWindow(store.getSnapshot());
	let ink: InkChrome | undefined;
	let inkRows: readonly string[] = [];
	let loading: Promise<void> | undefined;
	let isDrawing = false;
	let isPaintDue = false;

	const frameOf = ({chrome, middle, caret}: typeof view): Frame => {
		if (!ink || !needsInk(chrome)) {
			const {above, below} = rowsOfChrome(chrome);
			return {rows: [...above, ...middle, ...below], caret};
		}
		const above = rowsAbove(chrome);
		return {rows: [...inkRows.slice(0, above), ...middle, ...inkRows.slice(above)], caret};
	};

	const paint = () => {
		isPaintDue = !terminal.isReady;
		if (isPaintDue) return;
		terminal.paint(frameOf(view));
		if (!terminal.isReady) store.hold();
	};

	/** What draws must not end the process with the terminal raw. */
	const guarded = (draw: () => void) => {
		isDrawing = true;
		try {
			draw();
		} catch (error) {
			onFault(error);
			return;
		} finally {
			isDrawing = false;
		}
		paint();
	};

	const update = () =>
		guarded(() => {
			const {chrome} = view;
			view = viewWindow(store.getSnapshot());
			if (view.chrome === chrome) return;
			if (needsInk(view.chrome)) void loadInk();
			// Also when it is not needed any more: the prompt goes, with what was typed into it.
			if (needsInk(view.chrome) || needsInk(chrome)) ink?.draw(view.chrome);
		});

	const start = async () => {
		const {startInkChrome} = await import('./ink-chrome.tsx');
		guarded(() => {
			ink = startInkChrome(view.chrome, {
				onName,
				onFault,
				onRows(rows) {
					inkRows = rows;
					// What the prompt makes of a key by itself; all else is painted together with the conversation.
					if (!isDrawing && needsInk(view.chrome)) paint();
				},
			});
		});
		// Its effects come after it is drawn, and so do its ears for keys.
		await setImmediate();
	};
	const loadInk = () => (loading ??= start().catch(onFault));
	if (needsInk(view.chrome)) void loadInk();

	const unsubscribe = store.subscribe(update);
	terminal.on('ready', () => {
		store.release();
		if (isPaintDue) paint();
	});
	terminal.on('resize', size => {
		terminal.invalidate();
		store.dispatch({type: 'resized', size});
	});

	return {
		enter() {
			terminal.enter(frameOf(view));
			if (!terminal.isReady) store.hold();
		},
		redraw() {
			terminal.invalidate();
			paint();
		},
		async passToInk(key) {
			// In a window too small for the prompt keys would be kept for it, and answer twice once it is there.
			if (!needsInk(viewWindow(store.current).chrome)) return;
			await loadInk();
			ink?.pass(key);
			// It reads from its last frame: a second key in the same turn would be put into the text before the first.
			await setImmediate();
		},
		unmount() {
			unsubscribe();
			ink?.unmount();
		},
	};
}
