import type {ChatState} from '../../chat/chat-state.ts';
import {type ConversationId, everything} from '../../chat/conversation.ts';
import type {Conversations} from '../../chat/conversations.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {viewsOf} from '../../chat/views.ts';
import {shownName} from '../text/shown-name.ts';
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
	// Alt with a digit opens the first ones, with 0 everything.
	const digit = index <= 9 ? String(index) : ' ';
	const right = marks === '' ? '' : ` ${marks} `;
	const room = Math.max(0, width - 3 - right.length);
	const shown = truncate(title, room);
	return ` ${digit} ${shown}${' '.repeat(room - displayWidth(shown))}${right}`;
}

function styleOf(entry: Entry | undefined, theme: Theme): (text: string) => string {
	if (entry === undefined) return text => text;
	if (entry.isOpen) return theme.status;
	if (entry.isUrgent) return theme.strong;
	return entry.isMuted || entry.marks === '' ? theme.dim : text => text;
}

/** All of it in one row: the open view, then those in which something is new, then the others, as many as have room. */
export function barRow(listed: Listed): string {
	const {theme, columns} = listed;
	const entries = entriesOf(listed);
	const rank = ({isOpen, isUrgent, marks}: Entry) => (isOpen ? 0 : isUrgent ? 1 : marks === '' ? 3 : 2);
	const parts = entries
		.toSorted((a, b) => rank(a) - rank(b))
		.map(({title, marks, isOpen}) => {
			const shown = truncate(title, Math.max(8, Math.floor(columns / 3)));
			return (isOpen ? `[${shown}]` : shown) + (marks === '' ? '' : ` ${marks}`);
		});
	return theme.dim(truncate(` ${parts.join(' · ')}`, columns));
}
