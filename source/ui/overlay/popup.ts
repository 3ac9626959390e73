import {commandOf, commands, usageOf} from '../../chat/commands/table.ts';
import {type People, type Presence, presenceOf} from '../../chat/people.ts';
import {type Place, placesFor} from '../../chat/places.ts';
import type {ComposerState} from '../composer/composer.ts';
import {keepLast} from '../screen/keep-last.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {sanitise} from '../text/sanitise.ts';

/** One of the things to choose from. */
type PopupItem = {readonly label: string; readonly detail: string};

/** What stands above the recipients for a moment: things to choose from, and which of them is chosen. */
export type Popup = {readonly items: readonly PopupItem[]; readonly index: number};

/** Rows that a popup has at most. */
const maxRows = 6;

/** Windows lower than this have no rows to spare for it. */
const minWindowRows = 10;

/** What there is to choose from now. */
export function popupOf(
	state: Pick<ScreenState, 'overlay' | 'composer' | 'chat' | 'rooms'>,
): Popup | undefined {
	const {overlay, composer, chat} = state;
	if (overlay?.kind === 'go') return keptGo({places: placesOf(state), index: overlay.index});
	if (overlay || !composer.completion || composer.completion.replacements.length < 2) return undefined;
	return keptCompletion({completion: composer.completion, text: composer.text, people: chat.people});
}

/** How many rows it has in a window. */
export const popupHeight = (popup: Popup | undefined, windowRows: number): number =>
	popup === undefined || windowRows < minWindowRows ? 0 : Math.min(popup.items.length, maxRows);

/** The places that what was typed may mean. */
export const placesOf = ({overlay, chat, rooms}: Pick<ScreenState, 'overlay' | 'chat' | 'rooms'>) => {
	const {conversations, people, seen, login} = chat;
	return keptPlaces({conversations, people, seen, login, rooms, query: overlay?.query ?? ''});
};

const keptPlaces = keepLast(
	({rooms, query, ...known}: Parameters<typeof placesFor>[0] & {rooms: readonly string[]; query: string}) =>
		placesFor(known, rooms, query),
);

const keptGo = keepLast(
	({places, index}: {readonly places: readonly Place[]; readonly index: number}): Popup => ({
		items: places.map(({name, presence}) => ({
			label: sanitise(name),
			detail: remarks[presence],
		})),
		index: Math.min(index, Math.max(0, places.length - 1)),
	}),
);

type Completed = {
	readonly completion: NonNullable<ComposerState['completion']>;
	readonly text: string;
	readonly people: People | undefined;
};

const keptCompletion = keepLast(({completion, text, people}: Completed): Popup => {
	const {replacements, index, start} = completion;
	const areCommands = start === 1 && text.startsWith('/');
	const words = replacements.map(word => word.replace(/[:\s]+$/, ''));
	return {index, items: words.map(word => (areCommands ? commandItem(word) : nameItem(word, people)))};
});

function commandItem(word: string): PopupItem {
	const found = commands.find(({name}) => name === word);
	if (!found) return {label: `/${word}`, detail: ''};
	const command = commandOf(found.name);
	return {label: usageOf(command), detail: command.does};
}

const nameItem = (name: string, people: People | undefined): PopupItem => ({
	label: sanitise(name),
	detail: name.startsWith('#') ? '' : remarks[presenceOf(people, name)],
});

const remarks: Readonly<Record<Presence, string>> = {
	here: 'here',
	away: 'away',
	gone: 'not here',
	unknown: '',
};
