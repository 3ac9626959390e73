import type {ChatLine} from '../../chat/chat-line.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {moreNames, shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {timeColumns} from './line-context.ts';

/** How far the rows of a text stand in below a head that has no column of its own. */
export const hangingColumns = 2;

/** Narrower windows have no cells to spare for a column of heads. */
const minColumnsForHeads = 40;

/** Cells that a head may have with a text beside it: half of what the time leaves. */
const headRoom = (columns: number): number => Math.floor((columns - timeColumns(columns)) / 2);

/**
 * Where the head of a line stands: behind a short one the text has a column of its own, a longer one takes part of the
 * first row only, and one that would leave little of it has a row to itself.
 */
export function placeOfHead(width: number, columns: number): 'column' | 'beside' | 'above' {
	const widest = columns < minColumnsForHeads ? 0 : Math.max(8, Math.min(20, Math.floor(columns / 6)));
	if (width <= widest) return 'column';
	return width <= headRoom(columns) ? 'beside' : 'above';
}

/** Who said it; and to whom, if others got it too. We are the last of them, as that is known best. */
export function headOf(
	from: string,
	{to = [], party}: ChatLine & {kind: 'message'},
	columns: number,
	lookAlikes: LookAlikes | undefined,
): string {
	const isForMore = to.length > 1 || to.some(name => name.startsWith('#'));
	if (!isForMore) return `${from}: `;
	const isUs = (name: string) => party !== undefined && !party.members.includes(name);
	const names = [...to.filter(name => !isUs(name)), ...to.filter(isUs)];
	return headWith(`${from} → `, names, columns, lookAlikes);
}

/** To whom we said it. */
export const headOfOwn = (
	to: readonly string[],
	columns: number,
	lookAlikes: LookAlikes | undefined,
): string => headWith('→ ', to, columns, lookAlikes);

/** With as many names as have room, one at least, and how many more they are. */
function headWith(
	start: string,
	names: readonly string[],
	columns: number,
	lookAlikes: LookAlikes | undefined,
): string {
	const shown = names.map(name => shownName(name, lookAlikes));
	for (let count = shown.length; ; count--) {
		const more = moreNames(names.slice(count), lookAlikes);
		const head = `${start}${shown.slice(0, count).join(', ')}${more}: `;
		if (count <= 1 || displayWidth(head) <= headRoom(columns)) return head;
	}
}
