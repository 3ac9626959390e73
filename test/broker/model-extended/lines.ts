import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {limits} from '../../../source/protocol/limits.ts';
import {LineSplitter} from '../../../source/protocol/line-splitter.ts';
import type {Address} from '../../support/peer.ts';
import type {Ledger} from './ledger.ts';

/** A socket of a peer, and the lines that come over it. */
export class Lines {
	isOver = false;
	readonly #socket: Socket;
	readonly #who: string;
	readonly #ledger: Ledger;

	static async connect(
		address: Address,
		ledger: Ledger,
		who: string,
		onLine: (line: string) => void,
	): Promise<Lines> {
		const socket = connect({...address, allowHalfOpen: true, noDelay: true});
		await once(socket, 'connect');
		return new Lines(socket, ledger, who, onLine);
	}

	private constructor(socket: Socket, ledger: Ledger, who: string, onLine: (line: string) => void) {
		this.#socket = socket;
		this.#who = who;
		this.#ledger = ledger;
		const splitter = new LineSplitter({
			maxBytes: limits.serverLineBytes,
			overflow: 'truncate',
			isStrict: true,
		});
		socket.on('data', chunk => {
			for (const line of splitter.push(chunk)) {
				if (this.isOver) return;
				ledger.note(`${who} <-`, line);
				onLine(line);
			}
			ledger.recheck();
		});
		socket.on('end', () => {
			this.isOver = true;
			socket.destroy();
		});
		socket.on('error', ({message}) => ledger.note(who, message));
		socket.on('close', () => {
			this.isOver = true;
			ledger.recheck();
		});
	}

	write(line: string): void {
		this.#ledger.note(`${this.#who} ->`, line);
		this.#socket.write(`${line}\n`);
	}

	/** Has said all. */
	end(): void {
		this.#socket.end();
	}

	/** Ends with a RST; nothing that comes later is seen. */
	reset(): void {
		this.isOver = true;
		this.#ledger.note(this.#who, 'cuts');
		this.#socket.resetAndDestroy();
	}
}
