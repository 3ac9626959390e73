import type {NewChatLine} from './chat-line.ts';
import {partyOf, partyOfMessage} from './conversation.ts';
import {isMentioned} from './mention.ts';

/** The same lines with the conversations that they belong to. */
export const placeLines = (login: string, lines: readonly NewChatLine[]): readonly NewChatLine[] =>
	lines.map(line => {
		if (line.kind === 'notice') return line;
		if (line.kind === 'own') return {...line, party: partyOf(line.to, login)};
		const {to = [], text} = line;
		const isForUsAlone = to.length <= 1 && !to.some(name => name.startsWith('#'));
		return {...line, party: partyOfMessage(line, login), isForUs: isForUsAlone || isMentioned(text, login)};
	});
