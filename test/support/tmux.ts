import {execFileSync, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {onCleanup} from './cleanup.ts';
import {temporaryFolder} from './environment.ts';
import {openTerminal, type TerminalScreen} from './terminal.ts';

/** Whether there is a tmux to run. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** Asks the tmux of a test, which is nobody else's. */
export type Tmux = {
	/** What tmux takes the pane for: its rows, without the blanks at their ends, joined with LF. */
	readonly capture: () => string;
	/** What it holds of the pane in its own words, as `#{cursor_x}`. */
	readonly tell: (format: string) => string;
	/** The window around tmux. */
	readonly screen: TerminalScreen;
};

// What a terminal multiplexer knows of a program in it that has to be as before afterwards.
const modes = [
	...['alternate_on', 'cursor_flag', 'insert_flag', 'keypad_cursor_flag', 'keypad_flag', 'mouse_any_flag'],
	...['mouse_sgr_flag', 'origin_flag', 'wrap_flag', 'scroll_region_upper', 'scroll_region_lower'],
];

/** The modes of the pane, and of its line discipline. */
export const paneModes = ({tell}: Tmux): string => {
	const settings = execFileSync('stty', ['-a', '-F', tell('#{pane_tty}')], {encoding: 'utf8'});
	return `${tell(modes.map(mode => `${mode}=#{${mode}}`).join(' '))}\n${settings}`;
};

const shell = 'PS1="shell> " exec bash --norc --noprofile -i';

/** A shell in a tmux, which tells programs that it is `screen-256color`, in a terminal of 80×24. */
export async function openTmux(): Promise<Tmux> {
	const folder = temporaryFolder();
	const socket = path.join(folder, 'tmux');
	const configuration = path.join(folder, 'tmux.conf');
	writeFileSync(configuration, 'set -g status off\nset -g default-terminal screen-256color\n');
	const ask = (...args: readonly string[]): string =>
		execFileSync('tmux', ['-S', socket, ...args], {encoding: 'utf8'});
	onCleanup('test', () => void spawnSync('tmux', ['-S', socket, 'kill-server']));
	const screen = await openTerminal({
		command: ['tmux', '-S', socket, '-f', configuration, 'new-session', shell],
	});
	await screen.waitFor('shell>');
	return {
		screen,
		capture: () => ask('capture-pane', '-p').replace(/\n$/, '').replaceAll(/ +$/gm, ''),
		tell: format => ask('display-message', '-p', format).trimEnd(),
	};
}
