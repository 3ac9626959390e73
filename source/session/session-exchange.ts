import type {EventEmitter} from 'node:events';
import {Exchange} from './extended/exchange.ts';
import type {ExchangeOptions} from './extended/exchange-types.ts';
import {KnownHost} from './known-host.ts';
import type {ExtendedOptions, SessionEvents} from './session-types.ts';

type Own = Pick<
	ExchangeOptions,
	'login' | 'gatherMs' | 'unposted' | 'onWelcome' | 'onStranger' | 'onShutdown' | 'onCrowded' | 'onGiveUp'
>;

/** What a session says in a-chat/1, with all that it tells of that. */
export const exchangeOf = (
	session: EventEmitter<SessionEvents>,
	extended: ExtendedOptions,
	own: Own,
): Exchange =>
	new Exchange({
		...{knownHost: new KnownHost(), ...extended, ...own},
		onLive: missed => session.emit('live', missed),
		onHeard: line => session.emit('heard', line),
		onMessages: messages => session.emit('messages', messages),
		onAccepted: (post, ack) => {
			session.emit('posts', [post.id], 'accepted');
			session.emit('accepted', post, ack);
		},
		onRefused: (post, why) => {
			session.emit('posts', [post.id], 'refused');
			session.emit('refused', post, why);
		},
		onTold: (status, post) => {
			if (post) session.emit('told', post.id, status.to, status.state);
			session.emit('delivery', status, post);
		},
		onStale: posts => {
			session.emit(
				'posts',
				posts.map(({id}) => id),
				'stale',
			);
			session.emit('stale', posts);
		},
		onNotice: text => session.emit('notice', text),
	});
