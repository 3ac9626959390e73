import type {Missed} from '../../chat/missed.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {firstFitting} from '../text/first-fitting.ts';
import {shownName, truncateNames} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import type {Card} from './card.ts';

/** Rows of a card at most; and never more than a part of the pane. */
const maxRows = 6;
const maxPart = 2 / 3;

export type CardProps = {
	readonly card: Card;
	readonly columns: number;
	/** Of the pane. */
	readonly rows: number;
	readonly theme: Theme;
	readonly lookAlikes: LookAlikes;
};

const ways = [' Alt+A goes to the first', ' Alt+A goes there'];

/** Who wrote while somebody was away, those first who wrote to us; no row at all in a pane of one. */
export function cardRows({card, columns, rows, theme, lookAlikes}: CardProps): readonly string[] {
	const room = Math.min(maxRows, Math.floor(rows * maxPart));
	if (room === 0) return [];
	const {missed} = card;
	const title = titleOf(card, columns - 2);
	const head = theme.strong(truncate(`──${title}`, columns));
	const rule = theme.dim('─'.repeat(Math.max(0, columns - displayWidth(title) - 2)));
	const way = theme.dim(firstFitting(ways, columns));
	const listed = missed.slice(0, missed.length > room - 2 ? room - 3 : room - 2);
	const more = missed.length - listed.length;
	const rest = more > 0 ? [theme.dim(truncate(` and in ${more} more`, columns))] : [];
	const body = [
		...listed.map(one => rowOf(one, {columns, theme, lookAlikes})),
		...rest,
		...(missed.length > 0 ? [way] : []),
	];
	return [head + rule, ...body].slice(0, room);
}

/** As many words as have room. */
function titleOf({messages, wasHere}: Card, columns: number): string {
	const count = `${messages} ${messages === 1 ? 'message' : 'messages'}`;
	const since = wasHere ? 'while the connection was gone' : 'while you were away';
	const titles = [` ${count} came ${since} `, ` ${count} ${since} `];
	return titles.find(title => title.length <= columns) ?? ` ${messages} new `;
}

function rowOf(
	{members, messages, mentions}: Missed,
	{columns, theme, lookAlikes}: Pick<CardProps, 'columns' | 'theme' | 'lookAlikes'>,
): string {
	const isPrivate = members.length === 1 && !members[0]?.startsWith('#');
	const count = ` ${messages}${mentions > 0 && !isPrivate ? `, ${mentions} for you` : ''}`;
	const names = members.map(name => shownName(name, lookAlikes)).join(', ');
	const name = truncateNames(names, Math.max(1, columns - count.length - 1));
	return ` ${mentions > 0 ? theme.strong(name) : name}${truncate(count, columns - 1 - displayWidth(name))}`;
}
