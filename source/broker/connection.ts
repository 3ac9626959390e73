import type {Socket} from 'node:net';
import type {LineFault, LineReader} from '../protocol/line-reader.ts';
import {nameTaken} from '../protocol/refusals.ts';
import {ConnectionWire} from './connection-wire.ts';
import type {Context, Remote} from './context.ts';
import {Ending} from './ending.ts';
import {networkOf} from './extended/new-names.ts';
import type {Session} from './extended/session.ts';
import {Greeting} from './greeting.ts';
import {Intake, type Taker} from './intake.ts';
import {NameClaim} from './name-claim.ts';
import {Outbox} from './outbox.ts';
import {Pace} from './pace.ts';
import {PlainVoice} from './plain-voice.ts';
import type {RateLimit} from './rate-limit.ts';
import {remoteAddress} from './remote-address.ts';
import {faultSentences, lastLine} from './server-line.ts';
import type {Voice} from './voice.ts';

const ignore = (): void => {};

/** One peer. Its end is handled once, whoever notices it first. */
export class Connection implements Taker, Remote {
	readonly outbox: Outbox;
	/** This as those see it who only talk to its peer. */
	readonly wire: ConnectionWire;

	readonly #socket: Socket;
	readonly #context: Context;
	readonly #intake: Intake;
	readonly #pace: Pace;
	readonly #rate: RateLimit | undefined;
	readonly #claim: NameClaim;
	readonly #greeting: Greeting;
	/** From when it has its name. */
	#plain: Voice | undefined;
	#ending: Ending | undefined;
	#isHurried = false;
	#isClosed = false;
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
		this.#claim = new NameClaim(context, this, this.#intake);
		const parts = {claim: this.#claim, outbox: this.outbox, intake: this.#intake, pace: this.#pace};
		this.wire = new ConnectionWire({...parts, connection: this});
		this.#greeting = new Greeting(context, this.wire, this.#claim, this.#intake);
		socket.on('data', this.#onData);
		socket.on('end', () => this.#intake.end());
		socket.on('close', this.#onClose);
		// 'close' follows, and is all there is to know.
		socket.on('error', ignore);
	}

	/** The name it has, had, or wants; empty before it came. And the same folded. */
	get login(): string {
		return this.#claim.login;
	}

	get key(): string {
		return this.#claim.key;
	}

	get address(): string | undefined {
		return remoteAddress(this.#socket);
	}

	get network(): string {
		return networkOf(this.#socket.remoteAddress ?? '');
	}

	/** Ends what took too long. */
	checkDeadlines(): void {
		if (this.#isHere) this.#intake.feelForReset();
		const {clock, settings} = this.#context;
		this.#greeting.extended?.checkAlive(clock.now, !this.#intake.isHolding);
		if (this.#claim.state === 'none' && clock.now - this.#since > settings.loginTimeoutMs) {
			this.#context.log('info', 'LOGIN_TIMEOUT', 'A connection was closed because no login came', this);
			this.#leave(`no login came within ${settings.loginTimeoutMs / 1000} s`, 'LOGIN_TIMEOUT');
		} else if (this.outbox.stalledMs(clock.now) > settings.writeStallMs) {
			this.#cut('SLOW_READER', `took nothing of what was sent to it for ${settings.writeStallMs / 1000} s`);
		}
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
		if (this.#isHere) this.#intake.hurry();
	}

	/** Delivers what was read and is held back; all connections do so before one of them is told to go. */
	deliverHeld(): void {
		if (this.#isHere) this.#intake.drain();
	}

	/** Tells the peer that the broker stops, and within how many ms to come back to the next one, and ends with FIN. */
	shutDown(spreadMs: number): void {
		this.#leave('this server is shutting down', 'SHUTDOWN', spreadMs);
		this.#ending?.hurry();
	}

	/** Ends at once. */
	destroy(): void {
		this.#socket.destroy();
	}

	/** Its session of a-chat/1, if it speaks that and was let in. */
	get session(): Session | undefined {
		return this.#greeting.extended?.session;
	}

	/** Whether it has said hello. */
	get isExtended(): boolean {
		return this.#greeting.isExtended;
	}

	get isGone(): boolean {
		return this.#ending !== undefined || this.#isClosed;
	}

	/** It has its name. */
	onName(): void {
		const {router, hall} = this.#context;
		if (this.#voice === undefined) this.#plain = new PlainVoice(router, hall, this.wire);
	}

	/** Goes without the name that it wanted. */
	leaveRefused(): void {
		const {code = '', why = ''} = this.#claim.refusal ?? {};
		this.#leave(why, code);
	}

	/** Somebody else has shown that the name is its own. */
	evict(): void {
		this.#leave(nameTaken(this.login), 'NAME_TAKEN');
	}

	/** Whether its lines count. */
	get #isHere(): boolean {
		return this.#voice !== undefined && !this.isGone;
	}

	/** How its lines are understood, from when it has its name, or tries to get it by its key. */
	get #voice(): Voice | undefined {
		return this.#greeting.extended ?? this.#plain;
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#ending !== undefined) {
			this.#ending.discard(chunk);
			return;
		}
		this.#pace.begin();
		this.#intake.push(chunk);
	};

	/** A peer may end its side and still read: what it sent counts, and what waits for it is written. */
	onEnd(): void {
		const {session} = this;
		if (session === undefined) this.leaveRefused();
		else session.underWay.whenIdle(() => this.#leave('', ''));
	}

	onFault(fault: LineFault): void {
		const why = faultSentences[fault];
		this.#context.log('info', fault, `${this.#name} was closed: ${why}`, this);
		if (this.#claim.refusal !== undefined && this.session === undefined) this.leaveRefused();
		else this.#leave(why, fault);
	}

	get #name(): string {
		return this.login || 'A connection';
	}

	onLine(reader: LineReader): void {
		if (this.#greeting.take(reader)) return;
		const voice = this.#voice;
		if (voice === undefined) {
			this.leaveRefused();
			return;
		}
		const landedBytes = voice.take(reader);
		const ms = this.#pace.count(reader.end - reader.start + voice.extraBytes, landedBytes);
		if (this.#pace.delayMs > 0 && this.#rate?.isTold === false) this.#tellDelay(this.#rate);
		if (ms !== undefined) this.#intake.hold(ms);
	}

	#tellDelay(rate: RateLimit): void {
		rate.isTold = true;
		const {log, settings} = this.#context;
		const why = `sends more than ${settings.rate} lines a second and is delayed`;
		log('info', 'RATE_LIMITED', `${this.login} ${why}`, this);
		this.session?.say({type: 'slow', wait: Math.ceil(this.#pace.delayMs)});
	}

	/** Ends in good order, with a sentence if there is a reason. */
	#leave(why: string, code: string, spreadMs?: number): void {
		this.finish(lastLine(why, this.isExtended ? code : undefined, spreadMs));
	}

	/** Ends in good order, with a last line that has its LF, if there is one. */
	finish(line: Buffer | undefined): void {
		if (this.isGone) return;
		this.#stop();
		this.#ending = new Ending(this.#socket, this.outbox, line, this.#context.settings);
	}

	readonly #onOverflow = (): void => {
		// While the broker closes, all that was held back comes at once, for which no reader is quick enough.
		if (this.#isHurried) {
			this.outbox.stopTaking();
			return;
		}
		this.#cut('SLOW_READER', `was too slow: ${this.#context.tray.describeOverflow(this.outbox)}`);
	};

	/** Ends at once. A RST tells the peer that what it has last may be half a line; a FIN would make it a whole one. */
	#cut(code: 'SLOW_READER' | 'SILENT_PEER', why: string): void {
		if (this.#isClosed) return;
		this.#context.log('warning', code, `${this.#name} ${why}`, this);
		this.#isClosed = true;
		this.#stop();
		this.outbox.close();
		this.#socket.resetAndDestroy();
	}

	readonly #onClose = (): void => {
		this.#isClosed = true;
		this.#stop();
		this.#ending?.stop();
		this.outbox.close();
		if (this.#rate !== undefined) this.#context.rates.close(this.#rate);
		this.#context.onClose(this);
	};

	/** Gives back what it holds: its session, its place in line, its name. */
	#stop(): void {
		this.#greeting.extended?.stop();
		this.#intake.stop();
		this.#claim.giveBack();
	}
}
