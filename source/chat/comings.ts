import type {ChatLine, Comings} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything} from './conversation.ts';
import type {Conversation} from './conversations.ts';
import {changeView, notice} from './lines-in-views.ts';
import {keyOf, memberKeyOf} from './names.ts';
import type {People, PersonChange} from './people.ts';
import {replaceLast} from './scrollback.ts';
import {scrollbackOf} from './views.ts';

/** Where more people are here nobody wants to know of each who comes and goes; but of whom one writes to. */
const maxPeople = 100;

/** How long a line about it goes on where everything is shown, in ms, as long as nothing else is said. */
const foldMs = 10 * 60_000;

/** Names that a line says of those who came, and of those who left; of others how many they are. */
const maxNames = 8;

/** Names that it remembers for that. */
const maxKept = 64;

/** Lines that are looked through for who takes part in a room, and for who has just said something. */
const lookedAt = 200;

/** Who comes is told of a little late: whoever has said something by then, so many ms before at most, is seen to be here. */
const lateMs = 2000;

type Move = {readonly login: string; readonly key: string; readonly hasCome: boolean};

/**
 * Says who came and who left, in one line as long as nothing else is said: `alice, bob came · carol left`. Who did both
 * counts by what was last. It is said where everything is shown, and in each conversation that they take part in.
 *
 * @param people who was here before
 * @param at when it was, in ms since 1970
 */
export function tellComings(
	state: ChatState,
	people: People,
	changes: readonly PersonChange[],
	at: number,
): ChatState {
	const moves = movesOf(people, changes, state.login);
	if (moves.length === 0) return state;
	const isCrowd = people.size > maxPeople;
	const told = isCrowd ? state : tellMoves(state, everything, moves, at);
	return [...state.conversations.values()].reduce((changed, conversation) => {
		const keys = keysOf(conversation, isCrowd);
		const those = moves.filter(({key}) => keys.has(key));
		return those.length === 0 ? changed : tellMoves(changed, conversation.id, those, at);
	}, told);
}

/** Says the same of a room, as far as it is one of the conversations. */
export function tellRoomComings(
	state: ChatState,
	room: string,
	{login, hasCome}: {readonly login: string; readonly hasCome: boolean},
	at: number,
): ChatState {
	const [view, key] = [memberKeyOf(room), keyOf(login)];
	const isCrowd = (state.people?.size ?? 0) > maxPeople;
	if (view === undefined || key === undefined || key === keyOf(state.login) || isCrowd) return state;
	return state.conversations.has(view) ? tellMoves(state, view, [{login, key, hasCome}], at) : state;
}

function tellMoves(state: ChatState, view: ConversationId, all: readonly Move[], at: number): ChatState {
	const {lines} = scrollbackOf(state, view);
	const moves = all.filter(move => !move.hasCome || !hasJustSpoken(lines, move, at));
	if (moves.length === 0) return state;
	const last = lines.at(-1);
	const isFolded = last?.kind === 'notice' && last.comings !== undefined;
	// In a conversation in which nothing is said for long it stays one line, with the time of the last of it.
	if (isFolded && (view !== everything || Math.abs(at - last.at) <= foldMs)) {
		const comings = addMoves(last.comings, moves);
		const line: ChatLine = {
			...last,
			at: view === everything ? last.at : at,
			text: describe(comings),
			comings,
		};
		return changeView(state, view, scrollback => replaceLast(scrollback, line));
	}
	const comings = addMoves({came: [], left: []}, moves);
	return notice(state, [{kind: 'notice', at, text: describe(comings), comings}], view);
}

/** Whether somebody has said something since they were told to have left, shortly before a time. */
function hasJustSpoken(lines: readonly ChatLine[], {login, key}: Move, at: number): boolean {
	for (let index = lines.length - 1; index >= Math.max(0, lines.length - lookedAt); index--) {
		const line = lines[index];
		if (line === undefined || at - line.at > lateMs) return false;
		if (line.kind === 'notice' && line.comings?.left.includes(login)) return false;
		if (line.kind === 'message' && keyOf(line.from) === key) return true;
	}
	return false;
}

/** Who takes part in a conversation: in a room, whoever has spoken there lately. */
function keysOf({id, scrollback}: Conversation, isCrowd: boolean): ReadonlySet<string> {
	const keys = id.split(',');
	if (isCrowd || !keys.some(key => key.startsWith('#'))) return new Set(keys);
	const speakers = scrollback.lines
		.slice(-lookedAt)
		.flatMap(line => (line.kind === 'message' ? (keyOf(line.from) ?? []) : []));
	return new Set([...keys, ...speakers]);
}

/** Who came or left beside us; who only is away, or is told of twice, did neither. */
function movesOf(people: People, changes: readonly PersonChange[], own: string): readonly Move[] {
	const isHere = new Map<string, boolean>();
	return changes.flatMap(({login, state}) => {
		const key = keyOf(login);
		if (key === undefined || key === keyOf(own)) return [];
		const hasCome = state !== 'gone';
		if ((isHere.get(key) ?? people.has(key)) === hasCome) return [];
		isHere.set(key, hasCome);
		return [{login, key, hasCome}];
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
