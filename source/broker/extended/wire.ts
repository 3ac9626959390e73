/** What a session needs of its connection. */
export type Wire = {
	readonly login: string;
	/** The login folded. */
	readonly key: string;
	/** Where it comes from; see `networkOf`. */
	readonly network: string;
	/** Whether nothing more is read from the peer, and nothing that comes now gets there. */
	readonly isGone: boolean;
	/** Bytes that wait for the peer. */
	readonly pendingBytes: number;
	/** Writes a line, whose LF is put behind it. Returns what `Outbox.append` does. */
	write(line: string): number;
	/** The same for lines that have their LF. */
	writeText(lines: string): number;
	/** The same for a line that is bytes already and has its LF. */
	writeBytes(line: Uint8Array): number;
	/** Slows its peer down for bytes that landed in an outbox which fills up; see `Router.deliver`. */
	rest(landedBytes: number): void;
	/** Takes no lines until `goOn`. */
	halt(): void;
	goOn(): void;
	/** Takes its name; false if somebody else has it. */
	seat(): boolean;
	/** Leaves its name, if it has it, to others, and goes on without. */
	stepAside(): void;
	/** Ends in good order, with a last line. */
	end(lastLine: string): void;
};
