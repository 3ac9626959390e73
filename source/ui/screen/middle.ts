import {type Viewport, viewPane} from '../pane/viewport.ts';
import {keepLast} from './keep-last.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const view = keepLast(
	({scroll, ...pane}: Parameters<typeof viewPane>[0] & {readonly scroll: ScreenState['scroll']}) =>
		viewPane(pane, scroll),
);

/** The part of the window that is made of rows only, the conversation: the painter's and the component's alike. */
export function middleOf({chat, size, theme, scroll}: ScreenState, {paneRows}: WindowLayout): Middle {
	const {people} = chat;
	const {lines} = chat.scrollback;
	return view({lines, columns: size.columns, rows: paneRows, theme, people, scroll});
}
