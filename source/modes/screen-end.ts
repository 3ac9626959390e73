import process from 'node:process';
import type {KeyEvent} from '../ui/keys/key-event.ts';
import {isInterrupt} from '../ui/keys/match-key.ts';
import type {Terminal} from '../ui/terminal/terminal.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {fail, say} from './output.ts';

/** Every signal that ends a program unless it is caught; uncaught it would leave the terminal raw. */
const endingSignals = [
	'SIGHUP',
	'SIGINT',
	'SIGTERM',
	'SIGQUIT',
	'SIGABRT',
	'SIGALRM',
	'SIGUSR2',
	// Node would open a debugger's port, and say so in the middle of the screen.
	'SIGUSR1',
] as const;

/** How long leaving may take in silence, in ms. */
const silentMs = 1000;

export type ScreenEnd = {
	readonly leave: () => void;
	readonly fail: (error: unknown) => void;
	/** Takes a key while the screen ends, and says so; else the key is for the screen. */
	readonly hear: (event: KeyEvent) => boolean;
};

/**
 * The ways in which a screen ends. Whatever it is, the terminal is given back first, and the reason stands in one line
 * on standard error, unless the person asked for it.
 */
export function endScreen(
	terminal: Terminal,
	close: () => Promise<void>,
	isHosting: () => boolean,
): ScreenEnd {
	let isEnding = false;

	const end = (code: number, reason: string | undefined) => {
		if (isEnding) return;
		isEnding = true;
		terminal.leaveWindow();
		if (reason !== undefined) say(`a-chat-tui: ${reason}`);
		const told = setTimeout(
			() => say('a-chat-tui: delivering what is left, at most 10 s; Ctrl+C ends at once'),
			silentMs,
		);
		close().finally(() => {
			clearTimeout(told);
			// What the terminal has said by now is read before.
			setImmediate(() => process.exit(code));
		});
	};

	for (const signal of endingSignals) {
		const code = signalExitCode(signal);
		process.on(signal, () => {
			if (isEnding) process.exit(code);
			end(isHosting() ? exitCodes.done : code, `ended by ${signal}`);
		});
	}
	// Nobody is left to see or to type anything; the shell counts that as its hang-up.
	terminal.on('gone', () =>
		end(isHosting() ? exitCodes.done : signalExitCode('SIGHUP'), 'the terminal is gone'),
	);
	process.on('exit', () => terminal.leave());
	process.on('uncaughtException', error => {
		terminal.leave();
		fail(error, exitCodes.failed);
	});

	return {
		leave: () => end(exitCodes.done, undefined),
		fail(error) {
			terminal.leave();
			fail(error, exitCodes.failed);
		},
		hear(event) {
			if (isEnding && isInterrupt(event)) process.exit(signalExitCode('SIGINT'));
			return isEnding;
		},
	};
}
