import {meaningsOf} from '../help/everyday-words.ts';
import {helpSections, type Section} from '../help/help-text.ts';
import {keySections} from '../help/key-table.ts';
import {keepLast} from '../screen/keep-last.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {layOutWindow} from '../screen/window-layout.ts';
import {displayWidth} from '../text/width.ts';
import {truncate, wrapText} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

type PageProps = {
	readonly kind: 'help' | 'keys';
	/** Words, all of which what is shown has to have in it. */
	readonly query: string;
	readonly columns: number;
	readonly theme: Theme;
};

/** Columns of what is typed or pressed, in windows that have room for it beside what it does; fewer if there are few. */
const termColumns = {most: 30, fewer: 22} as const;
const minColumnsForMost = 80;
const minColumnsBeside = 56;

/** Wider rows are hard to read. */
const widestPage = 100;

/** The rows of a page, styled and cut to the width. */
const pageRows = keepLast(({kind, query, columns, theme}: PageProps): readonly string[] => {
	const sections = found(kind === 'help' ? helpSections : keySections, query);
	if (sections.length === 0) return [theme.dim(truncate(' nothing has all of these words in it', columns))];
	return sections.flatMap(({title, paragraphs, entries}, at) => [
		...(at > 0 ? [''] : []),
		theme.strong(truncate(` ${title}`, columns)),
		...paragraphs.flatMap((text, place) => [
			...(place > 0 ? [''] : []),
			...wrapText(text, columns - 2).map(row => `  ${row}`),
		]),
		...entries.flatMap(entry => entryRows(entry, columns, theme)),
	]);
});

function entryRows(
	[term, does]: Section['entries'][number],
	columns: number,
	theme: Theme,
): readonly string[] {
	const termWidth = columns < minColumnsForMost ? termColumns.fewer : termColumns.most;
	const isBeside = columns >= minColumnsBeside && displayWidth(term) < termWidth - 2;
	const indent = columns < minColumnsBeside ? 4 : termWidth;
	const rows = wrapText(does, columns - indent).map(row => ' '.repeat(indent) + row);
	const [first = '', ...others] = rows;
	if (!isBeside) return [...wrapText(term, columns - 2).map(row => theme.strong(`  ${row}`)), ...rows];
	const gap = ' '.repeat(indent - 2 - displayWidth(term));
	return [`  ${theme.strong(term)}${gap}${first.slice(indent)}`, ...others];
}

/** What has all words in it; a section whose title has them is there as a whole. */
function found(sections: readonly Section[], query: string): readonly Section[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean).map(meaningsOf);
	const has = (text: string) => {
		const small = text.toLowerCase();
		return words.every(meanings => meanings.some(meant => small.includes(meant)));
	};
	return sections
		.map(section =>
			has(section.title)
				? section
				: {
						...section,
						paragraphs: section.paragraphs.filter(has),
						entries: section.entries.filter(entry => has(entry.join(' '))),
					},
		)
		.filter(({paragraphs, entries}) => paragraphs.length + entries.length > 0);
}

/** How many rows the page has that is looked at. */
export const pageHeight = (state: ScreenState): number => rowsOfPage(state)?.length ?? 0;

/** The page that is looked at, if there is one. */
export function rowsOfPage(state: ScreenState): readonly string[] | undefined {
	const {overlay, theme} = state;
	if (overlay === undefined || overlay.kind === 'go') return undefined;
	return pageRows({
		kind: overlay.kind,
		query: overlay.query,
		columns: Math.min(layOutWindow(state).paneColumns, widestPage),
		theme,
	});
}
