import type {ChatLine, Comings} from './chat-line.ts';
import {keyOf} from './names.ts';
import type {People, PersonChange} from './people.ts';
import {appendLines, type Scrollback} from './scrollback.ts';

/** Where more people are here nobody wants to know of each who comes and goes. */
const maxPeople = 100;

/** How long a line about it goes on, in ms, as long as nothing else is said. */
const foldMs = 10 * 60_000;

/** Names that a line says of those who came, and of those who left; of others how many they are. */
const maxNames = 8;

/** Names that it remembers for that. */
const maxKept = 64;

/**
 * Says who came and who left, in one line as long as nothing else is said: `alice, bob came · carol left`. Who did both
 * counts by what was last.
 *
 * @param people who was here before
 * @param login who we are, which is not told
 * @param at when it was, in ms since 1970
 */
export function tellComings(
	scrollback: Scrollback,
	{people, login}: {readonly people: People; readonly login: string},
	changes: readonly PersonChange[],
	at: number,
): Scrollback {
	if (people.size > maxPeople) return scrollback;
	const own = keyOf(login);
	const moves = movesOf(
		people,
		changes.filter(change => keyOf(change.login) !== own),
	);
	if (moves.length === 0) return scrollback;
	const last = scrollback.lines.at(-1);
	if (last?.kind !== 'notice' || last.comings === undefined || Math.abs(at - last.at) > foldMs) {
		const comings = addMoves({came: [], left: []}, moves);
		return appendLines(scrollback, [{kind: 'notice', at, text: describe(comings), comings}]);
	}
	const comings = addMoves(last.comings, moves);
	const line: ChatLine = {...last, text: describe(comings), comings};
	return {
		...scrollback,
		lines: [...scrollback.lines.slice(0, -1), line],
		units: scrollback.units + line.text.length - last.text.length,
	};
}

type Move = {readonly login: string; readonly hasCome: boolean};

/** Who came or left; who only is away, or is told of twice, did neither. */
function movesOf(people: People, changes: readonly PersonChange[]): readonly Move[] {
	const isHere = new Map<string, boolean>();
	return changes.flatMap(({login, state}) => {
		const key = keyOf(login);
		if (key === undefined) return [];
		const hasCome = state !== 'gone';
		if ((isHere.get(key) ?? people.has(key)) === hasCome) return [];
		isHere.set(key, hasCome);
		return [{login, hasCome}];
	});
}

function addMoves(comings: Comings, moves: readonly Move[]): Comings {
	const came = new Set(comings.came);
	const left = new Set(comings.left);
	for (const {login, hasCome} of moves) {
		const [to, from] = hasCome ? [came, left] : [left, came];
		from.delete(login);
		if (to.size < maxKept) to.add(login);
	}
	return {came: [...came], left: [...left]};
}

function describe({came, left}: Comings): string {
	const parts = [came.length > 0 && `${list(came)} came`, left.length > 0 && `${list(left)} left`];
	return parts.filter(Boolean).join(' · ');
}

function list(names: readonly string[]): string {
	const shown = names.slice(0, maxNames).join(', ');
	const others = names.length - maxNames;
	if (others <= 0) return shown;
	return `${shown} and ${others} ${others === 1 ? 'other' : 'others'}`;
}
