import type {NewChatLine} from '../chat/chat-line.ts';
import {keyOf} from '../chat/names.ts';
import type {HeldMessage} from '../session/store/held.ts';

/** Messages as lines of the screen. What the person has said at another place, or before, is its own. */
export const linesOf = (messages: readonly HeldMessage[], login: string): readonly NewChatLine[] =>
	messages.map(({from, to, text, isAction, ts: at}): NewChatLine => {
		const said = isAction ? `* ${text}` : text;
		if (keyOf(from) !== keyOf(login)) return {kind: 'message', at, from, to, text: said};
		return {kind: 'own', at, to, text: said, post: 0, delivery: 'accepted'};
	});
