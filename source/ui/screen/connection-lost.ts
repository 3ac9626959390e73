import type {ChatState} from '../../chat/chat-state.ts';
import type {ScreenState} from './screen-state.ts';

/** For how long a connection may be gone before it is told, in ms: most are back at the first try. */
const untoldMs = 500;

/** The chat changes; if it loses the connection it is noted since when, but not while the first one is on its way. */
export function withChat(state: ScreenState, chat: ChatState): ScreenState {
	const {connection: before} = state.chat;
	const {phase} = chat.connection;
	if (chat.connection === before) return {...state, chat};
	if (phase === 'open' || phase === 'idle') return {...state, chat, lostAt: undefined};
	const {now} = state;
	// The first one was on its way long enough before it failed.
	const lostAt = before.phase === 'open' ? now : phase === 'waiting' ? now - untoldMs : undefined;
	return {...state, chat, lostAt: state.lostAt ?? lostAt};
}

/** How it stands with a connection that was there: only what is gone for more than a moment has to be told. */
export type Loss = 'none' | 'moment' | 'told';

export function lossOf({lostAt, now}: Pick<ScreenState, 'lostAt' | 'now'>): Loss {
	if (lostAt === undefined) return 'none';
	return now - lostAt >= untoldMs ? 'told' : 'moment';
}
