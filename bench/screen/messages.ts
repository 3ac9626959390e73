/** How many people talk; message `n` is of person `n % senders`. */
export const senders = 2;

const syllables = ['ba', 'de', 'fi', 'go', 'lu', 'ma', 'ne', 'pi', 'ro', 'tu', 'va', 'ze'];
const numberDigits = 6;

/** The number of a message and a word that only this message has: both stand in one row however it is wrapped. */
export const markOf = (n: number): string => `m${String(n).padStart(numberDigits, '0')} ${wordOf(n)}`;

/** The text of message `n`: its mark, and up to eleven words of a sentence. */
export function textOf(n: number): string {
	const words = Array.from({length: n % 12}, (_, i) => wordOf(n * 31 + i).slice(0, 3 + ((n + i) % 5)));
	return [markOf(n), ...words].join(' ');
}

/** Eight letters that follow from a number. */
function wordOf(n: number): string {
	let rest = Math.imul(n + 1, 0x9e3779b1) >>> 0;
	let word = '';
	for (let i = 0; i < 4; i++) {
		word += syllables[rest % syllables.length];
		rest = Math.floor(rest / syllables.length);
	}
	return word;
}

/** Numbers of the messages that stand on these rows, from top to bottom. */
export function numbersOn(rows: readonly string[]): number[] {
	return rows.flatMap(row => Array.from(row.matchAll(/\bm(\d{6})/g), ([, digits]) => Number(digits)));
}

/**
 * What is wrong with the messages on these rows, in words; undefined if nothing is: each has its own text, and of each
 * sender they follow each other without a gap.
 *
 * @param last the newest message; left out, nobody knows which it should be
 */
export function findWrong(rows: readonly string[], last?: number): string | undefined {
	const text = rows.join('\n');
	const numbers = numbersOn(rows);
	const damaged = numbers.find(n => !text.includes(markOf(n)));
	if (damaged !== undefined) return `message ${damaged} has another text`;
	for (let sender = 0; sender < senders; sender++) {
		const own = numbers.filter(n => n % senders === sender);
		const gap = own.find((n, i) => i > 0 && n !== (own[i - 1] ?? 0) + senders);
		if (gap !== undefined) return `message ${gap} does not follow the one before`;
	}
	if (last === undefined) return undefined;
	const missing = lastOnes(last).find(n => !numbers.includes(n));
	return missing === undefined ? undefined : `message ${missing} is not there`;
}

/** The newest message of each sender when `last` is the newest of all. */
export function lastOnes(last: number): number[] {
	return Array.from({length: senders}, (_, i) => last - i).filter(n => n >= 0);
}
