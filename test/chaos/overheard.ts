import type {TestKey} from '../support/extended-peer.ts';
import {type Address, Peer} from '../support/peer.ts';

export type Words = {
	readonly login: string;
	/** Behind `@hello a-chat=1`; undefined for a plain peer. */
	readonly hello?: string | undefined;
	readonly key?: TestKey;
	/** What is written once it is in, or at once by a plain peer. */
	readonly lines?: readonly string[];
};

const mark = 4711;

/** Says all this, whether or not it is let in, and gives everything that it gets to read. */
export const overhear = async (
	address: Address,
	{login, hello, key, lines = []}: Words,
): Promise<readonly string[]> => {
	const peer = await Peer.connect(address);
	const read: string[] = [];
	const readUntil = async (isLast: (line: string) => boolean): Promise<void> => {
		try {
			for (let line = ''; !isLast(line); read.push(line)) line = await peer.line();
		} catch {
			// It was sent away.
		}
	};
	if (hello === undefined) {
		peer.send(login, ...lines);
		peer.end();
		await readUntil(() => false);
	} else {
		peer.send(login, `@hello a-chat=1 caps=ack ${key === undefined ? '' : `pub=${key.pub} `}${hello}`.trim());
		await readUntil(line => /^@(?:live|bye|challenge|welcome)\b/.test(line));
		const [, nonce = '', srv = ''] = /^@challenge nonce=(\S+) srv=(\S+)/.exec(read.at(-1) ?? '') ?? [];
		if (nonce !== '' && key !== undefined) {
			peer.send(`@auth sig=${key.sign(srv, nonce, login)}`);
			await readUntil(line => /^@(?:live|bye|welcome)\b/.test(line));
		}
		peer.send(...lines, `@ping n=${mark}`);
		await readUntil(line => line === `@pong n=${mark}`);
	}
	peer.socket.destroy();
	return read;
};

/** Whether they were let in. */
export const wasLetIn = (read: readonly string[]): boolean => read.some(line => line.startsWith('@welcome '));
