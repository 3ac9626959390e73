/** All that UTS #39 has for ASCII: enough until a login of other characters comes. */
let prototypes: ReadonlyMap<string, string> = new Map([
	['0', 'O'],
	['1', 'l'],
	['I', 'l'],
	['m', 'rn'],
]);

let isLoaded = false;

/**
 * Loads the whole table, by the confusables of Unicode 13: 5 ms beside what any import takes, which a chat of ASCII names never spends. What was
 * compared before stays valid, as ASCII means the same in both.
 */
export async function loadConfusables(): Promise<void> {
	if (isLoaded) return;
	const {default: confusables} = await import('unhomoglyph/data.json', {with: {type: 'json'}});
	prototypes = new Map(Object.entries(confusables));
	isLoaded = true;
}

/** The skeleton of a text (UTS #39, section 4): two texts that look the same have the same one. Only to compare by. */
const skeletonOf = (text: string): string =>
	Array.from(text.normalize('NFD'), character => prototypes.get(character) ?? character)
		.join('')
		.normalize('NFD');

/**
 * What a login may be read as: as it is written, and in both cases, as people take `Bob` and `bob` for one name and a
 * capital may look like a letter that its small form does not look like (Ι and ι). Needs `loadConfusables`, unless the
 * login is of ASCII.
 */
export const looksOf = (login: string): ReadonlySet<string> =>
	new Set([
		skeletonOf(login).toLowerCase(),
		skeletonOf(login.toLowerCase()).toLowerCase(),
		// Not folded: a capital I looks like a small l, and `allce` is not taken for `alice`.
		skeletonOf(login.toUpperCase()),
	]);
