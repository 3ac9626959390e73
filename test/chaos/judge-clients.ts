import type {Books, ClientBooks, Verdict} from './books.ts';
import type {KeptMessage} from './kept.ts';
import {readText} from './spoken.ts';

/** What became of the lines of one client, and what became of those that were for it. */
export const judgeClient = (books: Books, client: ClientBooks, verdict: Verdict): void => {
	judgeSender(books.kept, client, verdict);
	const acknowledged = new Set(books.clients.map(({login}) => login));
	judgeReader(books.kept, client, acknowledged, verdict);
};

const judgeSender = (kept: readonly KeptMessage[], client: ClientBooks, verdict: Verdict): void => {
	const {login, trace, waiting} = client;
	const numbers = kept.filter(row => row.login === login).map(({text}) => readText(text)?.number ?? -1);
	const stored = new Set(numbers);
	const numbersOf = (type: string) =>
		new Set(trace.flatMap(event => (event.type === type && 'number' in event ? [event.number] : [])));
	const [accepted, refused, inOutbox] = ['accepted', 'refused', 'kept'].map(numbersOf) as [
		Set<number>,
		Set<number>,
		Set<number>,
	];
	verdict.acked += accepted.size;
	verdict.refused += refused.size;
	verdict.checkOnce(numbers, `stored of ${login}`);
	verdict.checkOrder(numbers, `stored of ${login}`);
	for (const number of accepted)
		if (!stored.has(number)) verdict.add('lost', `${login} ${number} was acknowledged and is not stored`);
	for (const number of inOutbox)
		if (!stored.has(number) && !refused.has(number))
			verdict.add('lost', `${login} ${number} was in the outbox and never came`);
	for (const number of refused)
		if (stored.has(number)) verdict.add('foreign', `${login} ${number} was refused and is stored`);
	for (const text of waiting) verdict.add('lost', `${login} still has to send "${text.slice(0, 40)}"`);
};

const judgeReader = (
	kept: readonly KeptMessage[],
	{login, trace, held}: ClientBooks,
	acknowledged: ReadonlySet<string>,
	verdict: Verdict,
): void => {
	const wanted = new Map(
		kept.filter(row => row.to.includes(login) && row.login !== login).map(row => [row.id, row]),
	);
	const got = held.filter(({from}) => from !== login);
	for (const {id, text} of got)
		if (wanted.get(id)?.text !== text) verdict.add('foreign', `${login} holds "${text.slice(0, 60)}"`);
	const ids = new Set(got.map(({id}) => id));
	for (const {id, login: from, n, owners} of wanted.values())
		if (!ids.has(id) && (acknowledged.has(from) || owners.includes(login)))
			verdict.add('lost', `${login} has not got message ${n} of ${from}`);
	verdict.checkOrder(
		got.map(({n}) => n ?? -1),
		`held by ${login}`,
	);
	const shown = trace.flatMap(event => (event.type === 'message' ? [event] : []));
	verdict.checkOnce(
		shown.map(({id}) => id),
		`shown to ${login}`,
	);
	for (const number of shownAgain(login, trace))
		verdict.add('doubled', `${login} was shown its own ${number}, which it knew`);
};

/** Own lines that were shown as news by a program that had them: what it lost when it was killed may be news. */
const shownAgain = (login: string, trace: ClientBooks['trace']): number[] => {
	const again: number[] = [];
	let known = new Set<number>();
	for (const event of trace) {
		if (event.type === 'started') known = new Set(event.outbox);
		if (event.type === 'said') known.add(event.number);
		if (event.type !== 'message' || event.from !== login) continue;
		const number = readText(event.text)?.number ?? -1;
		if (known.has(number)) again.push(number);
	}
	return again;
};
