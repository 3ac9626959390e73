import type {ChatState} from '../../chat/chat-state.ts';
import {readCommand, readNamesAndText} from '../../chat/commands/parse.ts';
import {commandOf, usageOf} from '../../chat/commands/table.ts';
import {everything} from '../../chat/conversation.ts';
import {keyOf, memberKeyOf} from '../../chat/names.ts';
import {presenceOf} from '../../chat/people.ts';
import {type Addressing, readDraft} from '../../chat/recipients.ts';
import {membersOf} from '../../chat/views.ts';
import {type ComposerState, textOf} from '../composer/composer.ts';
import {wayTo} from './way-to.ts';

export type Known = Pick<ChatState, 'conversations' | 'people' | 'seen' | 'login'>;

type Addressed = Known & Pick<ChatState, 'open'> & {readonly composer: ComposerState};

/** `/me` behind the names; without a word behind it, it is a text. */
const action = /^\/me\s+(?=\S)/;

/** Whom the draft goes to, or what keeps it here. */
export function addressingOf({composer, open, ...known}: Addressed): Addressing {
	const members = membersOf(known, open);
	const read = (text: string) => {
		const isMeant = (name: string) =>
			isKnown(name, known) || (known.people !== undefined && isRoomLike(name));
		const addressing = readDraft(text, members, isMeant);
		if (addressing.ok) return asAction(addressing, text);
		return addressing.problem === 'no-recipient' ? {...addressing, detail: wayTo(text, known)} : addressing;
	};
	const meaning = readCommand(textOf(composer));
	switch (meaning.kind) {
		case 'command': {
			const command = commandOf(meaning.name);
			const message = meaning.name === 'msg' ? readNamesAndText(meaning.rest) : undefined;
			if (message && message.text !== '' && message.names.every(name => memberKeyOf(name) !== undefined))
				return {ok: true, to: message.names, texts: message.text.split('\n')};
			if (meaning.name !== 'me' || meaning.rest === '')
				return {ok: false, problem: 'command', detail: `${usageOf(command)}: ${command.does}`};
			const addressing = read(meaning.rest);
			return addressing.ok ? {...addressing, isAction: true} : addressing;
		}
		case 'ambiguous': {
			const usages = meaning.names.map(name => `/${name}`).join(', ');
			return {ok: false, problem: 'command', detail: `which one: ${usages}?`};
		}
		default:
			return read(meaning.text);
	}
}

/** `#dev:` is meant for a room also where one is not in it; `#1:` begins a text. */
const isRoomLike = (name: string): boolean => /^#\p{L}/u.test(name) && memberKeyOf(name) !== undefined;

type Sendable = Addressing & {readonly ok: true};

/** `bob: /me waves` is meant as `/me bob: waves`. */
function asAction(addressing: Sendable, draft: string): Sendable {
	const [first = '', ...rest] = addressing.texts;
	// What begins with it was typed with two slashes.
	const mark = draft.startsWith('/') ? null : action.exec(first);
	return mark ? {...addressing, texts: [first.slice(mark[0].length), ...rest], isAction: true} : addressing;
}

/** What people write to speak to all; whoever is called so is somebody. */
const callsToAll: ReadonlySet<string> = new Set(['all', 'everyone', 'everybody', 'here', 'channel', 'room']);

export const isCallToAll = (name: string): boolean => callsToAll.has(name.toLowerCase());

/** Those whom nobody knows; as long as it is not known who is here only what is hardly anybody's name. */
export const strangersAmong = (names: readonly string[], known: Known): readonly string[] =>
	names.filter(name => (known.people !== undefined || isCallToAll(name)) && !isKnown(name, known));

/** UTF-16 units that the names in front of a draft have at most. */
const longestNames = 4096;

/** Whom the draft goes to, as a text to be compared: nothing more of it is read than its first line. */
export function recipientsOf({
	chat,
	composer,
}: {
	readonly chat: ChatState;
	readonly composer: ComposerState;
}): string {
	const [text = ''] = textOf(composer).slice(0, longestNames).split('\n', 1);
	const addressing = addressingOf({...chat, composer: {...composer, text}});
	return addressing.ok ? addressing.to.join() : '';
}

/** Whether somebody is here or was heard of, or a room is one of ours. */
export function isKnown(name: string, {people, seen, conversations, login}: Known): boolean {
	const key = memberKeyOf(name);
	if (key === undefined) return false;
	if (key === keyOf(login) || !['gone', 'unknown'].includes(presenceOf(people, name))) return true;
	const isIn = (names: readonly string[]) => names.some(one => memberKeyOf(one) === key);
	return (
		isIn(seen) || [...conversations.values()].some(({id, members}) => id !== everything && isIn(members))
	);
}
