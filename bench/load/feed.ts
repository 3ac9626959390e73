import {type Client, openMany, type Target} from './client.ts';
import type {Source, Stream} from './inbox.ts';
import {makeRing, type Ring} from './ring.ts';

const senders = 10;
const textBytes = 448;
const bytesPerSecond = 16e6;
// Lines that are written at once, and what may wait in this process for a sender that the server holds back.
const lotLines = 32;
const mostWaitingBytes = 256 * 1024;
const period = lotLines * 100;

type Sender = {readonly client: Client; readonly ring: Ring; stream: Stream & {sent: number}};

/** Ten clients that write a given amount to one, 16 MB a second or as fast as the server lets them. */
export class Feed {
	readonly clients: readonly Client[];
	/** What the receiver gets, if it reads. */
	readonly sources: readonly Source[];
	readonly #senders: readonly Sender[];
	readonly #lots: number;
	readonly #lotMs: number;
	#start: number | undefined;
	#written = 0;
	#turn = 0;

	private constructor({dialect}: Target, clients: readonly Client[], receiver: Client, totalBytes: number) {
		this.clients = clients;
		this.#senders = clients.map(client => ({
			client,
			ring: makeRing(period, textBytes, text => dialect.message([receiver.login], text)),
			stream: {sent: 0, arrived() {}},
		}));
		this.sources = this.#senders.map(({client: {origin: from}, stream}) => ({
			from,
			ring: makeRing(period, textBytes, text => dialect.received(from, receiver.login, text)),
			stream,
		}));
		const lotBytes = lotLines * (this.sources[0]?.ring.unit ?? 1);
		this.#lots = Math.ceil(totalBytes / lotBytes);
		this.#lotMs = (lotBytes / bytesPerSecond) * 1000;
	}

	/** Opens the senders; nothing is written before the first `write`. `totalBytes` are counted at the receiver. */
	static async open(target: Target, receiver: Client, totalBytes: number): Promise<Feed> {
		return new Feed(target, await openMany(target, 'f', senders), receiver, totalBytes);
	}

	/** Whether all has been written and taken. */
	get isDone(): boolean {
		return (
			this.#written === this.#lots && this.#senders.every(({client}) => client.socket.writableLength === 0)
		);
	}

	/** Writes what is due at `now`, by senders that are not held back. */
	write(now: number): void {
		this.#start ??= now;
		const due = Math.min(this.#lots, Math.floor((now - this.#start) / this.#lotMs));
		for (let idle = 0; this.#written < due && idle < senders; this.#turn++) {
			const sender = this.#senders[this.#turn % senders];
			if (sender === undefined || sender.client.socket.writableLength > mostWaitingBytes) idle++;
			else {
				const {client, ring, stream} = sender;
				const at = (stream.sent % period) * ring.unit;
				client.socket.write(ring.bytes.subarray(at, at + lotLines * ring.unit));
				stream.sent += lotLines;
				this.#written++;
				idle = 0;
			}
		}
	}
}
