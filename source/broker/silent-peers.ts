import {readFile} from 'node:fs/promises';

/**
 * Retransmissions in a row without an answer after which a peer counts as dead. The kernel doubles the time between
 * them from 0.2 s on, so that six take 12 s on a local network and 40 s on a slow path.
 */
const deadRetransmissions = 6;

const established = '01';
const retransmitting = '01:';

/**
 * Whether the peer of a connection leaves retransmissions unanswered, by a table in the format of Linux's
 * /proc/net/tcp. Only ports are compared: should several addresses share them, all have to be silent.
 */
export const isSilent = (table: string, localPort: number, remotePort: number): boolean => {
	const [local, remote] = [localPort, remotePort].map(
		port => `:${port.toString(16).toUpperCase().padStart(4, '0')}`,
	);
	const rows = table
		.split('\n')
		.filter(row => row.includes(`${local} `) && row.includes(`${remote} ${established} `))
		.map(row => row.trim().split(/\s+/));
	return (
		rows.length > 0 &&
		rows.every(
			([, , , , , timer = '', retransmissions = '0']) =>
				timer.startsWith(retransmitting) && Number.parseInt(retransmissions, 16) >= deadRetransmissions,
		)
	);
};

/**
 * Finds peers that are gone without a word while something was under way to them. TCP keep-alive does not: it waits
 * for what is under way, which the kernel gives up after a quarter of an hour only.
 */
export class SilentPeers {
	readonly #everyMs: number;
	#next = 0;

	/** @param everyMs the kernel's table may be long, and is read at most so often */
	constructor(everyMs: number) {
		this.#everyMs = everyMs;
	}

	/** Whether a peer is silent as far as is known: false where there is no such table, or if it was just read. */
	async has(localPort: number, remotePort: number): Promise<boolean> {
		if (performance.now() < this.#next) return false;
		this.#next = performance.now() + this.#everyMs;
		const tables = await Promise.all(
			['/proc/net/tcp', '/proc/net/tcp6'].map(file => readFile(file, 'latin1').catch(() => '')),
		);
		return isSilent(tables.join('\n'), localPort, remotePort);
	}
}
