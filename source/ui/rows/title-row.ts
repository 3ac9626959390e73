import {keyOf, type LookAlikes} from '../../chat/names.ts';
import type {People} from '../../chat/people.ts';
import {describeRecipients} from '../../chat/recipients.ts';
import {moreNames, shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {remarks} from './recipient-chips.ts';

export type TitleRowProps = {
	/** Whom the conversation is with. */
	readonly members: readonly string[];
	readonly isMuted: boolean;
	/** Who is here, if that is known. */
	readonly people: People | undefined;
	readonly lookAlikes: LookAlikes;
	readonly columns: number;
	readonly theme: Theme;
};

type Part = {readonly text: string; readonly style: (text: string) => string};

/** Who is in a conversation, and whether they are here, in a rule above it. */
export function titleRow(props: TitleRowProps): string {
	const {members, lookAlikes, isMuted, columns, theme} = props;
	const names = partsOf(props);
	let count = names.length;
	const parts = (): readonly Part[] => {
		const more = moreNames(members.slice(count), lookAlikes);
		const shown = names.slice(0, count).flat();
		return [...shown, {text: `${more}${isMuted ? ' · muted' : ''} `, style: theme.dim}];
	};
	while (count > 1 && widthOf(parts()) > columns - start.length) count--;
	let row = theme.line(start);
	let left = columns - start.length;
	for (const {text, style} of parts()) {
		const shown = truncate(text, left);
		if (shown !== '') row += style(shown);
		left -= displayWidth(shown);
	}
	return left > 0 ? row + theme.line('─'.repeat(left)) : row;
}

/** What stands in front of the names. */
const start = '── ';

const widthOf = (parts: readonly Part[]): number =>
	parts.reduce((width, {text}) => width + displayWidth(text), 0);

/** For each member what is shown of it. */
const partsOf = ({members, people, lookAlikes, theme}: TitleRowProps): readonly (readonly Part[])[] =>
	describeRecipients(members, [], people).map(({name, presence}, index) => [
		{text: index === 0 ? '' : ', ', style: theme.dim},
		{
			text: shownName(name, lookAlikes),
			style: text => (presence === 'gone' ? theme.dim(text) : theme.name(text, keyOf(name) ?? name)),
		},
		{text: people === undefined ? '' : remarks[presence], style: theme.dim},
	]);
