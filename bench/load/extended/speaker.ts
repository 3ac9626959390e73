import {addExample, type Faults} from '../faults.ts';
import {Incoming} from './incoming.ts';
import {Outgoing, type Pipeline, type Place} from './outgoing.ts';
import type {Talker} from './talker.ts';
import {Words} from './words.ts';

const words = new Words();
const verbs = {ack: Buffer.from('@ack'), status: Buffer.from('@status'), msg: Buffer.from('@msg')};

/** Somebody who sends and receives: every line that comes has to be one that is due. */
export class Speaker {
	readonly talker: Talker;
	readonly outgoing: Outgoing;
	incoming: Incoming | undefined;
	readonly #place: Place;
	readonly #faults: Faults;
	readonly #pipeline: Pipeline;

	/** @param to a login or a room */
	constructor(talker: Talker, to: string, pipeline: Pipeline, faults: Faults) {
		this.talker = talker;
		this.#faults = faults;
		this.#pipeline = pipeline;
		this.#place = {last: 0};
		this.outgoing = new Outgoing(talker, to, pipeline, this.#place, faults);
		talker.onLine = (bytes, start, end) => {
			if (!this.#take(words.begin(bytes, start, end))) this.#refuse(bytes.toString('latin1', start, end));
		};
	}

	/** Says who will write to it, and to whom these address their messages. */
	hear(to: string, from: readonly Speaker[]): Incoming {
		const sources = new Map(from.map(({talker, outgoing}) => [talker.login, outgoing] as const));
		this.incoming = new Incoming(this.talker, to, this.#pipeline, sources, this.#place, this.#faults);
		return this.incoming;
	}

	get isComplete(): boolean {
		return this.outgoing.isComplete && (this.incoming?.isComplete ?? true);
	}

	close(): void {
		this.outgoing.close();
		this.incoming?.close();
	}

	#take(line: Words): boolean {
		if (line.skip(verbs.ack)) return this.outgoing.takeAck(line);
		if (line.skip(verbs.status)) return this.outgoing.takeStatus(line);
		return line.skip(verbs.msg) && this.incoming?.take(line) === true;
	}

	#refuse(line: string): void {
		this.#faults.foreign++;
		addExample(this.#faults, `unexpected: ${JSON.stringify(line.slice(0, 120))}`);
	}
}
