import {type LookAlikes, memberKeyOf} from '../../chat/names.ts';
import type {People, Presence} from '../../chat/people.ts';
import {describeRecipients} from '../../chat/recipients.ts';
import {likeOf, moreNames, shownName} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

/** A recipient as it is shown, and how it stands with it. */
type Chip = {
	readonly name: string;
	readonly text: string;
	readonly standing: 'here' | 'away' | 'wrong' | 'unknown';
};

type Known = {
	/** Logins that spoke. */
	readonly seen: readonly string[];
	readonly people: People | undefined;
	/** Our own login: what is said to it is a note of ours. */
	readonly login: string;
	/** Without a connection nobody knows of anybody. */
	readonly isConnected: boolean;
	readonly lookAlikes: LookAlikes;
	/** The keys of those for whom a line waits here. */
	readonly waiting: ReadonlySet<string>;
};

/** What stands behind a name. */
export const remarks: Readonly<Record<Presence, string>> = {
	here: '',
	away: ' away',
	gone: ' not here',
	unknown: ' never seen',
};

/** The recipients in brackets, so that they stand apart without colours too: `[bob] [carol away] [dave not here]`. */
export const chipsOf = (to: readonly string[], known: Known): readonly Chip[] =>
	describeRecipients(to, known.seen, known.people).map(({name, presence, isSeen}): Chip => {
		const isSelf = memberKeyOf(name) === memberKeyOf(known.login);
		if (isSelf) return {name, text: `[${shownName(name)} yourself]`, standing: 'here'};
		const isPlain = presence === 'unknown' && (isSeen || !known.isConnected);
		const like = likeOf(name, known.lookAlikes);
		const waits = known.waiting.has(memberKeyOf(name) ?? '') ? ' waiting' : '';
		const warning = like === undefined ? '' : ` not ${shownName(like)}`;
		const text = `[${shownName(name, known.lookAlikes)}${isPlain ? '' : remarks[presence]}${warning}${waits}]`;
		if (presence === 'gone' || like !== undefined) return {name, text, standing: 'wrong'};
		return {
			name,
			text,
			standing:
				presence === 'unknown' && !(isSeen && known.isConnected)
					? 'unknown'
					: presence === 'away'
						? 'away'
						: 'here',
		};
	});

type ChipRow = {
	readonly chips: readonly Chip[];
	/** What stands in front of the chips, and behind them; the first of these without a space. */
	readonly lead: string;
	readonly rest: readonly [behind: string, news: string];
	readonly columns: number;
	readonly lookAlikes: LookAlikes;
	readonly theme: Theme;
};

/** How many of them have room, with the number of the others behind them; one at least, which is cut then. */
function fitting(chips: readonly Chip[], columns: number, lookAlikes: LookAlikes): number {
	let width = -1;
	for (const [at, {text}] of chips.entries()) {
		width += 1 + displayWidth(text);
		if (width + moreThan(chips, at + 1, lookAlikes).length > columns) return Math.max(1, at);
	}
	return chips.length;
}

/** What stands behind the first `count` of them. */
const moreThan = (chips: readonly Chip[], count: number, lookAlikes: LookAlikes): string =>
	moreNames(
		chips.slice(count).map(({name}) => name),
		lookAlikes,
	);

/** One row of chips, styled and cut to the width. Where not all have room those come first with which something is wrong. */
export function chipRow({chips, lead, rest: [behind, news], columns, lookAlikes, theme}: ChipRow): string {
	const styles: Readonly<Record<Chip['standing'], (text: string) => string>> = {
		here: theme.strong,
		away: theme.dim,
		unknown: theme.dim,
		wrong: theme.warning,
	};
	const width = chips.reduce((sum, {text}) => sum + displayWidth(text) + 1, displayWidth(lead));
	const rank = ({standing}: Chip) => (standing === 'wrong' ? 0 : 1);
	const shown = width > columns ? chips.toSorted((one, other) => rank(one) - rank(other)) : chips;
	const count = fitting(shown, columns - displayWidth(lead), lookAlikes);
	const more = moreThan(shown, count, lookAlikes);
	const pieces = [
		{text: lead, style: theme.dim},
		...shown.slice(0, count).flatMap(({text, standing}, at) => [
			{text: at === 0 ? '' : ' ', style: theme.dim},
			{text, style: styles[standing]},
		]),
		{text: more || behind + (news && ` · ${news}`), style: theme.dim},
	];
	let row = '';
	let room = columns;
	for (const {text, style} of pieces) {
		const part = truncate(text, room);
		if (part === '') continue;
		row += style(part);
		room -= displayWidth(part);
		if (part !== text) break;
	}
	return row;
}
