import {Text} from 'ink';
import {memo} from 'react';
import type {People, Presence} from '../../chat/people.ts';
import {type Addressing, describeRecipients} from '../../chat/recipients.ts';
import type {Typist} from '../../chat/typing.ts';
import {sanitise} from '../text/sanitise.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

type Props = {
	readonly columns: number;
	readonly addressing: Addressing;
	/** Whom the conversation is with; nobody where everything is shown. */
	readonly members: readonly string[];
	readonly seen: readonly string[];
	readonly people: People | undefined;
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
export const RecipientLine = memo(function RecipientLine({
	columns,
	addressing,
	members,
	seen,
	people,
	typing,
	hint,
	linesBelow,
	theme,
}: Props) {
	if (hint !== undefined) return <Text>{theme.warning(truncate(` ${hint}`, columns))}</Text>;
	const below = linesBelow > 0 ? `${linesBelow} newer below · PageDown, Ctrl+End` : '';
	const writes = describeTyping(typing);
	const isEmpty = !addressing.ok && addressing.problem === 'empty';
	const isReading = isEmpty && members.length === 0 && (below !== '' || writes !== '');
	const goesTo = describe(addressing, members, seen, people);
	const parts = isReading ? [writes, below] : [goesTo, writes, below];
	const about = parts.filter(Boolean).join(' · ');
	return <Text>{theme.dim(truncate(` ${about}`, columns))}</Text>;
});

/** Who is writing, as long as there are few of them. */
function describeTyping(typing: readonly Typist[]): string {
	const names = typing.slice(0, maxTypists).map(({login}) => sanitise(login));
	if (names.length === 0) return '';
	const more = typing.length > names.length ? ' and others' : '';
	return `${names.join(', ')}${more} ${typing.length === 1 ? 'is' : 'are'} writing`;
}

function describe(
	addressing: Addressing,
	members: readonly string[],
	seen: readonly string[],
	people: People | undefined,
): string {
	const isEmpty = !addressing.ok && addressing.problem === 'empty';
	if (isEmpty && members.length === 0) return 'write "name: message" · Ctrl+D leaves · Tab completes names';
	if (!addressing.ok && !isEmpty) return explainAddressing(addressing);
	const names = describeRecipients(addressing.ok ? addressing.to : members, seen, people).map(
		({name, presence, isSeen}) =>
			sanitise(name) + (presence === 'unknown' && isSeen ? '' : remarks[presence]),
	);
	const doubt = addressing.ok ? (addressing.doubt ?? []) : [];
	const question =
		doubt.length > 0 ? `, not to ${doubt.map(sanitise).join(', ')}: nobody here is called so` : '';
	const count = addressing.ok && addressing.texts.length > 1 ? `, ${addressing.texts.length} lines` : '';
	return `to ${names.join(', ')}${count}${question}`;
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
