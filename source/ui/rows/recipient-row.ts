import type {LookAlikes} from '../../chat/names.ts';
import type {People} from '../../chat/people.ts';
import type {Addressing} from '../../chat/recipients.ts';
import type {Typist} from '../../chat/typing.ts';
import {sanitise} from '../text/sanitise.ts';
import {shownName} from '../text/shown-name.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {chipRow, chipsOf} from './recipient-chips.ts';

export type RecipientRowProps = {
	readonly columns: number;
	readonly addressing: Addressing;
	/** Whom the conversation is with; nobody where everything is shown. */
	readonly members: readonly string[];
	readonly seen: readonly string[];
	readonly people: People | undefined;
	/** Our own login. */
	readonly login: string;
	/** Without a connection nobody knows of anybody. */
	readonly isConnected: boolean;
	readonly lookAlikes: LookAlikes;
	/** The keys of those for whom a line waits here. */
	readonly waiting: ReadonlySet<string>;
	readonly typing: readonly Typist[];
	/** Lines below the pane while the reader has scrolled up. */
	readonly linesBelow: number;
	readonly theme: Theme;
};

/** Narrower windows have room for one key behind the recipients. */
const minColumnsForKeys = 60;

/** Names that are told of as writing. */
const maxTypists = 3;

/** One row above the composer: whom the draft goes to, before it goes. */
export function recipientRow({
	columns,
	addressing,
	members,
	seen,
	people,
	login,
	isConnected,
	lookAlikes,
	waiting,
	typing,
	linesBelow,
	theme,
}: RecipientRowProps): string {
	const below = linesBelow > 0 ? belowIn(columns, linesBelow) : '';
	const writes = describeTyping(typing, lookAlikes);
	const isReading = isEmpty(addressing) && members.length === 0 && (below !== '' || writes !== '');
	const news = [writes, below].filter(Boolean).join(' · ');
	const words = wordsFor(addressing, members, columns);
	if (isReading || words !== undefined) {
		const text = [isReading ? undefined : words, news].filter(Boolean).join(' · ');
		return theme.dim(truncate(` ${text}`, columns));
	}
	const to = addressing.ok ? addressing.to : members;
	const chips = chipsOf(to, {seen, people, login, isConnected, lookAlikes, waiting});
	const rest = [restOf(addressing), news] as const;
	return chipRow({chips, lead: leadOf(addressing), rest, columns, lookAlikes, theme});
}

/** How much there is further down, and how one gets there. */
function belowIn(columns: number, lines: number): string {
	if (columns < minColumnsForKeys) return `${lines} newer, PageDown`;
	return `${lines} newer below · PageDown, Ctrl+End`;
}

/** Who is writing, as long as there are few of them. */
function describeTyping(typing: readonly Typist[], lookAlikes: LookAlikes): string {
	const names = typing.slice(0, maxTypists).map(({login}) => shownName(login, lookAlikes));
	if (names.length === 0) return '';
	const more = typing.length > names.length ? ' and others' : '';
	return `${names.join(', ')}${more} ${typing.length === 1 ? 'is' : 'are'} writing`;
}

const isEmpty = (addressing: Addressing): boolean => !addressing.ok && addressing.problem === 'empty';

/** What is said where there are no recipients to show. */
function wordsFor(addressing: Addressing, members: readonly string[], columns: number): string | undefined {
	if (!addressing.ok && addressing.problem !== 'empty') return explainAddressing(addressing);
	if (addressing.ok || members.length > 0) return undefined;
	if (columns < 30) return 'write name: message';
	if (columns < 60) return 'write "name: message" · /help · F1';
	return 'write "name: message" · /help · Tab completes · /quit leaves';
}

const leadOf = (addressing: Addressing): string =>
	addressing.ok && addressing.isAction ? ' tells ' : ' to ';

/** What stands behind the recipients. */
function restOf(addressing: Addressing): string {
	if (!addressing.ok) return '';
	const {texts, doubt = []} = addressing;
	const count = texts.length > 1 ? `, ${texts.length} lines` : '';
	const unknown = doubt.map(sanitise).join(', ');
	return `${count}${unknown && `, not to ${unknown}: nobody here is called so`}`;
}

/** Why a draft cannot be sent, and what to do. */
export function explainAddressing(addressing: Exclude<Addressing, {ok: true}>): string {
	switch (addressing.problem) {
		case 'empty':
			return 'there is nothing to send yet';
		case 'no-recipient':
			return addressing.detail ?? 'to whom? "name: message": begin with a name and a colon';
		case 'bad-name':
			return `to whom? ${sanitise(addressing.detail ?? '')}`;
		case 'too-many':
			return 'a message goes to 20 people at most';
		case 'too-long':
			return 'this line is over 64 KiB: shorten it';
		case 'command':
			return addressing.detail ?? '';
	}
}
