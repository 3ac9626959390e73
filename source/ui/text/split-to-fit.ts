import {clusterWidth} from './width.ts';

/** What stands for a wide character in a window of one column. */
const tooWide = '□';

// What has no width of its own stays with what it stands on: alone it would be another character.
function splitByWidth(cluster: string): string[] {
	const parts: string[] = [];
	for (const codePoint of cluster) {
		if (parts.length > 0 && clusterWidth(codePoint) === 0) parts[parts.length - 1] += codePoint;
		else parts.push(codePoint);
	}
	return parts;
}

/**
 * A cluster as pieces of at most `columns` cells: itself if it fits. What is longer than a row (a chain of jamo, a token
 * in a narrow window) is cut between its letters; a single character that is too wide becomes `□`.
 */
export function splitToFit(cluster: string, columns: number): string[] {
	if (clusterWidth(cluster) <= columns) return [cluster];
	const parts = splitByWidth(cluster);
	return parts.length > 1 ? parts.flatMap(part => splitToFit(part, columns)) : [tooWide];
}
