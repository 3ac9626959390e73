import type {ChatLine} from '../../chat/chat-line.ts';

/** What is shown of a line because of the one before it. */
export type LineContext = {
	/** The day begins here, as `Mon 2026-11-23`. */
	readonly day: string | undefined;
	/** The minute does. */
	readonly hasTime: boolean;
	/** It does not go on what the same person said to the same people right before. */
	readonly hasHead: boolean;
};

const minute = 60_000;
/** The longest one has an hour more. */
const day = 25 * 60 * minute;

/** After so long a silence of everybody a name is said again, in ms. */
const groupMs = 5 * minute;

/**
 * Compares a line with the one before it.
 *
 * @param hasDayAtTop whether the first line of all says its day
 */
export function contextOf(line: ChatLine, previous: ChatLine | undefined, hasDayAtTop: boolean): LineContext {
	if (!previous) return {day: hasDayAtTop ? dayOf(line.at) : undefined, hasTime: true, hasHead: true};
	// All zones of today are whole minutes apart from UTC, so within a minute the day is the same.
	const hasTime = Math.floor(line.at / minute) !== Math.floor(previous.at / minute);
	const isNewDay = hasTime && !isSameDay(line.at, previous.at);
	return {
		day: isNewDay ? dayOf(line.at) : undefined,
		hasTime,
		hasHead: isNewDay || Math.abs(line.at - previous.at) > groupMs || !isSameSpeech(line, previous),
	};
}

export function isSameContext(one: LineContext, other: LineContext): boolean {
	return one.day === other.day && one.hasTime === other.hasTime && one.hasHead === other.hasHead;
}

/** Whether both were said by the same person to the same people. */
function isSameSpeech(line: ChatLine, previous: ChatLine): boolean {
	if (line.kind === 'message' && previous.kind === 'message')
		return line.from === previous.from && isSameList(line.to ?? [], previous.to ?? []);
	return line.kind === 'own' && previous.kind === 'own' && isSameList(line.to, previous.to);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((name, index) => name === other[index]);
}

/** Whether two times, in ms since 1970, are of the same day here. */
export function isSameDay(one: number, other: number): boolean {
	return Math.abs(one - other) < day && new Date(one).getDate() === new Date(other).getDate();
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The order of ISO 8601, which no reader takes for another. */
export function dateOf(at: number): string {
	const date = new Date(at);
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

export const dayOf = (at: number): string => `${weekdays[new Date(at).getDay()]} ${dateOf(at)}`;

/** Cells that the time takes in front of a line; narrower windows have no room for it. */
export const timeColumns = (columns: number): number => (columns >= 40 ? 6 : 0);

/** The hour and the minute here, as `09:05`. */
export function timeOf(at: number): string {
	const date = new Date(at);
	return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}
