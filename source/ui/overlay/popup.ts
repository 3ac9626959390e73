import {readCommand} from '../../chat/commands/parse.ts';
import {commandOf, commands, usageOf} from '../../chat/commands/table.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {type People, type Presence, presenceOf} from '../../chat/people.ts';
import type {Place} from '../../chat/places.ts';
import type {ComposerState} from '../composer/composer.ts';
import {keepLast} from '../screen/keep-last.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {shownName} from '../text/shown-name.ts';

/** One of the things to choose from. */
type PopupItem = {readonly label: string; readonly detail: string};

/** What stands above the recipients for a moment: things to choose from, and which of them is chosen. */
export type Popup = {readonly items: readonly PopupItem[]; readonly index: number};

/** Rows that a popup has at most. */
const maxRows = 6;

/** Windows lower than this have no rows to spare for it. */
const minWindowRows = 10;

/** What there is to choose from now. */
export function popupOf(state: Pick<ScreenState, 'overlay' | 'composer' | 'chat'>): Popup | undefined {
	const {overlay, composer, chat} = state;
	if (overlay?.kind === 'go')
		return keptGo({places: overlay.places, index: overlay.index, lookAlikes: chat.lookAlikes});
	if (overlay || !composer.completion || composer.completion.replacements.length < 2) return undefined;
	const {people, lookAlikes} = chat;
	return keptCompletion({completion: composer.completion, text: composer.text, people, lookAlikes});
}

/** How many rows it has in a window. */
export const popupHeight = (popup: Popup | undefined, windowRows: number): number =>
	popup === undefined || windowRows < minWindowRows ? 0 : Math.min(popup.items.length, maxRows);

const keptGo = keepLast(
	({
		places,
		index,
		lookAlikes,
	}: {
		places: readonly Place[];
		index: number;
		lookAlikes: LookAlikes;
	}): Popup => ({
		items: places.map(({name, members, presence}) => {
			const names = members.length === 0 ? [name] : members;
			return {label: names.map(one => oneRow(one, lookAlikes)).join(', '), detail: remarks[presence]};
		}),
		index,
	}),
);

type Completed = {
	readonly completion: NonNullable<ComposerState['completion']>;
	readonly text: string;
	readonly people: People | undefined;
	readonly lookAlikes: LookAlikes;
};

const keptCompletion = keepLast(({completion, text, people, lookAlikes}: Completed): Popup => {
	const {replacements, index, start} = completion;
	const words = replacements.map(word => word.replace(/[:\s]+$/, ''));
	const nameItem = (name: string): PopupItem => ({
		label: oneRow(name, lookAlikes),
		detail: name.startsWith('#') ? '' : remarks[presenceOf(people, name)],
	});
	return {index, items: words.map(isForCommand(text.slice(0, start)) ? commandItem : nameItem)};
});

/** Whether a command is what stands behind this. */
function isForCommand(head: string): boolean {
	if (head === '/') return true;
	const meaning = readCommand(head);
	return meaning.kind === 'command' && commandOf(meaning.name).completes === 'commands';
}

function commandItem(word: string): PopupItem {
	const found = commands.find(({name}) => name === word);
	if (!found) return {label: oneRow(`/${word}`), detail: ''};
	const command = commandOf(found.name);
	return {label: usageOf(command), detail: command.does};
}

const oneRow = (name: string, lookAlikes?: LookAlikes): string =>
	shownName(name, lookAlikes).replaceAll('\n', ' ');

const remarks: Readonly<Record<Presence, string>> = {
	here: 'here',
	away: 'away',
	gone: 'not here',
	unknown: '',
};
