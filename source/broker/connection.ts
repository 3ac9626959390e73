import type {Socket} from 'node:net';
import {extendedLimits} from '../protocol/extended/limits.ts';
import type {LineFault, LineReader} from '../protocol/line-reader.ts';
import {nameTaken} from '../protocol/refusals.ts';
import type {Context, Remote} from './context.ts';
import {Ending} from './ending.ts';
import {ExtendedPeer, helloStart, readHello, refuseHello} from './extended/extended-peer.ts';
import {networkOf} from './extended/new-names.ts';
import type {Session} from './extended/session.ts';
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

	readonly #socket: Socket;
	readonly #context: Context;
	readonly #intake: Intake;
	readonly #pace: Pace;
	readonly #rate: RateLimit | undefined;
	readonly #claim: NameClaim;
	/** Whether the next line may be a hello. */
	#isFirstLine = true;
	/** Whether it has said hello, and so is told everything in a-chat/1. */
	#isExtended = false;
	/** From when it has its name, or tries to get it by its key. */
	#voice: Voice | undefined;
	#extended: ExtendedPeer | undefined;
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
		this.#claim = new NameClaim(context, this);
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
		this.#feelForReset();
		const {clock, settings} = this.#context;
		this.#extended?.checkAlive(clock.now, !this.#intake.isHolding);
		if (this.#claim.state === 'none' && clock.now - this.#since > settings.loginTimeoutMs) {
			this.#context.log('info', 'LOGIN_TIMEOUT', 'A connection was closed because no login came', this);
			this.#leave(`no login came within ${settings.loginTimeoutMs / 1000} s`, 'LOGIN_TIMEOUT');
		} else if (this.outbox.stalledMs(clock.now) > settings.writeStallMs) {
			this.#cut('SLOW_READER', `took nothing of what was sent to it for ${settings.writeStallMs / 1000} s`);
		}
	}

	/** While nothing is read a reset goes unnoticed; a write of nothing finds it. */
	#feelForReset(): void {
		const isHeld = this.#isHere && this.#intake.isHolding;
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
		return this.#extended?.session;
	}

	/** Whether it has said hello. */
	get isExtended(): boolean {
		return this.#isExtended;
	}

	get isGone(): boolean {
		return this.#ending !== undefined || this.#isClosed;
	}

	get pendingBytes(): number {
		return this.outbox.pendingBytes;
	}

	write(line: string): number {
		return this.outbox.append(Buffer.from(`${line}\n`));
	}

	writeBytes(line: Uint8Array): number {
		return this.outbox.append(line);
	}

	halt(): void {
		this.#intake.halt();
	}

	goOn(): void {
		this.#intake.release();
	}

	rest(landedBytes: number): void {
		const ms = this.#pace.countLanded(landedBytes);
		if (ms !== undefined) this.#intake.hold(ms);
	}

	end(line: string): void {
		this.#finish(Buffer.from(`${line}\n`));
	}

	hold(ms: number, then?: () => void): void {
		this.#intake.hold(ms, then);
	}

	takeOn(): void {
		this.#intake.goOn();
	}

	/** It has its name. */
	onName(): void {
		this.#voice ??= new PlainVoice(this.#context.router, this.#context.hall, this);
	}

	seat(): boolean {
		return this.#claim.takeBound();
	}

	stepAside(): void {
		this.#claim.giveBack();
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

	readonly #onData = (chunk: Buffer): void => {
		if (this.#ending === undefined) this.#intake.push(chunk);
		else this.#ending.discard(chunk);
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
		if (this.#isFirstLine && this.#isGreeting(reader)) return;
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

	/** Takes the login, and the line behind it if it asks for a-chat/1. */
	#isGreeting(reader: LineReader): boolean {
		if (this.#claim.state === 'none') {
			this.#claim.take(reader);
			return true;
		}
		this.#isFirstLine = false;
		const line = reader.bytes.toString('utf8', reader.start, reader.end);
		if (!line.startsWith(helloStart)) return false;
		const hello = readHello(line);
		if (hello === 'plain') return false;
		this.#isExtended = true;
		this.#claim.stopTimer();
		this.#intake.tighten(extendedLimits.lineBytes);
		const {state, refusal} = this.#claim;
		if (hello === 'bad') refuseHello(this, 'BAD_SYNTAX', 'the hello is not understood');
		else if (state === 'refused') refuseHello(this, refusal?.code ?? '', refusal?.why ?? '');
		else {
			this.#extended = new ExtendedPeer(this.#context.hall, this, hello);
			this.#voice = this.#extended;
		}
		return true;
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
		this.#finish(lastLine(why, this.#isExtended ? code : undefined, spreadMs));
	}

	#finish(line: Buffer | undefined): void {
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
		this.#extended?.stop();
		this.#intake.stop();
		this.#claim.giveBack();
	}
}
