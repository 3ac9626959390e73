/** Whether one letter is wrong, missing or too many, or two neighbours have changed places. */
export function isSlip(typed: string, meant: string): boolean {
	let start = 0;
	while (start < typed.length && typed[start] === meant[start]) start++;
	let end = 0;
	const most = Math.min(typed.length, meant.length) - start;
	while (end < most && typed.at(-1 - end) === meant.at(-1 - end)) end++;
	const [a, b] = [typed, meant].map(text => text.slice(start, text.length - end));
	if (a === undefined || b === undefined) return false;
	return a.length <= 1 && b.length <= 1 ? true : a.length === 2 && a === `${b[1]}${b[0]}`;
}
