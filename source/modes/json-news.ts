import type {Welcome} from '../session/extended/exchange-types.ts';
import type {Session} from '../session/session.ts';
import {deliveredOf, messageOf} from '../session/spoken.ts';

/** Tells what a session hears, each as an object. */
export function tellWhatComes(session: Session, tell: (value: object) => void): void {
	session.on('lines', lines => {
		const at = new Date();
		for (const {line, delivery} of lines)
			tell(delivery ? {type: 'message', at, ...delivery} : {type: 'notice', text: line});
	});
	session.on('messages', messages => {
		for (const message of messages) tell({type: 'message', ...messageOf(message)});
	});
	session.on('live', missed => tell({type: 'live', missed}));
	session.on('notice', text => tell({type: 'notice', text}));
	session.on('delivery', (status, post) => tell({type: 'status', ...deliveredOf(status, post?.key)}));
}

/** As whom we are in, and what the host can do. */
export const capabilities = ({srv, you, caps, stored, text, dests, rate, keys}: Welcome): object => ({
	login: you,
	...{srv, can: caps, stored},
	limits: {textBytes: text, destinations: dests, linesPerSecond: rate, keySeconds: keys},
});
