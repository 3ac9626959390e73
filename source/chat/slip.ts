/** The first of these names that a word is a slip of the finger away from; whether letters are small does not count. */
export function nearest<Name extends string>(word: string, names: Iterable<Name>): Name | undefined {
	const typed = word.toLowerCase();
	for (const name of names) if (isSlip(typed, name.toLowerCase())) return name;
	return undefined;
}

/** Whether one letter is wrong, missing or too many, or two neighbours have changed places. */
function isSlip(typed: string, meant: string): boolean {
	let start = 0;
	while (start < typed.length && typed[start] === meant[start]) start++;
	let end = 0;
	const most = Math.min(typed.length, meant.length) - start;
	while (end < most && typed.at(-1 - end) === meant.at(-1 - end)) end++;
	const [a, b] = [typed, meant].map(text => text.slice(start, text.length - end));
	if (a === undefined || b === undefined) return false;
	return a.length <= 1 && b.length <= 1 ? true : a.length === 2 && a === `${b[1]}${b[0]}`;
}
