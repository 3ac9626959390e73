import type {LookAlikes} from '../../chat/names.ts';
import type {People, Presence} from '../../chat/people.ts';
import {type Addressing, describeRecipients} from '../../chat/recipients.ts';
import type {Typist} from '../../chat/typing.ts';
import {sanitise} from '../text/sanitise.ts';
import {likeOf, shownName} from '../text/shown-name.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

export type RecipientRowProps = {
	readonly columns: number;
	readonly addressing: Addressing;
	/** Whom the conversation is with; nobody where everything is shown. */
	readonly members: readonly string[];
	readonly seen: readonly string[];
	readonly people: People | undefined;
	/** Without a connection nobody knows of anybody. */
	readonly isConnected: boolean;
	readonly lookAlikes: LookAlikes;
	readonly typing: readonly Typist[];
	/** Words about the last key, which come first. */
	readonly hint: string | undefined;
	/** Lines below the pane while the reader has scrolled up. */
	readonly linesBelow: number;
	readonly theme: Theme;
};

/** Names that are told of as writing. */
const maxTypists = 3;

/** What stands behind a recipient. */
const remarks: Readonly<Record<Presence, string>> = {
	here: '',
	away: ' (away)',
	gone: ' (not here)',
	unknown: ' (never seen)',
};

/** One row above the composer: whom the draft goes to, before it goes; or what keeps it here. */
export function recipientRow({
	columns,
	addressing,
	members,
	seen,
	people,
	isConnected,
	lookAlikes,
	typing,
	hint,
	linesBelow,
	theme,
}: RecipientRowProps): string {
	if (hint !== undefined) return theme.warning(truncate(` ${hint}`, columns));
	const below = linesBelow > 0 ? `${linesBelow} newer below · PageDown, Ctrl+End` : '';
	const writes = describeTyping(typing, lookAlikes);
	const isReading = isEmpty(addressing) && members.length === 0 && (below !== '' || writes !== '');
	const goesTo = describe(addressing, members, {seen, people, isConnected, lookAlikes});
	const parts = isReading ? [writes, below] : [goesTo, writes, below];
	const about = parts.filter(Boolean).join(' · ');
	return theme.dim(truncate(` ${about}`, columns));
}

/** Who is writing, as long as there are few of them. */
function describeTyping(typing: readonly Typist[], lookAlikes: LookAlikes): string {
	const names = typing.slice(0, maxTypists).map(({login}) => shownName(login, lookAlikes));
	if (names.length === 0) return '';
	const more = typing.length > names.length ? ' and others' : '';
	return `${names.join(', ')}${more} ${typing.length === 1 ? 'is' : 'are'} writing`;
}

const isEmpty = (addressing: Addressing): boolean => !addressing.ok && addressing.problem === 'empty';

function describe(
	addressing: Addressing,
	members: readonly string[],
	{
		seen,
		people,
		isConnected,
		lookAlikes,
	}: Pick<RecipientRowProps, 'seen' | 'people' | 'isConnected' | 'lookAlikes'>,
): string {
	if (!addressing.ok && addressing.problem !== 'empty') return explainAddressing(addressing);
	if (!addressing.ok && members.length === 0)
		return 'write "name: message" · Ctrl+D leaves · Tab completes names';
	const names = describeRecipients(addressing.ok ? addressing.to : members, seen, people).map(
		({name, presence, isSeen}) =>
			shownName(name, lookAlikes) +
			(presence === 'unknown' && (isSeen || !isConnected) ? '' : remarks[presence]) +
			warningOf(name, lookAlikes),
	);
	const {texts = [], doubt = []} = addressing.ok ? addressing : {};
	const count = texts.length > 1 ? `, ${texts.length} lines` : '';
	const unknown = doubt.map(sanitise).join(', ');
	return `to ${names.join(', ')}${count}${unknown && `, not to ${unknown}: nobody here is called so`}`;
}

/** Said of a name that somebody else has, or nearly. */
function warningOf(name: string, lookAlikes: LookAlikes): string {
	const like = likeOf(name, lookAlikes);
	return like === undefined ? '' : ` (not ${sanitise(like)})`;
}

/** Why a draft cannot be sent, and what to do. */
export function explainAddressing(addressing: Exclude<Addressing, {ok: true}>): string {
	switch (addressing.problem) {
		case 'empty':
			return 'there is nothing to send yet';
		case 'no-recipient':
			return 'to whom? "bob: hello": begin with a name and a colon';
		case 'bad-name':
			return `to whom? ${sanitise(addressing.detail ?? '')}`;
		case 'too-many':
			return 'a message goes to 20 people at most';
		case 'too-long':
			return 'this line is over 64 KiB: shorten it';
	}
}
