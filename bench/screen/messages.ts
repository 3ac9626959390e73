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
 * Whether the numbers of one page of messages are those of an earlier page than others. Each sender's come in order, but a
 * chunk of one may come before a chunk of the other with lower numbers.
 */
export function leadsUp([from, ...others]: readonly number[], [to]: readonly number[]): boolean {
	if (from === undefined || to === undefined || to === from) return false;
	return from % senders === to % senders ? to < from : !others.includes(to);
}

/** Of our own screen while somebody reads further up: so many messages are newer, the last of which stand below. */
const newerRule = /── (\d+) newer /;

/** Whether messages that are newer than what is read are left out from these rows. */
export const isScrolledUp = (rows: readonly string[]): boolean => rows.some(row => newerRule.test(row));

/**
 * What is wrong with the messages on these rows, in words; undefined if nothing is: each has its own text, and of each
 * sender they follow each other without a gap, but for what a rule says to be left out.
 *
 * @param last the newest message; left out, nobody knows which it should be
 */
export function findWrong(rows: readonly string[], last?: number): string | undefined {
	const text = rows.join('\n');
	const numbers = numbersOn(rows);
	const damaged = numbers.find(n => !text.includes(markOf(n)));
	if (damaged !== undefined) return `message ${damaged} has another text`;
	const rule = rows.findIndex(row => newerRule.test(row));
	const newest = rule === -1 ? [] : numbersOn(rows.slice(rule));
	const leftOut = Number(newerRule.exec(rows[rule] ?? '')?.[1] ?? 0) - newest.length;
	for (let sender = 0; sender < senders; sender++) {
		const own = numbers.filter(n => n % senders === sender);
		const firstNewest = newest.find(n => n % senders === sender);
		const gap = own.find((n, i) => {
			const step = n - (own[i - 1] ?? n - senders);
			return step < senders || step > senders * (n === firstNewest ? 1 + leftOut : 1);
		});
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
