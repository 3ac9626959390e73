import type {ChatState} from '../../chat/chat-state.ts';
import {type ConversationId, everything} from '../../chat/conversation.ts';
import type {Conversations} from '../../chat/conversations.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {viewsOf} from '../../chat/views.ts';
import {shownName, truncateNames} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

/** What the list is made from. */
export type Listed = Pick<ChatState, 'conversations' | 'open' | 'lookAlikes'> & {
	readonly drafts: ReadonlyMap<ConversationId, unknown>;
	readonly theme: Theme;
	readonly columns: number;
};

type Entry = {
	readonly id: ConversationId;
	readonly isOpen: boolean;
	readonly title: string;
	/** What stands at the right: a draft, unread messages, and whether some of them are for us. */
	readonly marks: string;
	readonly isNew: boolean;
	readonly isUrgent: boolean;
	readonly isMuted: boolean;
};

/** The views in the order of the list. */
function entriesOf({conversations, open, lookAlikes, drafts}: Listed): readonly Entry[] {
	return viewsOf({conversations}).map(id => {
		const conversation = conversations.get(id);
		const {unread = 0, mentions = 0, isMuted = false} = conversation ?? {};
		const marks = [drafts.has(id) ? '*' : '', unread > 0 ? countOf(unread) : '', mentions > 0 ? '!' : ''];
		return {
			id,
			isOpen: id === open,
			title: titleOf(conversations, lookAlikes, id),
			marks: marks.join(''),
			isNew: unread > 0,
			isUrgent: mentions > 0,
			isMuted,
		};
	});
}

/** What a view is called. */
function titleOf(conversations: Conversations, lookAlikes: LookAlikes, id: ConversationId): string {
	if (id === everything) return 'everything';
	return (conversations.get(id)?.members ?? []).map(name => shownName(name, lookAlikes)).join(', ');
}

const countOf = (count: number): string => (count > 999 ? '999+' : String(count));

/**
 * The list at the left: a row for each view, as wide as it is, with a rule and a blank behind it. If they are more than
 * there are rows, those around the open one.
 */
export function listRows({rows, ...listed}: Listed & {readonly rows: number}): readonly string[] {
	const {theme, columns} = listed;
	const entries = entriesOf(listed);
	const open = entries.findIndex(({isOpen}) => isOpen);
	const first = Math.max(0, Math.min(open - Math.floor(rows / 2), entries.length - rows));
	const width = columns - 2;
	return Array.from({length: rows}, (_, row) => {
		const entry = entries[first + row];
		const text = entry ? rowOf(entry, first + row, width) : ' '.repeat(width);
		return styleOf(entry, theme)(text) + theme.line('│ ');
	});
}

function rowOf({title, marks}: Entry, index: number, width: number): string {
	const digit = digitOf(index) || ' ';
	const right = marks === '' ? '' : ` ${marks} `;
	const room = Math.max(0, width - 3 - right.length);
	const shown = truncateNames(title, room);
	return ` ${digit} ${shown}${' '.repeat(room - displayWidth(shown))}${right}`;
}

function styleOf(entry: Entry | undefined, theme: Theme): (text: string) => string {
	if (entry === undefined) return text => text;
	if (entry.isOpen) return theme.status;
	if (entry.isUrgent) return theme.strong;
	return entry.isMuted || entry.marks === '' ? theme.dim : text => text;
}

/**
 * All of it in one row, each with its number in the list: the open view, then those in which something is new, then the
 * others, as many as have room. Of those behind it is said in how many something is new.
 */
export function barRow(listed: Listed): string {
	const {theme, columns} = listed;
	const rank = ({isOpen, isUrgent, isNew, marks}: Entry) =>
		isOpen ? 0 : isUrgent ? 1 : isNew ? 2 : marks === '' ? 4 : 3;
	const entries = entriesOf(listed)
		.map((entry, index) => ({...entry, index}))
		.toSorted((a, b) => rank(a) - rank(b));
	let row = '';
	for (const [at, entry] of entries.entries()) {
		const part = `${at === 0 ? ' ' : ' · '}${partOf(entry, columns)}`;
		if (at > 0 && displayWidth(row + part + restOf(entries.slice(at + 1))) > columns)
			return theme.dim(truncate(row + restOf(entries.slice(at)), columns));
		row += part;
	}
	return theme.dim(truncate(row, columns));
}

function partOf({title, marks, isOpen, index}: Entry & {readonly index: number}, columns: number): string {
	const name = digitOf(index, ':') + truncateNames(title, Math.max(8, Math.floor(columns / 4)));
	return (isOpen ? `[${name}]` : name) + (marks === '' ? '' : ` ${marks}`);
}

function restOf(entries: readonly Entry[]): string {
	const fresh = entries.filter(({isNew}) => isNew).length;
	if (entries.length === 0) return '';
	return ` +${entries.length}${fresh > 0 ? `, ${fresh} new` : ''}`;
}

/** Alt with a digit opens the first ones, with 0 everything. */
const digitOf = (index: number, behind = ''): string => (index <= 9 ? `${index}${behind}` : '');
