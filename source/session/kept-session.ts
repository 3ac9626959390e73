import {createHash} from 'node:crypto';
import path from 'node:path';
import {loginKey} from '../protocol/login.ts';
import type {Address} from './address.ts';
import {type Identity, loadIdentity} from './identity.ts';
import {KnownHost} from './known-host.ts';
import {openSessionStore, type SessionStore} from './store/session-store.ts';

/** Whose key names are bound to, and which host is known at an address. */
export type KeptIdentity = {readonly identity: Identity; readonly knownHost: KnownHost};

/**
 * What a folder of data holds for all that join an address.
 *
 * @param trustsAny whether any host that answers there is trusted
 * @throws {Error} a sentence, if the key cannot be used
 */
export function openKeptIdentity(data: string, address: Address, trustsAny = false): KeptIdentity {
	const knownHost = new KnownHost(path.join(data, 'known-hosts', fileNameOf(address)), trustsAny);
	return {identity: loadIdentity(data), knownHost};
}

/**
 * The same, and what a login left behind there.
 *
 * @throws {StoreError} `LOCKED` if another program of this login uses it; else a sentence, if it cannot be used
 */
export async function openKeptSession(
	data: string,
	address: Address,
	login: string,
	trustsAny = false,
): Promise<KeptIdentity & {readonly store: SessionStore}> {
	const store = await openSessionStore(sessionFolder(data, address, login));
	try {
		return {...openKeptIdentity(data, address, trustsAny), store};
	} catch (error) {
		await store.close();
		throw error;
	}
}

/** Where all of that lies, with what others keep of the session. Whoever has its store open has it alone. */
export function sessionFolder(data: string, address: Address, login: string): string {
	// A name of any script may be longer than a file's may be.
	const name = createHash('sha256').update(loginKey(login)).digest('hex').slice(0, 32);
	return path.join(data, 'sessions', fileNameOf(address), name);
}

const fileNameOf = ({host, port}: Address): string => `${encodeURIComponent(host)}-${port}`;
