import {everything} from '../../chat/conversation.ts';
import {scrollbackOf} from '../../chat/views.ts';
import type {Pane} from '../pane/pane.ts';
import type {ScreenState} from './screen-state.ts';
import {layOutWindow} from './window-layout.ts';

/** What the open view is shown in. */
export function paneOf(state: ScreenState): Pane {
	const {chat, theme, unfolded} = state;
	const {paneColumns, paneRows} = layOutWindow(state);
	return {
		lines: scrollbackOf(chat, chat.open).lines,
		columns: paneColumns,
		rows: paneRows,
		theme,
		unfolded,
		people: chat.people,
		lookAlikes: chat.lookAlikes,
		readUpTo: chat.readUpTo.get(chat.open),
		login: chat.open === everything ? undefined : chat.login,
	};
}
