import {Text} from 'ink';
import {memo} from 'react';
import {markUnseen, readAddressing} from '../../chat/recipients.ts';
import {sanitise} from '../text/sanitise.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

type Props = {
	readonly columns: number;
	readonly draft: string;
	readonly seen: readonly string[];
	/** Words about the last key, which come first. */
	readonly hint: string | undefined;
	/** Lines below the pane while the reader has scrolled up. */
	readonly linesBelow: number;
	readonly theme: Theme;
};

/** One row above the composer: whom the draft goes to, before it goes; or what keeps it here. */
export const RecipientLine = memo(function RecipientLine({
	columns,
	draft,
	seen,
	hint,
	linesBelow,
	theme,
}: Props) {
	if (hint !== undefined) return <Text>{theme.warning(truncate(` ${hint}`, columns))}</Text>;
	const below = linesBelow > 0 ? `${linesBelow} newer below · PageDown, Ctrl+End` : '';
	const about =
		draft === '' && below !== '' ? below : [describe(draft, seen), below].filter(Boolean).join(' · ');
	return <Text>{theme.dim(truncate(` ${about}`, columns))}</Text>;
});

function describe(draft: string, seen: readonly string[]): string {
	const addressing = readAddressing(draft);
	if (addressing.ok) {
		const names = markUnseen(addressing.to, seen).map(
			({name, isSeen}) => `${sanitise(name)}${isSeen ? '' : ' (never seen)'}`,
		);
		const count = addressing.texts.length > 1 ? `, ${addressing.texts.length} lines` : '';
		return `to ${names.join(', ')}${count}`;
	}
	return addressing.problem === 'empty'
		? 'write "name: message" · Ctrl+D leaves · Tab completes names'
		: explainAddressing(addressing);
}

/** Why a draft cannot be sent, and what to do. */
export function explainAddressing(
	addressing: Exclude<ReturnType<typeof readAddressing>, {ok: true}>,
): string {
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
