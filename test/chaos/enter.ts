import type {LineOfType} from '../conformance/client.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import type {Address} from '../support/peer.ts';

/** Whoever can sign a challenge: a client's key, or that of a test. */
type Key = {readonly pub: string; sign(srv: string, nonce: string, login: string): string};

type Hello = NonNullable<Parameters<typeof ExtendedPeer.hello>[2]>;

export type Entered = {
	readonly peer: ExtendedPeer;
	readonly welcome: LineOfType<'welcome'>;
	/** What came between the welcome and `@live`. */
	readonly missed: readonly LineOfType<'msg'>[];
	readonly gap: LineOfType<'gap'> | undefined;
};

/** Logs in with a key, and reads on to `@live`. */
export const enter = async (
	address: Address,
	login: string,
	key: Key | undefined,
	hello: Hello = {},
): Promise<Entered> => {
	const peer = await ExtendedPeer.hello(address, login, {...hello, pub: key?.pub});
	let first = await peer.next();
	if (first.type === 'challenge' && key !== undefined) {
		peer.say({type: 'auth', sig: key.sign(first.srv, first.nonce, login)});
		first = await peer.next();
	}
	if (first.type !== 'welcome') throw new Error(`${login} was not let in: ${JSON.stringify(first)}`);
	peer.welcome = first;
	const lines = hello.role === undefined ? await peer.until('live') : [];
	const missed = lines.filter(line => line.type === 'msg');
	return {peer, welcome: first, missed, gap: lines.find(line => line.type === 'gap')};
};

/** A whole conversation, page after page. */
export const historyOf = async (
	peer: ExtendedPeer,
	others: readonly string[],
): Promise<readonly LineOfType<'msg'>[]> => {
	const all: LineOfType<'msg'>[] = [];
	for (let page = 0; ; page++) {
		const req = `page${page}`;
		peer.say({type: 'history', with: others, after: all.at(-1)?.n ?? 0, limit: 100, req});
		const lines = await peer.until('end');
		all.push(...lines.filter(line => line.type === 'msg'));
		const end = lines.at(-1);
		if (end?.type !== 'end' || end.more !== true) return all;
	}
};
