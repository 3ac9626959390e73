import {setTimeout as sleep} from 'node:timers/promises';
import {onCleanup} from '../support/cleanup.ts';
import {Peer} from '../support/peer.ts';
import type {Random} from './random.ts';
import {type Spoken, textOf} from './spoken.ts';

/** What one person read in one life. */
export type Read = {readonly reader: string; readonly life: number; readonly lines: readonly string[]};

const everyMs = 10;
/** How long it may take to get in, and how long to wait between two tries, in ms. */
const patienceMs = 10_000;
const retryMs = 20;

/** Three ordinary people with plain sockets, who talk to each other and now and then to those who are acknowledged. */
export class PlainPeople {
	/** All that was said, in order. */
	readonly said: Spoken[] = [];
	readonly read: Read[] = [];
	/** Counts the times that all of them were there. */
	life = 0;
	readonly #port: number;
	readonly #names: readonly string[];
	readonly #clients: readonly string[];
	readonly #random: Random;
	#peers: Peer[] = [];
	#timer: NodeJS.Timeout | undefined;
	#number = 0;

	constructor(port: number, names: readonly string[], clients: readonly string[], random: Random) {
		this.#port = port;
		this.#names = names;
		this.#clients = clients;
		this.#random = random;
		onCleanup('test', () => {
			clearInterval(this.#timer);
			for (const {socket} of this.#peers) socket.destroy();
		});
	}

	/** Logs all in, and only then has them talk: so what somebody misses was lost. */
	async come(): Promise<void> {
		this.life++;
		this.#peers = [];
		for (const name of this.#names) this.#peers.push(await this.#login(name));
		this.#timer = setInterval(() => this.#talk(), everyMs);
	}

	/** Says nothing more. */
	hush(): void {
		clearInterval(this.#timer);
	}

	/** Closes the books of a life when all connections are gone. */
	async beGone(): Promise<void> {
		this.hush();
		for (const peer of this.#peers) await peer.ended;
		this.#keepBooks();
	}

	/** Waits until everything has come that was said to them in this life, as far as it comes, and leaves. */
	async leave(isComplete: (read: readonly Read[]) => boolean): Promise<void> {
		this.hush();
		const deadline = performance.now() + patienceMs;
		while (!isComplete([...this.read, ...this.#books()]) && performance.now() < deadline) await sleep(20);
		this.#keepBooks();
		for (const peer of this.#peers) await peer.leave();
	}

	#books(): Read[] {
		return this.#names.map((reader, at) => ({reader, life: this.life, lines: this.#peers[at]?.lines ?? []}));
	}

	#keepBooks(): void {
		this.read.push(...this.#books());
	}

	async #login(name: string): Promise<Peer> {
		const deadline = performance.now() + patienceMs;
		for (;;) {
			let peer: Peer | undefined;
			try {
				peer = await Peer.connect({host: '127.0.0.1', port: this.#port});
				peer.send(name, `${name}: ready`);
				const before: string[] = [];
				for (let line = await peer.line(); line !== `from ${name}: ready`; line = await peer.line())
					before.push(line);
				peer.lines.unshift(...before);
				return peer;
			} catch (error) {
				// There is no host at the moment, or it has not seen yet that the earlier connection is gone.
				peer?.socket.destroy();
				if (performance.now() > deadline) throw error;
				await sleep(retryMs);
			}
		}
	}

	#talk(): void {
		for (const [at, from] of this.#names.entries()) {
			const others = this.#names.filter(name => name !== from);
			const number = this.#number++;
			const to = number % 7 === 0 ? [...others, this.#random.pick(this.#clients)] : others;
			const spoken = {from, life: this.life, number, to};
			this.said.push(spoken);
			this.#peers[at]?.send(`${to.join(', ')}: ${textOf(spoken)}`);
		}
	}
}
