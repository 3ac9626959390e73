import {useMemo} from 'react';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import type {ScreenState} from '../screen/screen-state.ts';

/** The visible part of the conversation; the same rows, as long as nothing that they depend on changes. */
export function useViewport({chat, size, theme, scroll}: ScreenState, paneRows: number): Viewport {
	const {people, lookAlikes} = chat;
	const {lines} = chat.scrollback;
	return useMemo(
		() => viewPane({lines, columns: size.columns, rows: paneRows, theme, people, lookAlikes}, scroll),
		[lines, size.columns, paneRows, theme, people, lookAlikes, scroll],
	);
}
