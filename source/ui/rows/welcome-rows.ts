import {keyOf, type LookAlikes} from '../../chat/names.ts';
import type {People} from '../../chat/people.ts';
import {shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

export type WelcomeProps = {
	readonly login: string;
	/** Where the chat is, as people write it. */
	readonly address: string;
	/** Whether the broker runs in this process: then it has said how others join it. */
	readonly isHosting: boolean;
	/** Who is here, if that is known. */
	readonly people: People | undefined;
	readonly lookAlikes: LookAlikes;
	readonly columns: number;
	/** Of the pane. */
	readonly rows: number;
	readonly theme: Theme;
};

/** Cells of what is typed, in windows that have room for it beside what it does. */
const termColumns = 22;
const minColumnsBeside = 58;

/** Names that are said at most. */
const maxNames = 3;

/** The few things to know where nothing is said yet; at most half of a pane. */
export function welcomeRows({rows, columns, theme, ...known}: WelcomeProps): readonly string[] {
	const room = Math.floor(rows / 2);
	const others = othersIn(known);
	const who = others === undefined ? [] : [theme.strong(truncate(` ${whoIsHere(others)}`, columns))];
	const isBeside = columns >= minColumnsBeside;
	const examples = (others?.plain ?? []).slice(0, room < 6 ? 1 : 2);
	const found = entriesFor(examples, {...known, isBeside});
	const entries = found.map(([term, does]) => {
		const gap = ' '.repeat(isBeside ? Math.max(2, termColumns - displayWidth(term)) : 2);
		const shown = truncate(` ${term}`, columns);
		const isWhole = displayWidth(shown + gap + does) <= columns;
		return theme.strong(shown) + (isWhole ? gap + does : '');
	});
	const all = [...who, ...entries];
	return room > all.length ? ['', ...all] : all.slice(0, room);
}

/** How many others are here, and what the first of them are called. */
function othersIn({people, login, lookAlikes}: Pick<WelcomeProps, 'people' | 'login' | 'lookAlikes'>) {
	if (people === undefined) return undefined;
	const others = new Map(people);
	others.delete(keyOf(login) ?? '');
	const names = [...others.values()].slice(0, maxNames).map(person => shownName(person.login, lookAlikes));
	// What is to be typed has no marks in it.
	const plain = names.filter(name => others.has(keyOf(name) ?? ''));
	return {names, plain, count: others.size};
}

function whoIsHere({names, count}: {readonly names: readonly string[]; readonly count: number}): string {
	if (count === 0) return 'nobody else is here';
	const parts = count > names.length ? [...names, `${count - names.length} more`] : names;
	const all = [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ');
	return `${all} ${count === 1 ? 'is' : 'are'} here`;
}

type Entry = readonly [term: string, does: string];

/** The most needed first; where there is no room for all of it one name is example enough. */
function entriesFor(
	[one = 'name', other]: readonly string[],
	{address, isHosting, isBeside}: Pick<WelcomeProps, 'address' | 'isHosting'> & {readonly isBeside: boolean},
): readonly Entry[] {
	const command = `a-chat-tui --join ${address}`;
	const invitation: Entry = isBeside ? ['others join with', command] : [command, 'for others'];
	return [
		[`${one}: hello`, one === 'name' ? 'writes to somebody' : `writes to ${one}`],
		...(other === undefined ? [] : [[`${one}, ${other}: hello`, 'writes to both of them'] as const]),
		...(isHosting ? [] : [invitation]),
		['F1', 'the keys; /help, all the rest'],
	];
}
