import type {HostCommand} from '../../source/chat/commands/host-command.ts';
import {Controller, type ScreenPorts} from '../../source/ui/controller.ts';
import {KeyParser} from '../../source/ui/keys/key-parser.ts';
import {rowsOfChrome} from '../../source/ui/screen/chrome.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {viewWindow} from '../../source/ui/screen/window-view.ts';
import {plainTheme, type Theme} from '../../source/ui/theme.ts';
import {keySequence} from '../support/keys.ts';

export const said = (from: string, to: string, text = 'hi'): ScreenAction => ({
	type: 'chat',
	action: {type: 'said', lines: [{kind: 'message', at: 0, from, to: [to], text}]},
});

export const here = (...logins: readonly string[]): ScreenAction => ({
	type: 'chat',
	action: {type: 'people-listed', people: logins.map(login => ({login, state: 'here'}))},
});

type Options = {
	readonly columns: number;
	readonly rows: number;
	readonly theme?: Theme;
	/** In place of those that only write down what they were called for. */
	readonly ports?: Partial<ScreenPorts>;
};

/** A screen of alice on which some things happened, and what its keys do outside of it. */
export function openScreen(
	{columns, rows, theme = plainTheme, ports = {}}: Options,
	...actions: readonly ScreenAction[]
) {
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns, rows}, login: 'alice', address: 'here:80', theme}),
	);
	for (const action of actions) store.dispatch(action);
	const sent: string[] = [];
	const asked: HostCommand[] = [];
	const calls: string[] = [];
	const waiting: NonNullable<ReturnType<ScreenPorts['takeBack']>>[] = [];
	const nothing = () => undefined;
	const controller = new Controller(store, {
		send(to, text, {isLong, isAction}) {
			const post = sent.push(`${isAction ? 'action ' : ''}${isLong ? 'long ' : ''}${to.join()}: ${text}`);
			waiting.push({to, text, post, isAction});
			return post;
		},
		takeBack: () => waiting.pop(),
		command: command => asked.push(command),
		loadEarlier: () => calls.push('load earlier'),
		tellTyping: nothing,
		leave: () => calls.push('leave'),
		answer: nothing,
		suspend: () => {
			calls.push('suspend');
			return undefined;
		},
		redraw: () => calls.push('redraw'),
		copy: text => {
			calls.push(`copy ${text}`);
			return true;
		},
		passToInk: async () => {},
		...ports,
	});
	const parser = new KeyParser();
	const type = (bytes: string) => {
		for (const event of parser.push(Buffer.from(bytes))) controller.handle(event);
		for (const event of parser.flush()) controller.handle(event);
	};
	const press = (...names: readonly string[]) => {
		for (const name of names) type(keySequence(name));
	};
	return {
		store,
		sent,
		asked,
		calls,
		type,
		press,
		/** Types a line and presses Enter. */
		enter(line: string) {
			type(line);
			press('enter');
		},
		view: () => store.current.chat.open || 'everything',
		draft: () => store.current.composer.text,
		hint: () => store.current.hint,
		/** The whole window, its rows without the spaces at their ends. */
		frame() {
			const {chrome, middle} = viewWindow(store.current);
			const {above, below} = rowsOfChrome(chrome);
			return `\n${[...above, ...middle, ...below].map(row => row.trimEnd()).join('\n')}\n`;
		},
	};
}
