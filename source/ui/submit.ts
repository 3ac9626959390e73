import {readCommand} from '../chat/commands/parse.ts';
import {everything, partyOf} from '../chat/conversation.ts';
import {formatPost} from '../protocol/plain.ts';
import {runCommand} from './commands/run-command.ts';
import {textOf} from './composer/composer.ts';
import {leavingDoubt, listOf, nameDoubt, slashDoubt} from './doubts.ts';
import type {LineForm, ScreenPorts} from './ports.ts';
import {explainAddressing} from './rows/recipient-row.ts';
import {addressingOf, recipientsOf, strangersAmong} from './screen/addressing.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {isTooSmall} from './screen/window-layout.ts';

type ScreenStore = Store<ScreenState, ScreenAction>;

/**
 * Enter: does what the draft says if it is a command, else says it. What may be meant otherwise is asked about first; so
 * nothing goes out in a window too small for anything, where neither that nor whom it goes to is to be seen.
 *
 * @param seen `recipientsOf` the draft after the key before this one: the person has seen no others
 * @param isRepeated whether Enter comes right behind another one: nobody has read yet what that one asked, nor what else it
 *   brought here to be sent
 */
export function submit(store: ScreenStore, ports: ScreenPorts, seen: string, isRepeated: boolean): void {
	if (isRepeated || isTooSmall(store.current.size)) return;
	const draft = textOf(store.current.composer);
	const meaning = readCommand(draft);
	if (meaning.kind === 'command' && meaning.name !== 'me') {
		const answered = standingDoubt(store);
		store.dispatch({type: 'composer', action: {type: 'submit'}});
		runCommand(meaning, draft, answered, store, ports);
		return;
	}
	const doubt = meaning.kind === 'doubtful' ? slashDoubt(meaning, addressingNow(store).ok) : undefined;
	if (doubt !== undefined && (doubt.isFinal || doubt.text !== standingDoubt(store)))
		store.dispatch({type: doubt.isFinal ? 'hinted' : 'doubted', hint: doubt.text});
	else say(doubt?.text, seen, store, ports);
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
	const {chat} = store.current;
	const strangers = names ?? strangersAmong(to, chat);
	const doubt = answered ?? nameDoubt(strangers, to, chat) ?? leavingDoubt(to, chat);
	const standing = standingDoubt(store);
	if (doubt !== undefined && doubt !== standing) {
		store.dispatch({type: 'doubted', hint: doubt});
		return;
	}
	const text = texts.join('\n');
	const room = strangers.find(isRoom);
	if (room !== undefined && names === undefined) {
		store.dispatch({type: 'composer', action: {type: 'set', text: ''}});
		takeToRoom(room, to, text, {isAction}, store, ports);
		return;
	}
	// Somebody of that name has come or left since the last key or question, or the draft came from the last start.
	const moved = `it goes to ${listOf(to)} now: Enter again says it`;
	if ((recipientsOf(store.current) !== seen || doubt !== standing) && moved !== standing) {
		store.dispatch({type: 'doubted', hint: moved});
		return;
	}
	if (!sendText(to, text, {isAction}, store, ports)) return;
	const {composer} = store.current;
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

export const isRoom = (name: string): boolean => name.startsWith('#');

/** Goes into a room with what is to be said there, which waits in its composer: only members are heard. */
export function takeToRoom(
	room: string,
	to: readonly string[],
	text: string,
	{isAction}: Pick<LineForm, 'isAction'>,
	store: ScreenStore,
	ports: ScreenPorts,
): void {
	const party = partyOf([room], store.current.chat.login);
	if (party) store.dispatch({type: 'opened', party});
	const draft = to.length > 1 ? formOf(to, text, isAction) : `${isAction ? '/me ' : ''}${text}`;
	store.dispatch({type: 'composer', action: {type: 'set', text: draft}});
	ports.command({type: 'join', room});
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
