import {limits} from '../protocol/limits.ts';
import {formatPost} from '../protocol/plain.ts';
import {backoffMs} from '../session/backoff.ts';
import {Connection} from '../session/connection.ts';
import {SessionError} from '../session/session-error.ts';
import {readInputLines} from './input-lines.ts';
import type {Options} from './options.ts';
import {say} from './output.ts';

/** How long to try for a host that is not there or a name that is taken, in ms. */
const patienceMs = 10_000;
/** How long the host may take to confirm with its FIN that it has read everything, in ms. */
const confirmMs = 10_000;
/** How much longer for each line: a host may delay who sends many (`docs/limits.md`), twice as fast as this by default. */
const confirmLineMs = 10;

/**
 * `--to`: sends a text, or each line of standard input, to the people named, and leaves. Resolves to whether all input
 * could be sent, once the host has confirmed that it read everything.
 */
export async function runSend(options: Options, login: string): Promise<boolean> {
	const deadline = performance.now() + patienceMs;
	for (let attempt = 0; ; attempt++) {
		try {
			return await sendOnce(options, login, Math.max(1, deadline - performance.now()));
		} catch (error) {
			// Only a try that wrote nothing fails like this, so that another one cannot send a line twice.
			if (!(error instanceof NothingWritten)) throw error;
			const left = deadline - performance.now();
			if (left <= 0 || isHopeless(error.reason)) throw error.reason;
			const wait = Math.min(left, Math.max(100, backoffMs(attempt)));
			if (attempt === 1) say(`a-chat-tui: ${error.reason.message} Trying on for 10 s.`);
			await new Promise(resolve => setTimeout(resolve, wait));
		}
	}
}

/** The connection ended before a line was written. */
class NothingWritten extends Error {
	readonly reason: SessionError;

	constructor(reason: SessionError) {
		super(reason.message);
		this.reason = reason;
	}
}

function isHopeless(reason: SessionError): boolean {
	return reason.code === 'NOT_CHAT' || reason.code === 'NOT_FOUND';
}

/** Resolves, once the host has confirmed, to whether every line could be sent. */
function sendOnce(options: Options, login: string, connectTimeoutMs: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		let isAllWritten = false;
		let sentLines = 0;
		let wasAllSent = true;
		let stopInput = () => {};
		let confirmTimer: NodeJS.Timeout | undefined;
		const finish = () => {
			isAllWritten = true;
			connection.halfClose();
			confirmTimer = setTimeout(() => connection.destroy(), confirmMs + confirmLineMs * sentLines);
		};
		const connection = new Connection({
			address: options.address,
			login,
			connectTimeoutMs,
			onSettled() {
				if (options.text !== undefined) {
					connection.write(`${formatPost(options.to, options.text)}\n`);
					finish();
					return;
				}
				stopInput = readInputLines({
					maxBytes: limits.plainLineBytes - Buffer.byteLength(formatPost(options.to, '')),
					write(lines, onTaken) {
						sentLines += lines.length;
						connection.write(lines.map(line => `${formatPost(options.to, line)}\n`).join(''), onTaken);
					},
					canTakeMore: () => connection.canTakeMore,
					onEnd(isComplete) {
						wasAllSent = isComplete;
						finish();
					},
				});
			},
			onLines() {},
			onClose(error) {
				clearTimeout(confirmTimer);
				stopInput();
				if (!connection.isSettled) reject(new NothingWritten(error as SessionError));
				else if (isAllWritten && !error && !connection.isNameTaken) resolve(wasAllSent);
				else reject(lost(isAllWritten));
			},
		});
	});
}

function lost(isAllWritten: boolean): SessionError {
	return isAllWritten
		? new SessionError(
				'LOST',
				'The host did not confirm what was sent: ask whether it arrived before you send it again.',
			)
		: new SessionError(
				'LOST',
				'The connection broke before everything was sent: ask what arrived before you send it again.',
			);
}
