import {useMemo} from 'react';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import type {ScreenState} from '../screen/screen-state.ts';

/** The visible part of the conversation; the same rows, as long as nothing that they depend on changes. */
export function useViewport({chat, size, theme, scroll, unfolded}: ScreenState, paneRows: number): Viewport {
	const {people} = chat;
	const {lines} = chat.scrollback;
	return useMemo(
		() => viewPane({lines, columns: size.columns, rows: paneRows, theme, people, unfolded}, scroll),
		[lines, size.columns, paneRows, theme, people, unfolded, scroll],
	);
}
