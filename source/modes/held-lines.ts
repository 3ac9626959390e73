import type {NewChatLine} from '../chat/chat-line.ts';
import {keyOf} from '../chat/names.ts';
import {detached} from '../session/detached.ts';
import type {Post} from '../session/outbox.ts';
import type {HeldMessage} from '../session/store/held.ts';

/** Messages as lines of the screen. What the person has said at another place, or before, is its own. */
export const linesOf = (messages: readonly HeldMessage[], login: string): NewChatLine[] =>
	messages.map(({id, from, to, text, isAction, ts: at, told}): NewChatLine => {
		const said = saidOf(text, isAction);
		if (keyOf(from) !== keyOf(login)) return {kind: 'message', at, from, to, text: said};
		// Of a room nothing is told; of people nobody may know any more, and no mark is better than a wrong one.
		const isKnown = told !== undefined || to.every(name => name.startsWith('#'));
		const delivery = isKnown ? 'accepted' : 'past';
		return {kind: 'own', at, to, text: said, post: 0, message: detached(id), delivery, told};
	});

/** A line of one's own that is on its way. */
export const postedOf = ({id: post, to, text, isAction}: Pick<Post, 'id' | 'to' | 'text' | 'isAction'>) =>
	({type: 'posted', post, to, text: saidOf(text, isAction), at: Date.now()}) as const;

/** What somebody does begins as it does on a plain host. */
const saidOf = (text: string, isAction: boolean | undefined): string => (isAction ? `* ${text}` : text);
