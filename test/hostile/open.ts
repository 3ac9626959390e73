import type {Socket} from 'node:net';
import {startForeignServer} from '../support/foreign-server.ts';
import {openTerminal, type TerminalOptions, type TerminalScreen} from '../support/terminal.ts';

/** A window with room for many messages. Without colours, so that any colour is somebody else's. */
const window: TerminalOptions = {env: {NO_COLOR: '1'}, columns: 100, rows: 90};

/** Opens alice's screen at a port, and resolves once its composer is there. */
export const openHostileScreen = async (
	port: number,
	options: TerminalOptions = {},
): Promise<TerminalScreen> => {
	const args = ['--name=alice', `--join=127.0.0.1:${port}`];
	const screen = await openTerminal({...window, args, ...options});
	await screen.waitFor(({isAlternate, cursor}) => isAlternate && !cursor.isHidden && cursor.row > 0);
	return screen;
};

/** The same at a server that is none of ours; resolves when nothing but what it writes changes the window. */
export const openAtForeignServer = async (
	options?: TerminalOptions,
): Promise<{readonly screen: TerminalScreen; readonly socket: Socket}> => {
	const server = await startForeignServer();
	const [screen, socket] = await Promise.all([openHostileScreen(server.port, options), server.accept()]);
	socket.write('from eve: welcome\n');
	await screen.waitFor('eve: welcome');
	await screen.waitFor(() => !screen.row(0).includes('connecting'));
	return {screen, socket};
};
