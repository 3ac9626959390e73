import type {ChatState} from '../../chat/chat-state.ts';
import {readCommand, readNamesAndText} from '../../chat/commands/parse.ts';
import {commandOf, usageOf} from '../../chat/commands/table.ts';
import {everything} from '../../chat/conversation.ts';
import {memberKeyOf} from '../../chat/names.ts';
import {presenceOf} from '../../chat/people.ts';
import {type Addressing, readDraft} from '../../chat/recipients.ts';
import {membersOf} from '../../chat/views.ts';
import {type ComposerState, textOf} from '../composer/composer.ts';

type Known = Pick<ChatState, 'conversations' | 'people' | 'seen'>;

type Addressed = Known & Pick<ChatState, 'open'> & {readonly composer: ComposerState};

/** Whom the draft goes to, or what keeps it here. */
export function addressingOf({composer, open, ...known}: Addressed): Addressing {
	const members = membersOf(known, open);
	const read = (text: string) => readDraft(text, members, name => isKnown(name, known));
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
		case 'ambiguous':
			return {ok: false, problem: 'command', detail: meaning.names.map(name => `/${name}`).join(', ')};
		default:
			return read(meaning.text);
	}
}

/** Whom the draft goes to, as a text to be compared: nothing more of it is read than its first line. */
export function recipientsOf({
	chat,
	composer,
}: {
	readonly chat: ChatState;
	readonly composer: ComposerState;
}): string {
	const [text = ''] = textOf(composer).split('\n', 1);
	const addressing = addressingOf({...chat, composer: {...composer, text}});
	return addressing.ok ? addressing.to.join() : '';
}

/** Whether somebody is here or was heard of, or a room is one of ours. */
function isKnown(name: string, {people, seen, conversations}: Known): boolean {
	const key = memberKeyOf(name);
	if (key === undefined) return false;
	if (!['gone', 'unknown'].includes(presenceOf(people, name))) return true;
	const isIn = (names: readonly string[]) => names.some(one => memberKeyOf(one) === key);
	return (
		isIn(seen) || [...conversations.values()].some(({id, members}) => id !== everything && isIn(members))
	);
}
