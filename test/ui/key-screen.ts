import type {NewChatLine} from '../../source/chat/chat-line.ts';
import {Controller, type ScreenPorts} from '../../source/ui/controller.ts';
import {KeyParser} from '../../source/ui/keys/key-parser.ts';
import {rowsOfChrome} from '../../source/ui/screen/chrome.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {viewWindow} from '../../source/ui/screen/window-view.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {keySequence} from '../support/keys.ts';

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
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns, rows}, login: 'alice', address: 'here:80', theme: shownTheme}),
	);
	for (const action of actions) store.dispatch(action);
	const nothing = () => undefined;
	const controller = new Controller(store, {
		send: nothing,
		takeBack: nothing,
		loadEarlier: nothing,
		tellTyping: nothing,
		leave: nothing,
		answer: nothing,
		suspend: nothing,
		copy: () => true,
		command: nothing,
		redraw: nothing,
		passToInk: async () => {},
		...ports,
	});
	const parser = new KeyParser();
	const type = (bytes: string) => {
		for (const event of parser.push(Buffer.from(bytes))) controller.handle(event);
		for (const event of parser.flush()) controller.handle(event);
	};
	const view = () => viewWindow(store.current);
	return {
		store,
		type,
		press: (...names: string[]) => {
			for (const name of names) type(keySequence(name));
		},
		/** The rows of the conversation, without blanks at their ends. */
		pane: () => view().middle.map(row => row.trimEnd()),
		/** What stands below it. */
		below: () => rowsOfChrome(view().chrome).below.map(row => row.trimEnd()),
		caret: () => view().caret,
	};
}
