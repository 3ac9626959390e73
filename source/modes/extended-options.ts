import {createHash} from 'node:crypto';
import path from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {loginKey} from '../protocol/login.ts';
import type {Address} from '../session/address.ts';
import {type Identity, loadIdentity} from '../session/identity.ts';
import {KnownHost} from '../session/known-host.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import {makePassingStore, openSessionStore} from '../session/store/session-store.ts';
import {homeFolders} from './home.ts';

const agent = `${packageJson.name}/${packageJson.version}`;

/**
 * Whose key names are bound to, and which host is known at an address.
 *
 * @throws {Error} a sentence, if the key cannot be used
 */
export function openIdentity(
	address: Address,
	environment: NodeJS.ProcessEnv,
): {readonly agent: string; readonly identity: Identity | undefined; readonly knownHost: KnownHost} {
	const data = homeFolders(environment)?.data;
	if (data === undefined) return {agent, identity: undefined, knownHost: new KnownHost()};
	const knownHost = new KnownHost(path.join(data, 'known-hosts', fileNameOf(address)));
	return {agent, identity: loadIdentity(data), knownHost};
}

/**
 * What a session needs to speak a-chat/1 with a host: beside that, what it left behind there under this login.
 *
 * @throws {StoreError} `LOCKED` if another program of this login uses it; else a sentence, if it cannot be used
 */
export async function openExtended(
	address: Address,
	login: string,
	environment: NodeJS.ProcessEnv,
): Promise<ExtendedOptions> {
	const data = homeFolders(environment)?.data;
	if (data === undefined) return passingOptions();
	// A name of any script may be longer than a file's may be.
	const name = createHash('sha256').update(loginKey(login)).digest('hex').slice(0, 32);
	const store = await openSessionStore(path.join(data, 'sessions', fileNameOf(address), name));
	try {
		return {...openIdentity(address, environment), store};
	} catch (error) {
		await store.close();
		throw error;
	}
}

/** The same where nothing is left behind. */
export const passingOptions = (): ExtendedOptions => ({
	agent,
	identity: undefined,
	store: makePassingStore(),
});

const fileNameOf = ({host, port}: Address): string => `${encodeURIComponent(host)}-${port}`;
