import type {Wire} from './extended/wire.ts';
import type {Intake} from './intake.ts';
import type {NameClaim} from './name-claim.ts';
import type {Outbox} from './outbox.ts';
import type {Pace} from './pace.ts';

/** The parts of a connection that a voice works with. */
type Parts = {
	readonly claim: NameClaim;
	readonly outbox: Outbox;
	readonly intake: Intake;
	readonly pace: Pace;
	readonly connection: {
		readonly isGone: boolean;
		/** See `networkOf`. */
		readonly network: string;
		/** Ends in good order, with a last line that has its LF. */
		finish(line: Buffer): void;
	};
};

/** A connection as those see it who only talk to its peer. */
export class ConnectionWire implements Wire {
	readonly #parts: Parts;

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	get login(): string {
		return this.#parts.claim.login;
	}

	get key(): string {
		return this.#parts.claim.key;
	}

	get isGone(): boolean {
		return this.#parts.connection.isGone;
	}

	get network(): string {
		return this.#parts.connection.network;
	}

	get pendingBytes(): number {
		return this.#parts.outbox.pendingBytes;
	}

	write(line: string): number {
		return this.#parts.outbox.appendText(`${line}\n`);
	}

	writeText(lines: string): number {
		return this.#parts.outbox.appendText(lines);
	}

	writeBytes(line: Uint8Array): number {
		return this.#parts.outbox.append(line);
	}

	halt(): void {
		this.#parts.intake.halt();
	}

	goOn(): void {
		this.#parts.intake.release();
	}

	rest(landedBytes: number): void {
		const ms = this.#parts.pace.countLanded(landedBytes);
		if (ms !== undefined) this.#parts.intake.hold(ms);
	}

	seat(): boolean {
		return this.#parts.claim.takeBound();
	}

	stepAside(): void {
		this.#parts.claim.giveBack();
	}

	end(line: string): void {
		this.#parts.connection.finish(Buffer.from(`${line}\n`));
	}
}
