import type {Party} from './conversation.ts';

/**
 * What becomes of an own line: `new` until it is kept here, `past` if a host took it at an earlier time and nobody knows
 * more; the rest is as in the outbox of the session.
 */
export type Delivery = 'new' | 'waiting' | 'written' | 'unsure' | 'accepted' | 'refused' | 'stale' | 'past';

/** What somebody has of an own line, on a host that tells. */
export type Told = 'sent' | 'queued' | 'delivered' | 'absent';

/** Logins of those who came and of those who left. */
export type Comings = {readonly came: readonly string[]; readonly left: readonly string[]};

/** A line of the conversation. Lines are never changed, only replaced, so that what was laid out once stays valid. */
export type ChatLine =
	| {
			readonly kind: 'message';
			readonly id: number;
			/** When it arrived here, in ms since 1970. */
			readonly at: number;
			readonly from: string;
			/** Whom it was for, where that is known. */
			readonly to?: readonly string[] | undefined;
			/** As it came over the wire: whoever shows it has to make it harmless first. */
			readonly text: string;
			/** The conversation that it belongs to, if its names are those of people and rooms. */
			readonly party?: Party | undefined;
			/** Whether it is for us alone, or names us. */
			readonly isForUs?: boolean;
	  }
	| {
			readonly kind: 'own';
			readonly id: number;
			readonly at: number;
			readonly to: readonly string[];
			readonly text: string;
			/** The number of its post; 0 if it was not said in this session. */
			readonly post: number;
			/** The id of its message, of one that was not said in this session. */
			readonly message?: string;
			readonly delivery: Delivery;
			readonly party?: Party | undefined;
			/** What is known of each recipient, by name. */
			readonly told?: Readonly<Record<string, Told>> | undefined;
	  }
	| {
			/** Words of the program or of the server itself. */
			readonly kind: 'notice';
			readonly id: number;
			readonly at: number;
			readonly text: string;
			/** Whom it tells of, if it tells who came and who left. */
			readonly comings?: Comings;
	  };

type WithoutId<Line> = Line extends ChatLine ? Omit<Line, 'id'> : never;

/** A line that has not been given its number yet. */
export type NewChatLine = WithoutId<ChatLine>;
