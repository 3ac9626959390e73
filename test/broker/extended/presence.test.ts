import {expect, it} from 'vitest';
import {ExtendedPeer} from '../../support/extended-peer.ts';
import {start} from '../start.ts';

/** Who is here, as a host tells it to somebody who asks. */
const whoIsHere = async (peer: ExtendedPeer): Promise<readonly string[]> => {
	peer.say({type: 'who', req: 'r1'});
	const lines = await peer.until('end');
	return lines.flatMap(line => (line.type === 'user' ? [line.login] : []));
};

it('of somebody who leaves right after a list with that name was asked for is told that, and of one who comes', async () => {
	const {address} = await start();
	const alice = await ExtendedPeer.join(address, 'alice', {caps: ['ack', 'presence']});
	const bob = await ExtendedPeer.join(address, 'bob');
	expect(await whoIsHere(alice)).toEqual(['alice', 'bob']);
	await bob.peer.leave();
	expect((await alice.until('leave')).at(-1)).toEqual({type: 'leave', login: 'bob'});
	expect(await whoIsHere(alice)).toEqual(['alice']);
	await ExtendedPeer.join(address, 'bob');
	expect((await alice.until('join')).at(-1)).toEqual({type: 'join', login: 'bob'});
});
