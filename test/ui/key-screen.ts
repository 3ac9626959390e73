import type {NewChatLine} from '../../source/chat/chat-line.ts';
import type {ScreenPorts} from '../../source/ui/controller.ts';
import {rowsOfChrome} from '../../source/ui/screen/chrome.ts';
import type {ScreenAction} from '../../source/ui/screen/screen-state.ts';
import {viewWindow} from '../../source/ui/screen/window-view.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {openScreen} from './open-screen.ts';

/** Noon of a day, here. */
export const noon = new Date(2026, 10, 23, 12).getTime();

export const message = (from: string, to: string, text: string, at = noon): NewChatLine => ({
	kind: 'message',
	at,
	from,
	to: [to],
	text,
});

export const said = (...lines: NewChatLine[]): ScreenAction => ({
	type: 'chat',
	action: {type: 'said', lines},
});

/** Looks that people can see: inverse stands in brackets. */
const inBrackets = (text: string) => `[${text}]`;
const shownTheme = {...plainTheme, status: inBrackets, found: inBrackets};

/** The screen of alice after some things, as rows, and keys for it. */
export function openKeyScreen(
	actions: readonly ScreenAction[],
	{columns = 60, rows = 12, ports = {}}: {columns?: number; rows?: number; ports?: Partial<ScreenPorts>} = {},
) {
	const {store, type, press} = openScreen({columns, rows, ports, theme: shownTheme}, ...actions);
	const view = () => viewWindow(store.current);
	return {
		store,
		type,
		press,
		/** The rows of the conversation, without blanks at their ends. */
		pane: () => view().middle.map(row => row.trimEnd()),
		/** What stands below it. */
		below: () => rowsOfChrome(view().chrome).below.map(row => row.trimEnd()),
		caret: () => view().caret,
	};
}
