import path from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import type {Address} from '../session/address.ts';
import type {Identity} from '../session/identity.ts';
import {openKeptIdentity, openKeptSession, sessionFolder} from '../session/kept-session.ts';
import {KnownHost} from '../session/known-host.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import {makePassingStore} from '../session/store/session-store.ts';
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
	return {agent, ...openKeptIdentity(data, address)};
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
	return data === undefined ? passingOptions() : {agent, ...(await openKeptSession(data, address, login))};
}

/** The same where nothing is left behind. */
export const passingOptions = (): ExtendedOptions => ({
	agent,
	identity: undefined,
	store: makePassingStore(),
});

/** Where the screen keeps what is its own of a session; undefined where nothing is kept. */
export function screenFile(
	address: Address,
	login: string,
	environment: NodeJS.ProcessEnv,
): string | undefined {
	const data = homeFolders(environment)?.data;
	return data === undefined ? undefined : path.join(sessionFolder(data, address, login), 'screen.json');
}
