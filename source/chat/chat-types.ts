import type {Delivery, NewChatLine, Told} from './chat-line.ts';
import type {ConversationId, Party} from './conversation.ts';
import type {Conversations} from './conversations.ts';
import type {Ignored} from './ignored.ts';
import type {AlikePair} from './look-alikes.ts';
import type {Missed} from './missed.ts';
import type {LookAlikes} from './names.ts';
import type {People, PersonChange} from './people.ts';
import type {Scrollback} from './scrollback.ts';
import type {Typist} from './typing.ts';

/**
 * How things stand with the host, for people. `since` and `until` are times of `performance.now()`, in ms; `state` says what
 * goes on before there is anything to connect to, `isPlain` that nobody will tell who is here.
 */
export type ConnectionState =
	| {readonly phase: 'idle'}
	| {readonly phase: 'connecting'; readonly since: number; readonly state?: string}
	| {readonly phase: 'open'; readonly isPlain?: boolean}
	| {readonly phase: 'waiting'; readonly until: number; readonly reason: string};

export type ChatState = {
	/** Who we are, as we asked to be known. */
	readonly login: string;
	/** All that is said. */
	readonly scrollback: Scrollback;
	readonly conversations: Conversations;
	/** The view that is shown, and whether somebody looks at its end. */
	readonly open: ConversationId;
	readonly isWatched: boolean;
	/** The last line that was there when somebody stopped reading, by view. */
	readonly readUpTo: ReadonlyMap<ConversationId, number>;
	/**
	 * Somebody has come back, and has not read all that came before: what is left of it stays unread, also while everything
	 * is shown, until that person goes to it, or anew to everything.
	 */
	readonly hasReturned: boolean;
	/** The id of the newest message that was counted, read or not. */
	readonly newest: string | undefined;
	/** Logins that spoke, the latest first. On a plain server nobody knows more about who is here. */
	readonly seen: readonly string[];
	/** Who is here; undefined where nobody knows. */
	readonly people: People | undefined;
	/** Who was, when the connection went; undefined where there was none, or there is one. */
	readonly peopleBefore: People | undefined;
	/** Logins that look like somebody else's who was there before. */
	readonly lookAlikes: LookAlikes;
	/** Whose lines are hidden. */
	readonly ignored: Ignored;
	/** Who is writing to us. */
	readonly typing: readonly Typist[];
	readonly connection: ConnectionState;
};

export type ChatAction =
	| {
			readonly type: 'received';
			readonly messages: readonly {from: string; text: string}[];
			readonly at: number;
	  }
	/** The same with all that a host of a-chat/1 tells of them. */
	| {
			readonly type: 'said';
			readonly lines: readonly NewChatLine[];
			/** The id of the last of them. */
			readonly newest?: string | undefined;
			/** Whether it came before somebody was here again. */
			readonly isMissed?: boolean;
	  }
	/** Somebody is here again. */
	| {readonly type: 'came-back'}
	/** What was said before all that is shown in a view, oldest first. */
	| {readonly type: 'earlier'; readonly view: ConversationId; readonly lines: readonly NewChatLine[]}
	/** What was said the last time: nobody has to be called for it. */
	| {
			readonly type: 'backlog';
			readonly lines: readonly NewChatLine[];
			/** The id of the last message among them. */
			readonly newest?: string | undefined;
			/** What nobody has read yet, in all conversations. */
			readonly unread?: readonly Missed[];
	  }
	/** A session begins, under this login. */
	| {readonly type: 'named'; readonly login: string}
	/** Another view is shown; a conversation that was none begins. */
	| {readonly type: 'opened'; readonly party: Party}
	/** Somebody looks at the end of what is shown, or does not any more: because of reading further up, or not at all. */
	| {readonly type: 'watched'; readonly isWatched: boolean; readonly isReading?: boolean}
	| {readonly type: 'muted'; readonly id: ConversationId; readonly isMuted: boolean}
	/** All that is shown goes, in one view or in all of them. */
	| {readonly type: 'cleared'; readonly view?: ConversationId}
	/** These conversations are there, also if nothing was said in them so far. */
	| {readonly type: 'began'; readonly parties: readonly Party[]}
	/** A conversation is given up until something is said in it. */
	| {readonly type: 'closed'; readonly id: ConversationId}
	| {readonly type: 'ignored'; readonly login: string; readonly isIgnored: boolean}
	/** With when it was, in ms since 1970, if it is to be said who came and left since the connection before. */
	| {readonly type: 'people-listed'; readonly people: readonly PersonChange[]; readonly at?: number}
	/** With when it was, in ms since 1970, if it is to be said. */
	| {readonly type: 'people-changed'; readonly changes: readonly PersonChange[]; readonly at?: number}
	/** Somebody has come into a room, or left it. */
	| {
			readonly type: 'room-changed';
			readonly room: string;
			readonly login: string;
			readonly hasCome: boolean;
			readonly at: number;
	  }
	| {readonly type: 'looked-alike'; readonly pairs: readonly AlikePair[]}
	| {
			readonly type: 'typing';
			readonly login: string;
			readonly isActive: boolean;
			/** Of `performance.now()`, in ms. */
			readonly now: number;
	  }
	| {
			readonly type: 'posted';
			readonly post: number;
			readonly to: readonly string[];
			readonly text: string;
			readonly at: number;
			/** Whether it was said in an earlier session. */
			readonly isLeft?: boolean;
	  }
	| {readonly type: 'post-changed'; readonly posts: readonly number[]; readonly delivery: Delivery}
	| {readonly type: 'post-told'; readonly post: number; readonly to: string; readonly told: Told}
	/** The same of a line of an earlier session. */
	| {readonly type: 'message-told'; readonly message: string; readonly to: string; readonly told: Told}
	| {readonly type: 'post-taken-back'; readonly post: number}
	/** Words of the program, where everything is shown or in one view alone. */
	| {
			readonly type: 'noticed';
			readonly texts: readonly string[];
			readonly at: number;
			readonly view?: ConversationId;
	  }
	| {readonly type: 'connection-changed'; readonly connection: ConnectionState};
