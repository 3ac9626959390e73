import {open} from 'node:fs/promises';

/**
 * Retransmissions in a row without an answer after which a peer counts as dead. The kernel doubles the time between
 * them from 0.2 s on, so that six take 12 s on a local network and 40 s on a slow path.
 */
const deadRetransmissions = 6;

const established = '01';
const retransmitting = '01:';

/** Finds rows of a connection in the format of Linux's /proc/net/tcp, by ports. */
const rowsOf = (localPort: number, remotePort: number): ((row: string) => boolean) => {
	const [local, remote] = [localPort, remotePort].map(
		port => `:${port.toString(16).toUpperCase().padStart(4, '0')}`,
	);
	return row => row.includes(`${local} `) && row.includes(`${remote} ${established} `);
};

/**
 * Whether the peer of a connection leaves retransmissions unanswered, by the rows of a table. Only ports are compared:
 * should several addresses share them, all have to be silent.
 */
export const isSilent = (table: readonly string[], localPort: number, remotePort: number): boolean => {
	const rows = table.filter(rowsOf(localPort, remotePort)).map(row => row.trim().split(/\s+/));
	return (
		rows.length > 0 &&
		rows.every(
			([, , , , , timer = '', retransmissions = '0']) =>
				timer.startsWith(retransmitting) && Number.parseInt(retransmissions, 16) >= deadRetransmissions,
		)
	);
};

/** The rows of a table for which `isWanted`, piece by piece: with many connections it takes a while. */
const readRows = async (file: string, isWanted: (row: string) => boolean): Promise<string[]> => {
	const rows: string[] = [];
	try {
		await using table = await open(file);
		for await (const row of table.readLines()) if (isWanted(row)) rows.push(row);
	} catch {
		// No Linux, or no file left to open.
	}
	return rows;
};

/**
 * Finds peers that are gone without a word while something was under way to them. TCP keep-alive does not: it waits
 * for what is under way, which the kernel gives up after a quarter of an hour only.
 */
export class SilentPeers {
	readonly #everyMs: number;
	#next = 0;

	/** @param everyMs the kernel's table may be long: the next look comes so long after the end of the last one */
	constructor(everyMs: number) {
		this.#everyMs = everyMs;
	}

	/** Whether a peer is silent as far as is known: false where there is no such table, or if it was just read. */
	async has(localPort: number, remotePort: number): Promise<boolean> {
		if (performance.now() < this.#next) return false;
		this.#next = Number.POSITIVE_INFINITY;
		const isWanted = rowsOf(localPort, remotePort);
		const rows = [
			...(await readRows('/proc/net/tcp', isWanted)),
			...(await readRows('/proc/net/tcp6', isWanted)),
		];
		this.#next = performance.now() + this.#everyMs;
		return isSilent(rows, localPort, remotePort);
	}
}
