import type {Socket} from 'node:net';
import {deliveryPrefix} from '../protocol/delivery-line.ts';
import type {LineFault, LineReader} from '../protocol/line-reader.ts';
import {parseLogin} from '../protocol/login.ts';
import {nameTaken} from '../protocol/refusals.ts';
import type {Context, Remote} from './context.ts';
import {Ending} from './ending.ts';
import {Intake, type Taker} from './intake.ts';
import {Outbox} from './outbox.ts';
import {Pace} from './pace.ts';
import type {Phase} from './phase.ts';
import type {RateLimit} from './rate-limit.ts';
import {remoteAddress} from './remote-address.ts';
import {faultSentences} from './server-line.ts';

const noPrefix = Buffer.alloc(0);
const ignore = (): void => {};

/** One peer. Its end is handled once, whoever notices it first. */
export class Connection implements Taker, Remote {
	readonly outbox: Outbox;
	/** The name it has, or had; empty before. */
	login = '';

	readonly #socket: Socket;
	readonly #context: Context;
	readonly #intake: Intake;
	readonly #pace: Pace;
	readonly #rate: RateLimit | undefined;
	#phase: Phase = 'login';
	#key = '';
	#prefix: Buffer = noPrefix;
	/** Why it is refused. */
	#farewell = '';
	#ending: Ending | undefined;
	/** The end of the wait for the line behind a refused login. */
	#timer: NodeJS.Timeout | undefined;
	#isHurried = false;
	/** When it connected. */
	readonly #since: number;

	constructor(socket: Socket, context: Context) {
		this.#socket = socket;
		this.#context = context;
		this.#since = context.clock.now;
		this.#rate = context.rates.open(socket);
		this.#pace = new Pace(context.settings, context.turns, this.#rate);
		this.outbox = new Outbox(socket, context.tray, this.#onOverflow);
		this.#intake = new Intake(socket, this);
		socket.on('data', this.#onData);
		socket.on('end', () => this.#intake.end());
		socket.on('close', this.#onClose);
		// 'close' follows, and is all there is to know.
		socket.on('error', ignore);
	}

	get address(): string | undefined {
		return remoteAddress(this.#socket);
	}

	/** Ends what took too long. */
	checkDeadlines(): void {
		this.#feelForReset();
		const {clock, settings} = this.#context;
		if (this.#phase === 'login' && clock.now - this.#since > settings.loginTimeoutMs) {
			this.#context.log('info', 'LOGIN_TIMEOUT', 'A connection was closed because no login came', this);
			this.#leave(`no login came within ${settings.loginTimeoutMs / 1000} s`);
		} else if (this.outbox.stalledMs(clock.now) > settings.writeStallMs) {
			this.#cut('SLOW_READER', `took nothing of what was sent to it for ${settings.writeStallMs / 1000} s`);
		}
	}

	/** While nothing is read a reset goes unnoticed; a write of nothing finds it. */
	#feelForReset(): void {
		const isHeld = this.#phase === 'here' && this.#intake.isHolding;
		if (isHeld && this.#socket.writableLength === 0) this.#socket.write('');
	}

	/** Ends a peer that is gone without a word; called when somebody asks for its name. */
	async cutIfSilent(): Promise<void> {
		const {localPort = 0, remotePort = 0} = this.#socket;
		if (await this.#context.silentPeers.has(localPort, remotePort))
			this.#cut('SILENT_PEER', 'did not answer any more');
	}

	/** Reads nothing more, rests no more, and cuts nobody any more; all connections do so before one delivers the rest. */
	hurry(): void {
		this.#isHurried = true;
		if (this.#phase === 'here') this.#intake.hurry();
	}

	/** Delivers what was read and is held back; all connections do so before one of them is told to go. */
	deliverHeld(): void {
		if (this.#phase === 'here') this.#intake.drain();
	}

	/** Tells the peer that the broker stops, and ends with FIN. */
	shutDown(): void {
		this.#leave('this server is shutting down');
		this.#ending?.hurry();
	}

	/** Ends at once. */
	destroy(): void {
		this.#socket.destroy();
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#ending === undefined) this.#intake.push(chunk);
		else this.#ending.discard(chunk);
	};

	/** A peer may end its side and still read: what it sent counts, and what waits for it is written. */
	onEnd(): void {
		this.#leave(this.#farewell);
	}

	onFault(fault: LineFault): void {
		const why = faultSentences[fault];
		this.#context.log('info', fault, `${this.#name} was closed: ${why}`, this);
		this.#leave(this.#farewell || why);
	}

	get #name(): string {
		return this.login || 'A connection';
	}

	onLine(reader: LineReader): void {
		if (this.#phase === 'here') this.#deliver(reader);
		else if (this.#phase === 'login') this.#claim(reader);
		else this.#leave(this.#farewell);
	}

	#deliver(reader: LineReader): void {
		const {router} = this.#context;
		const landedBytes = router.deliver(this.#prefix, reader);
		const ms = this.#pace.count(reader.end - reader.start + router.extraBytes, landedBytes);
		if (this.#pace.delayMs > 0 && this.#rate?.isTold === false) this.#tellDelay(this.#rate);
		if (ms !== undefined) this.#intake.hold(ms);
	}

	#tellDelay(rate: RateLimit): void {
		rate.isTold = true;
		const {log, settings} = this.#context;
		const why = `sends more than ${settings.rate} lines a second and is delayed`;
		log('info', 'RATE_LIMITED', `${this.login} ${why}`, this);
	}

	#claim({bytes, start, end}: LineReader): void {
		const parsed = parseLogin(bytes.toString('utf8', start, end));
		if (!parsed.ok) {
			this.#refuse('BAD_NAME', parsed.problem);
			return;
		}
		this.login = parsed.login;
		this.#key = parsed.key;
		const {roster, settings} = this.#context;
		if (roster.claim(this.#key, this)) {
			this.#enter();
			return;
		}
		// A quick reconnect is often here before the end of the old connection is.
		this.#phase = 'waiting';
		roster.wait(this.#key, this, () => setImmediate(() => this.#onFree()));
		void roster.get(this.#key)?.cutIfSilent();
		this.#intake.hold(settings.nameRetryMs, () => this.#onTaken());
	}

	#enter(): void {
		this.#phase = 'here';
		this.#prefix = deliveryPrefix(this.login);
		this.#context.onJoin(this.login, this);
	}

	#onFree(): void {
		if (this.#phase !== 'waiting') return;
		this.#enter();
		this.#intake.goOn();
	}

	#onTaken(): void {
		const {roster} = this.#context;
		// It became free, and #onFree is about to come.
		if (roster.get(this.#key) === this) return;
		roster.stopWaiting(this.#key, this);
		this.#refuse('NAME_TAKEN', nameTaken(this.login));
		this.#intake.goOn();
	}

	/** Says no after the next line: it may ask for an answer of another form than a plain line. */
	#refuse(code: 'BAD_NAME' | 'NAME_TAKEN', why: string): void {
		const {log, settings} = this.#context;
		log('info', code, `A connection was refused: ${why}`, this);
		this.#phase = 'refusing';
		this.#farewell = why;
		this.#timer = setTimeout(() => this.#leave(why), settings.refusalWaitMs);
	}

	/** Ends in good order, with a sentence if there is a reason. */
	#leave(why: string): void {
		if (this.#phase === 'closing' || this.#phase === 'closed') return;
		this.#stop('closing');
		this.#ending = new Ending(this.#socket, this.outbox, why, this.#context.settings);
	}

	readonly #onOverflow = (): void => {
		// While the broker closes, all that was held back comes at once, for which no reader is quick enough.
		if (this.#isHurried) {
			this.outbox.stopTaking();
			return;
		}
		const {settings, tray} = this.#context;
		const {pendingBytes} = this.outbox;
		const why =
			pendingBytes > settings.outboxCutBytes
				? `more than ${settings.outboxCutBytes} bytes waited for it`
				: `${pendingBytes} bytes waited for it, and ${tray.pendingBytes} for all together`;
		this.#cut('SLOW_READER', `was too slow: ${why}`);
	};

	/** Ends at once. A RST tells the peer that what it has last may be half a line; a FIN would make it a whole one. */
	#cut(code: 'SLOW_READER' | 'SILENT_PEER', why: string): void {
		if (this.#phase === 'closed') return;
		this.#context.log('warning', code, `${this.#name} ${why}`, this);
		this.#stop('closed');
		this.outbox.close();
		this.#socket.resetAndDestroy();
	}

	readonly #onClose = (): void => {
		this.#stop('closed');
		this.#ending?.stop();
		this.outbox.close();
		if (this.#rate !== undefined) this.#context.rates.close(this.#rate);
		this.#context.onClose(this);
	};

	/** Gives back what it holds: its timer, its place in line, its name. */
	#stop(phase: 'closing' | 'closed'): void {
		const {roster, onLeave} = this.#context;
		const wasHere = this.#phase === 'here';
		clearTimeout(this.#timer);
		this.#intake.stop();
		this.#phase = phase;
		roster.stopWaiting(this.#key, this);
		if (!roster.release(this.#key, this)) return;
		if (wasHere) onLeave(this.login, this);
		roster.pass(this.#key);
	}
}
