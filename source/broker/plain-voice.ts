import {deliveryPrefix} from '../protocol/delivery-line.ts';
import type {LineReader} from '../protocol/line-reader.ts';
import type {Hall} from './extended/hall.ts';
import {PlainSender} from './extended/plain-sender.ts';
import type {Wire} from './extended/wire.ts';
import type {Router} from './router.ts';
import {keptLineCost, type Voice} from './voice.ts';

/** `bob, carol: hi`: goes straight to whoever is here, and to the store for those whose messages are kept. */
export class PlainVoice implements Voice {
	extraBytes = 0;
	readonly #router: Router;
	readonly #hall: Hall;
	readonly #wire: Wire;
	readonly #prefix: Buffer;
	#sender: PlainSender | undefined;

	constructor(router: Router, hall: Hall, wire: Wire) {
		this.#router = router;
		this.#hall = hall;
		this.#wire = wire;
		this.#prefix = deliveryPrefix(wire.login);
	}

	take(reader: LineReader): number {
		// For their order, what comes behind something that is being kept goes the same way.
		if (this.#sender === undefined || !this.#sender.isBusy) {
			const landedBytes = this.#router.deliver(this.#prefix, reader);
			this.extraBytes = this.#router.extraBytes;
			if (landedBytes !== undefined) return landedBytes;
		}
		this.extraBytes = keptLineCost;
		this.#sender ??= new PlainSender(this.#hall, this.#wire);
		this.#sender.onLine(reader.bytes.toString('utf8', reader.start, reader.end));
		return 0;
	}
}
