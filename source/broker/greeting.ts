import {extendedLimits} from '../protocol/extended/limits.ts';
import type {LineReader} from '../protocol/line-reader.ts';
import type {Context} from './context.ts';
import {ExtendedPeer, helloStart, readHello, refuseHello} from './extended/extended-peer.ts';
import type {Wire} from './extended/wire.ts';
import type {Intake} from './intake.ts';
import type {NameClaim} from './name-claim.ts';

/** How a peer begins: with its login, and with a hello right behind it if it asks for a-chat/1. */
export class Greeting {
	/** Whether it has said hello, and so is told everything in a-chat/1. */
	isExtended = false;
	/** What it is from a hello on that was not refused at once. */
	extended: ExtendedPeer | undefined;
	readonly #context: Context;
	readonly #wire: Wire;
	readonly #claim: NameClaim;
	readonly #intake: Intake;
	#isOver = false;

	constructor(context: Context, wire: Wire, claim: NameClaim, intake: Intake) {
		this.#context = context;
		this.#wire = wire;
		this.#claim = claim;
		this.#intake = intake;
	}

	/** Takes the current line of the reader; false, and nothing done, from the first line on that is none of this. */
	take(reader: LineReader): boolean {
		if (this.#isOver) return false;
		if (this.#claim.state === 'none') {
			this.#claim.take(reader);
			return true;
		}
		this.#isOver = true;
		const line = reader.bytes.toString('utf8', reader.start, reader.end);
		const hello = line.startsWith(helloStart) ? readHello(line) : 'plain';
		if (hello === 'plain') return false;
		this.#extend(hello);
		return true;
	}

	#extend(hello: Exclude<ReturnType<typeof readHello>, 'plain'>): void {
		this.isExtended = true;
		// From now on its name is nobody's who is plain.
		this.#context.router.forget();
		this.#claim.stopTimer();
		this.#intake.tighten(extendedLimits.lineBytes);
		const {state, refusal} = this.#claim;
		if (hello === 'bad') refuseHello(this.#wire, 'BAD_SYNTAX', 'the hello is not understood');
		else if (state === 'refused') refuseHello(this.#wire, refusal?.code ?? '', refusal?.why ?? '');
		else this.extended = new ExtendedPeer(this.#context.hall, this.#wire, hello);
	}
}
