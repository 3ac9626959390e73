import {expect, test} from 'vitest';
import {extendedLimits} from '../../source/protocol/extended/limits.ts';
import {isText, withoutControls} from '../../source/protocol/extended/syntax.ts';
import {trimWhiteSpace} from '../../source/protocol/white-space.ts';
import {addressOf} from '../support/chat-screen.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {corpus} from './corpus.ts';
import {openHostileScreen} from './open.ts';
import {type HostileMessage, Stage} from './stage.ts';

/** Bytes that are no UTF-8 end a connection. Controls are replaced or refused there, so some of them will do. */
const cases = corpus.filter(
	({texts}, index) =>
		texts.every(text => typeof text === 'string') &&
		(index % 6 === 0 || texts.every(text => isText(`${text}`))),
);

/** Somebody honest and somebody hostile are one peer here, so that all comes in order. */
const open = async (
	isExtended: boolean,
	arrives: (text: string) => string | undefined,
	send: (peer: Peer, messages: readonly HostileMessage[]) => void,
) => {
	const {port} = await startHost();
	const screen = await openHostileScreen(port);
	await screen.waitFor('nobody else is here');
	const peer = isExtended
		? (await ExtendedPeer.join(addressOf(port), 'ruler')).peer
		: await Peer.login(addressOf(port), 'ruler');
	await screen.waitFor('1 here: ruler');
	return new Stage({screen, arrives, send: messages => send(peer, messages)});
};

test('nothing hostile gets through our own host from a plain peer', {timeout: 60_000}, async () => {
	const arrives = (text: string) => withoutControls(trimWhiteSpace(text));
	const stage = await open(false, arrives, (peer, messages) =>
		peer.send(...messages.map(({text}) => `alice: ${text}`)),
	);
	const problems = await stage.play(cases, text => [{from: 'ruler', text}]);
	console.log(`${stage.sent} lines of a plain peer through our own host`);
	expect(problems.slice(0, 3)).toEqual([]);
});

test('nothing hostile gets through our own host from a peer of a-chat/1', {timeout: 60_000}, async () => {
	let key = 0;
	const arrives = (text: string) =>
		isText(text) && Buffer.byteLength(text) <= extendedLimits.textBytes ? text : undefined;
	const stage = await open(true, arrives, (peer, messages) =>
		peer.send(...messages.map(({text}) => `@send key=k${++key} to=alice :${text}`)),
	);
	const problems = await stage.play(cases, text => [{from: 'ruler', text}]);
	console.log(`${stage.sent} messages of a-chat/1 through our own host`);
	expect(problems.slice(0, 3)).toEqual([]);
});
