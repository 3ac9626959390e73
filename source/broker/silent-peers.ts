import {createReadStream} from 'node:fs';

/**
 * Retransmissions in a row without an answer after which a peer counts as dead. The kernel doubles the time between
 * them from 0.2 s on, so that six take 12 s on a local network and 40 s on a slow path.
 */
const deadRetransmissions = 6;

const established = '01';
const retransmitting = '01:';

/** How an address ends in the format of Linux's /proc/net/tcp. */
const portOf = (port: number): string => `:${port.toString(16).toUpperCase().padStart(4, '0')} `;

/** The rows of a table, or of a part of it, that tell of an established connection between two ports. */
const rowsOf = (table: string, localPort: number, remotePort: number): string[] => {
	const rows: string[] = [];
	const wanted = `${portOf(remotePort)}${established} `;
	for (let at = table.indexOf(wanted); at !== -1; at = table.indexOf(wanted, at + 1)) {
		const end = table.indexOf('\n', at);
		const row = table.slice(table.lastIndexOf('\n', at) + 1, end === -1 ? undefined : end);
		if (row.includes(portOf(localPort))) rows.push(row);
	}
	return rows;
};

/**
 * Whether the peer of a connection leaves retransmissions unanswered, by a table of the kernel. Only ports are compared:
 * should several addresses share them, all have to be silent.
 */
export const isSilent = (table: string, localPort: number, remotePort: number): boolean => {
	const rows = rowsOf(table, localPort, remotePort).map(row => row.trim().split(/\s+/));
	return (
		rows.length > 0 &&
		rows.every(
			([, , , , , timer = '', retransmissions = '0']) =>
				timer.startsWith(retransmitting) && Number.parseInt(retransmissions, 16) >= deadRetransmissions,
		)
	);
};

/** Those rows of a table in a file, which may have a hundred thousand: it is looked through piece by piece. */
const readRows = async (file: string, localPort: number, remotePort: number): Promise<string[]> => {
	const rows: string[] = [];
	let rest = '';
	try {
		for await (const piece of createReadStream(file, 'latin1')) {
			const text = rest + piece;
			const end = text.lastIndexOf('\n') + 1;
			rows.push(...rowsOf(text.slice(0, end), localPort, remotePort));
			rest = text.slice(end);
		}
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
		const rows = [
			...(await readRows('/proc/net/tcp', localPort, remotePort)),
			...(await readRows('/proc/net/tcp6', localPort, remotePort)),
		];
		this.#next = performance.now() + this.#everyMs;
		return isSilent(rows.join('\n'), localPort, remotePort);
	}
}
