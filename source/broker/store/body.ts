import {loginKey} from '../../protocol/login.ts';
import type {Message} from './store.ts';

/** What a sender's key stands for: whom a message is for, in whatever order they are named, and what it says. */
export const bodyOf = ({
	to,
	isLong,
	isAction,
	text,
}: Pick<Message, 'to' | 'isLong' | 'isAction' | 'text'>) => {
	const keys = to.map(loginKey).toSorted();
	return `${keys.join(',')}\n${isLong ? 'ml' : ''} ${isAction ? 'act' : ''}\n${text}`;
};
