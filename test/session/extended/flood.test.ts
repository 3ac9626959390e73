import {once} from 'node:events';
import path from 'node:path';
import {expect, it} from 'vitest';
import {loadIdentity} from '../../../source/session/identity.ts';
import {Session} from '../../../source/session/session.ts';
import {openSessionStore, type SessionStore} from '../../../source/session/store/session-store.ts';
import {Peer} from '../../support/peer.ts';
import {hostAt, newFolder} from './talker.ts';

it('what comes faster than it can be stored is read later, and none of it is missing', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const folder = path.join(home, 'bob');
	const store = await openSessionStore(folder);
	const gate = Promise.withResolvers<void>();
	const keep: SessionStore['keep'] = async (...args) => {
		if (args[0].length > 0) await gate.promise;
		return store.keep(...args);
	};
	const session = new Session({address, login: 'bob'});
	let [count, inOrder] = [0, 0];
	session.on('messages', messages => {
		for (const {text} of messages) if (text === `line ${count++}`) inOrder++;
	});
	session.start({agent: 'test', identity: loadIdentity(folder), store: {...store, keep}});
	while (session.status.phase !== 'open') await once(session, 'status');
	const flooder = await Peer.login(address, 'flooder');
	const lines = 11_000;
	flooder.send(...Array.from({length: lines}, (_, index) => `bob: line ${index}`), 'flooder: all of it');
	// The host has passed all of it on, to what of the connection is not read.
	await flooder.line();
	gate.resolve();
	await expect.poll(() => count, {timeout: 15_000}).toBe(lines);
	expect(inOrder).toBe(lines);
	flooder.socket.destroy();
	await session.stop();
	await store.close();
});
