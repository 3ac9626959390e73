import {type DraftMeaning, readCommand} from '../chat/commands/parse.ts';
import {partyOf} from '../chat/conversation.ts';
import {formatPost} from '../protocol/plain.ts';
import {runCommand} from './commands/run-command.ts';
import {textOf} from './composer/composer.ts';
import type {LineForm, ScreenPorts} from './ports.ts';
import {explainAddressing} from './rows/recipient-row.ts';
import {addressingOf} from './screen/addressing.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {sanitise} from './text/sanitise.ts';

type ScreenStore = Store<ScreenState, ScreenAction>;

/** Enter: does what the draft says if it is a command, else says it. What may be meant otherwise is asked about first. */
export function submit(store: ScreenStore, ports: ScreenPorts): void {
	const draft = textOf(store.current.composer);
	const meaning = readCommand(draft);
	if (meaning.kind === 'command' && meaning.name !== 'me') {
		store.dispatch({type: 'composer', action: {type: 'submit'}});
		runCommand(meaning, draft, store, ports);
		return;
	}
	const doubt = meaning.kind === 'doubtful' ? slashDoubt(meaning) : undefined;
	if (doubt !== undefined && doubt !== standingDoubt(store)) store.dispatch({type: 'doubted', hint: doubt});
	else say(doubt, store, ports);
}

/** The question that is to be seen in this moment: only that one is answered by Enter. */
const standingDoubt = (store: ScreenStore): string | undefined => {
	const {doubted, hint} = store.current;
	return doubted === hint ? doubted : undefined;
};

/** @param answered the doubt that Enter has settled */
function say(answered: string | undefined, store: ScreenStore, ports: ScreenPorts): void {
	const addressing = addressingOf({...store.current.chat, composer: store.current.composer});
	if (!addressing.ok) {
		store.dispatch({type: 'hinted', hint: explainAddressing(addressing)});
		return;
	}
	const {to, texts, doubt: names, isAction} = addressing;
	const doubt = answered ?? (names && nameDoubt(names, to));
	const standing = standingDoubt(store);
	if (doubt !== undefined && doubt !== standing) {
		store.dispatch({type: 'doubted', hint: doubt});
		return;
	}
	// Somebody of that name has come since it was asked: what was said yes to is something else.
	if (doubt === undefined && standing !== undefined) {
		store.dispatch({type: 'hinted', hint: `it goes to ${listOf(to)} now: Enter again says it`});
		return;
	}
	if (!sendText(to, texts.join('\n'), {isAction}, store, ports)) return;
	store.dispatchSoon({type: 'composer', action: {type: 'submit'}});
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

function slashDoubt({word, likely, isSpaced}: DraftMeaning & {readonly kind: 'doubtful'}): string {
	const shown = sanitise(word);
	if (isSpaced)
		return `a space stands before /${shown}: Enter again says it, without the space it is a command`;
	const meant = likely === undefined ? '/help has all commands:' : `is /${likely} meant?`;
	return `there is no /${shown}, ${meant} Enter again says it`;
}

function nameDoubt(names: readonly string[], to: readonly string[]): string {
	return `nobody here is called ${listOf(names)}: Enter again says it to ${listOf(to)}`;
}

const listOf = (names: readonly string[]): string => names.map(sanitise).join(', ');
