import type {ServerLine} from '../../../source/protocol/extended/server-lines.ts';
import {Client} from './client.ts';
import type {Ledger} from './ledger.ts';
import type {Query} from './pages.ts';
import type {PlainClient} from './plain-client.ts';

/**
 * Holds a page against what may be read.
 *
 * @param isLate whether the newest may be missing in a search
 */
export const judgePage = (
	ledger: Ledger,
	{client, all, most, isSearch, isUp}: Query,
	answer: readonly ServerLine[],
	isLate: boolean,
): void => {
	const {login} = client.stored;
	const found = answer.flatMap(line => (line.type === 'msg' ? [line.n ?? 0] : []));
	const end = answer.at(-1);
	const known = all.flatMap(({n}) => n ?? []).toSorted((a, b) => a - b);
	const page = isUp ? known.slice(0, most) : known.slice(-most);
	const isFuzzy = all.some(
		({n, state, sender}) => n === undefined && state === 'maybe' && sender !== undefined,
	);
	if (isFuzzy || (isSearch && isLate)) {
		for (const n of found) if (!known.includes(n)) ledger.fail(`${login} may not read ${n}`);
		if (new Set(found).size !== found.length)
			ledger.fail(`${login} got a page with a number twice: ${found}`);
		return;
	}
	const expected = isSearch ? page.toReversed() : page;
	if (found.join() !== expected.join()) ledger.fail(`${login} got the page ${found} instead of ${expected}`);
	const hasMore = end?.type === 'end' && end.more === true;
	if (hasMore !== known.length > most) ledger.fail(`${login} got a page that ends with more=${hasMore}`);
};

/** Who asked who is here gets everybody. */
export const judgeWho = (
	ledger: Ledger,
	clients: readonly (Client | PlainClient)[],
	watcher: string,
): void => {
	const here = clients.map(one =>
		one instanceof Client ? `${one.stored.login} extended` : `${one.login} plain`,
	);
	const expected = [...here, `${watcher} extended`].toSorted().join();
	for (const client of clients) {
		if (!(client instanceof Client)) continue;
		for (const [req, lines] of client.answers.pages) {
			client.answers.pages.delete(req);
			if (!req.startsWith('who')) continue;
			const users = lines.flatMap(line => (line.type === 'user' ? [`${line.login} ${line.kind}`] : []));
			if (users.toSorted().join() !== expected)
				ledger.fail(`${client.stored.login} is told that ${users} are here, and not ${expected}`);
		}
	}
};
