import {setTimeout as sleep} from 'node:timers/promises';
import type {SessionStore} from '../../../source/session/store/session-store.ts';

/** How long messages stand only in memory, in ms. */
const lateMs = 40;

/** A client's store with a planted fault: the cursor moves, and so is confirmed, before what came is stored. */
export const movingTooEarly = (store: SessionStore): SessionStore => ({
	...store,
	async keep(messages, cursor, acknowledged) {
		await store.keep([], cursor, acknowledged);
		void sleep(lateMs).then(() => store.keep(messages, undefined, []));
		return messages.map(() => true);
	},
});
