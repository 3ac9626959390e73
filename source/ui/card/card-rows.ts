import {byUrgency, type Conversation, type Conversations} from '../../chat/conversations.ts';
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
	readonly conversations: Conversations;
	readonly columns: number;
	/** Of the pane. */
	readonly rows: number;
	readonly theme: Theme;
	readonly lookAlikes: LookAlikes;
};

const ways = [' Alt+A goes to the first', ' Alt+A goes there'];

/** Who wrote while somebody was away, those first who wrote to us; no row at all in a pane of one. */
export function cardRows({
	card,
	conversations,
	columns,
	rows,
	theme,
	lookAlikes,
}: CardProps): readonly string[] {
	const room = Math.min(maxRows, Math.floor(rows * maxPart));
	if (room === 0) return [];
	const unread = byUrgency(conversations);
	const title = titleOf(card, unread, columns - 2);
	const head = theme.strong(truncate(`──${title}`, columns));
	const rule = theme.dim('─'.repeat(Math.max(0, columns - displayWidth(title) - 2)));
	const way = theme.dim(firstFitting(ways, columns));
	const listed = unread.slice(0, unread.length > room - 2 ? room - 3 : room - 2);
	const more = unread.length - listed.length;
	const rest = more > 0 ? [theme.dim(truncate(` and in ${more} more`, columns))] : [];
	const body = [
		...listed.map(one => rowOf(one, {columns, theme, lookAlikes})),
		...rest,
		...(unread.length > 0 ? [way] : []),
	];
	return [head + rule, ...body].slice(0, room);
}

/** As many words as have room. */
function titleOf({messages, wasHere}: Card, conversations: readonly Conversation[], columns: number): string {
	const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
	if (messages === 0) return ` ${count(unread)} unread `;
	const since = wasHere ? 'while the connection was gone' : 'while you were away';
	// What came is read one conversation after the other, and there may be something of before.
	const left = unread === 0 || unread === messages ? '' : `· ${unread} unread `;
	const titles = [
		` ${count(messages)} came ${since} ${left}`,
		` ${count(messages)} ${since} ${left}`,
		` ${count(messages)} ${since} `,
	];
	return titles.find(title => title.length <= columns) ?? ` ${messages} new `;
}

const count = (messages: number): string => `${messages} ${messages === 1 ? 'message' : 'messages'}`;

function rowOf(
	{members, unread, mentions}: Conversation,
	{columns, theme, lookAlikes}: Pick<CardProps, 'columns' | 'theme' | 'lookAlikes'>,
): string {
	const isPrivate = members.length === 1 && !members[0]?.startsWith('#');
	const news = ` ${unread}${mentions > 0 && !isPrivate ? `, ${mentions} for you` : ''}`;
	const names = members.map(name => shownName(name, lookAlikes)).join(', ');
	const name = truncateNames(names, Math.max(1, columns - news.length - 1));
	return ` ${mentions > 0 ? theme.strong(name) : name}${truncate(news, columns - 1 - displayWidth(name))}`;
}
