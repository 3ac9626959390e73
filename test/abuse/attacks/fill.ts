import type {Peer} from '../../support/peer.ts';

/** A sender that is rested waits for at least so long (`docs/protocol.md`), in ms. */
const restMs = 45;
const part = Array.from({length: 60}, () => 'w'.repeat(3000));

/**
 * Sends so much to somebody who does not read that some of it waits in the server, which shows when the sender is rested;
 * that is more than the kernels hold on the way.
 *
 * @returns how many lines were sent; each is `filling`
 */
export const fillUp = async (sender: Peer, login: string, reader: string): Promise<number> => {
	for (let parts = 1; ; parts++) {
		sender.send(...part.map(text => `${reader}: ${text}`));
		const startedAt = performance.now();
		sender.send(`${login}: filled`);
		await sender.line();
		if (performance.now() - startedAt > restMs || parts >= 100) return parts * part.length;
	}
};

export const filling = part[0] ?? '';
