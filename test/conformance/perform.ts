import type {Address} from '../support/peer.ts';
import type {Case} from './case.ts';
import {Server} from './server.ts';

/** What a case has shown. */
export type Outcome = {
	readonly case: Case;
	/** What was seen instead; undefined if the rule held. */
	readonly problem: string | undefined;
	/** The lines that went and came last. */
	readonly transcript: readonly string[];
};

export type PerformOptions = {
	/** Longest wait for one thing that has to come. Default 3,000. */
	readonly patienceMs?: number;
	/** Cases at once. Default 6, each of which has a handful of connections. */
	readonly atOnce?: number;
	readonly onDone?: (outcome: Outcome) => void;
};

/** The longest that a case may take, in waits for one thing: it would be cut before by one of its own. */
const waitsOfCase = 4;

/** Runs the cases, and settles when all have ended; the outcomes come in the order of the cases. */
export const perform = async (
	cases: readonly Case[],
	address: Address,
	{patienceMs = 3000, atOnce = 6, onDone = () => {}}: PerformOptions = {},
): Promise<readonly Outcome[]> => {
	const outcomes = new Map<Case, Outcome>();
	const work = async (waiting: Iterator<Case, void>) => {
		for (let {done, value} = waiting.next(); !done && value; {done, value} = waiting.next()) {
			const outcome = await performOne(value, address, patienceMs);
			outcomes.set(value, outcome);
			onDone(outcome);
		}
	};
	const together = cases.filter(({isLast}) => !isLast).values();
	await Promise.all(Array.from({length: atOnce}, () => work(together)));
	await work(cases.filter(({isLast}) => isLast).values());
	return cases.flatMap(one => outcomes.get(one) ?? []);
};

const performOne = async (one: Case, address: Address, patienceMs: number): Promise<Outcome> => {
	const server = new Server(address, patienceMs);
	const mostMs = waitsOfCase * patienceMs;
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`it was not over after ${mostMs} ms`)), mostMs);
	});
	let problem: string | undefined;
	try {
		await Promise.race([one.run(server), deadline]);
	} catch (error) {
		problem = (error as Error).message;
	}
	clearTimeout(timer);
	server.close();
	return {case: one, problem, transcript: server.transcript};
};

/**
 * Which dialect a server speaks: one that is plain takes no notice of a hello.
 *
 * @throws an error with a `code` when nobody is there
 */
export const findDialect = async (
	address: Address,
	patienceMs = 3000,
): Promise<{readonly dialect: 'a-chat/1' | 'plain'; readonly first: string}> => {
	const server = new Server(address, patienceMs);
	try {
		const one = await server.knock(server.name('probe'), false);
		one.send(one.login, '@hello a-chat=1 caps=ack', `${one.login}: ready`);
		// Who says nothing at all is no a-chat server; then the plain cases tell what it does.
		const first = await one.line().catch((error: Error) => error.message);
		return {dialect: first.startsWith('@') ? 'a-chat/1' : 'plain', first};
	} finally {
		server.close();
	}
};
