const begin = '<!-- figures: npm run bench:report writes what stands from here';
const end = '<!-- to here -->';

/**
 * `document` with `generated` in place of what stands between the two markers; everything else stays as it is.
 *
 * @throws {Error} unless both markers stand there once, each in a line of its own
 */
export function insertFigures(document: string, generated: string): string {
	const lines = document.split('\n');
	const from = placesOf(lines, line => line.startsWith(begin));
	const to = placesOf(lines, line => line === end);
	const [first, last] = [from[0], to[0]];
	if (from.length !== 1 || to.length !== 1 || first === undefined || last === undefined || last < first) {
		throw new Error(`there has to be one line that begins with "${begin}", and one "${end}" below it`);
	}
	return [...lines.slice(0, first + 1), '', generated.trim(), '', ...lines.slice(last)].join('\n');
}

function placesOf(lines: readonly string[], isMeant: (line: string) => boolean): number[] {
	return lines.flatMap((line, number) => (isMeant(line) ? [number] : []));
}
