import {limits} from '../protocol/limits.ts';
import {formatPost} from '../protocol/plain.ts';
import {Courier} from '../session/courier.ts';
import {exitCodes} from './exit-codes.ts';
import {openIdentity} from './extended-options.ts';
import {readInputLines} from './input-lines.ts';
import type {Options} from './options.ts';
import {say} from './output.ts';
import {quote} from './quote.ts';

/** How long to try for a host that is not there or takes nothing, and for a name that is taken, in ms. */
const patienceMs = 10_000;

/**
 * `--to`: sends a text, or each line of standard input, to the people named, and leaves. Resolves to the exit code, once
 * the host has confirmed everything.
 *
 * @throws {SessionError} if it has not
 */
export async function runSend(options: Options, login: string): Promise<number> {
	const {address, to, text} = options;
	let isWhole = true;
	let goOn = () => {};
	const courier = new Courier({
		...{address, login, patienceMs},
		...openIdentity(address, process.env),
		onOpen() {
			if (text !== undefined) {
				courier.post(to, [text]);
				courier.end();
				return;
			}
			readInputLines({
				maxBytes: limits.plainLineBytes - Buffer.byteLength(formatPost(to, '')),
				write(lines, onTaken) {
					goOn = onTaken;
					courier.post(to, lines);
				},
				canTakeMore: () => courier.canTakeMore,
				onEnd(isComplete) {
					isWhole = isComplete;
					courier.end();
				},
			});
		},
		onDrain: () => goOn(),
		onDelay: ({message}) => say(`a-chat-tui: ${message} Trying on for 10 s.`),
	});
	const {absent, refused} = await courier.run();
	for (const why of refused) say(`a-chat-tui: Refused by the host: ${why}.`);
	if (absent.length > 0) {
		const names = absent.map(quote).join(', ');
		say(`a-chat-tui: Nobody by the name ${names} is known there: check the name, or send it again later.`);
	}
	if (!isWhole || refused.length > 0) return exitCodes.failed;
	return absent.length > 0 ? exitCodes.absent : exitCodes.done;
}
