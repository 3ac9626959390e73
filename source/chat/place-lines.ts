import type {NewChatLine} from './chat-line.ts';
import {type Party, partyOf, partyOfMessage} from './conversation.ts';
import {isMentioned} from './mention.ts';

/** What messages of one sender to the same people have in common. */
type Way = {
	readonly from: string;
	readonly to: readonly string[] | undefined;
	readonly party: Party | undefined;
	readonly isForUsAlone: boolean;
};

/** Ways that are remembered. */
const maxWays = 500;

const ways = new Map<string, Way>();

/** The same lines with the conversations that they belong to. */
export const placeLines = (login: string, lines: readonly NewChatLine[]): readonly NewChatLine[] =>
	lines.map(line => {
		if (line.kind === 'notice') return line;
		if (line.kind === 'own') return {...line, party: partyOf(line.to, login)};
		const {isForUsAlone, ...way} = wayOf(line, login);
		return {...line, ...way, isForUs: isForUsAlone || isMentioned(line.text, login)};
	});

/**
 * Remembered, and shared by all lines that came the same way: thousands are held, and what is said of who said it to whom
 * would take more memory than what was said.
 */
function wayOf(
	{from, to}: {readonly from: string; readonly to?: readonly string[] | undefined},
	login: string,
): Way {
	// No name has a line feed in it.
	const key = [login, from, ...(to ?? [])].join('\n');
	const known = ways.get(key);
	if (known !== undefined) return known;
	const isForUsAlone = to === undefined || (to.length <= 1 && !to.some(name => name.startsWith('#')));
	const way = {from, to, party: partyOfMessage({from, to}, login), isForUsAlone};
	// On a foreign server anything may stand for a name.
	if (way.party === undefined) return way;
	if (ways.size >= maxWays) ways.clear();
	ways.set(key, way);
	return way;
}
