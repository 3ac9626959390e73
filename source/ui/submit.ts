import {type DraftMeaning, readCommand} from '../chat/commands/parse.ts';
import {everything, partyOf} from '../chat/conversation.ts';
import {knownNames} from '../chat/recipients.ts';
import {nearest} from '../chat/slip.ts';
import {formatPost} from '../protocol/plain.ts';
import {runCommand} from './commands/run-command.ts';
import {textOf} from './composer/composer.ts';
import type {LineForm, ScreenPorts} from './ports.ts';
import {explainAddressing} from './rows/recipient-row.ts';
import {addressingOf, recipientsOf, strangersAmong} from './screen/addressing.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {isTooSmall} from './screen/window-layout.ts';
import {sanitise} from './text/sanitise.ts';

type ScreenStore = Store<ScreenState, ScreenAction>;

/**
 * Enter: does what the draft says if it is a command, else says it. What may be meant otherwise is asked about first; so
 * nothing goes out in a window too small for anything, where neither that nor whom it goes to is to be seen.
 *
 * @param seen `recipientsOf` the draft after the key before this one: the person has seen no others
 */
export function submit(store: ScreenStore, ports: ScreenPorts, seen: string): void {
	if (isTooSmall(store.current.size)) return;
	const draft = textOf(store.current.composer);
	const meaning = readCommand(draft);
	if (meaning.kind === 'command' && meaning.name !== 'me') {
		const answered = standingDoubt(store);
		store.dispatch({type: 'composer', action: {type: 'submit'}});
		runCommand(meaning, draft, answered, store, ports);
		return;
	}
	const doubt = meaning.kind === 'doubtful' ? slashDoubt(meaning, addressingNow(store).ok) : undefined;
	if (doubt !== undefined && doubt !== standingDoubt(store)) store.dispatch({type: 'doubted', hint: doubt});
	else say(doubt, seen, store, ports);
}

const addressingNow = ({current}: ScreenStore) => addressingOf({...current.chat, composer: current.composer});

/** The question that is to be seen in this moment: only that one is answered by Enter. */
const standingDoubt = (store: ScreenStore): string | undefined => {
	const {doubted, hint} = store.current;
	return doubted === hint ? doubted : undefined;
};

/** @param answered the doubt that Enter has settled */
function say(answered: string | undefined, seen: string, store: ScreenStore, ports: ScreenPorts): void {
	const addressing = addressingNow(store);
	if (!addressing.ok) {
		store.dispatch({type: 'hinted', hint: explainAddressing(addressing)});
		return;
	}
	const {to, texts, doubt: names, isAction} = addressing;
	const strangers = names ?? strangersAmong(to, store.current.chat);
	const doubt = answered ?? nameDoubt(strangers, to, store);
	if (doubt !== undefined && doubt !== standingDoubt(store)) {
		store.dispatch({type: 'doubted', hint: doubt});
		return;
	}
	// Somebody of that name has come or left since the last key, or the draft came from the last start.
	if (recipientsOf(store.current) !== seen) {
		store.dispatch({type: 'hinted', hint: `it goes to ${listOf(to)} now: Enter again says it`});
		return;
	}
	const text = texts.join('\n');
	if (!sendText(to, text, {isAction}, store, ports)) return;
	const {chat, composer} = store.current;
	const form = chat.open === everything ? textOf(composer) : formOf(to, text, isAction);
	const said = {view: partyOf(to, chat.login)?.id ?? chat.open, form};
	store.dispatchSoon({type: 'composer', action: {type: 'submit', said}});
	showSent(to, store);
}

/**
 * Goes to where a line stands that was sent. Who leaves a view further up for it has not seen its end, and comes back to
 * the same place.
 */
export function showSent(to: readonly string[], store: ScreenStore): void {
	const party = partyOf(to, store.current.chat.login);
	if (party) store.dispatchSoon({type: 'opened', party});
	store.dispatch({type: 'scrolled-to-end'});
}

/** Says a text, of one line or several; false with a hint when no more can wait: then it is still the composer's. */
export function sendText(
	to: readonly string[],
	text: string,
	{isAction}: Pick<LineForm, 'isAction'>,
	store: ScreenStore,
	ports: ScreenPorts,
): boolean {
	const isLong = text.includes('\n') ? true : undefined;
	const post = ports.send(to, text, {isLong, isAction});
	if (post === undefined) {
		const {connection} = store.current.chat;
		const isBegun = connection.phase !== 'connecting' || connection.state === undefined;
		const why = isBegun ? 'no more can wait to be sent' : 'nobody hosts this chat yet';
		const hint = `${why}: what is left stays here, Enter tries again`;
		store.dispatch({type: 'composer', action: {type: 'set', text: formOf(to, text, isAction)}});
		store.dispatch({type: 'hinted', hint});
		return false;
	}
	store.dispatchSoon({
		type: 'chat',
		action: {type: 'posted', post, to, text: isAction ? `* ${text}` : text, at: Date.now()},
	});
	return true;
}

/** A message as a draft that means it in any conversation. */
export const formOf = (to: readonly string[], text: string, isAction: boolean | undefined): string =>
	`${isAction ? '/me ' : ''}${formatPost(to, '')}${text}`;

/** @param canSay whether there is somebody to whom it could be said as it stands */
function slashDoubt(
	{word, likely, isSpaced}: DraftMeaning & {readonly kind: 'doubtful'},
	canSay: boolean,
): string {
	const shown = sanitise(word);
	const again = canSay ? ', Enter again says it' : '';
	if (isSpaced) return `a space stands before /${shown}: without it, it is a command${again}`;
	if (word.toLowerCase() === 'nick') return `a name is chosen at the start, with --name${again}`;
	return `there is no /${shown}: ${likely === undefined ? 'see /help' : `/${likely}?`}${again}`;
}

/** What is asked about names that nobody knows; undefined if there are none. */
export function nameDoubt(
	names: readonly string[],
	to: readonly string[],
	store: ScreenStore,
): string | undefined {
	const [room] = names.filter(name => name.startsWith('#')).map(sanitise);
	const again = `Enter again says it to ${listOf(to)}`;
	if (room !== undefined) return `you are not in ${room}, /join ${room} goes there: ${again}`;
	if (names.length === 0) return undefined;
	const {seen, people} = store.current.chat;
	const known = knownNames(seen, people);
	const near = names.flatMap(name => nearest(name, known) ?? []);
	const meant = near.length === 0 ? '' : ` (${listOf(near)}?)`;
	return `nobody here is called ${listOf(names)}${meant}: ${again}`;
}

const listOf = (names: readonly string[]): string => names.map(sanitise).join(', ');
