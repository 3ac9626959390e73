import {createHash} from 'node:crypto';
import path from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {loginKey} from '../protocol/login.ts';
import type {Address} from '../session/address.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import {makePassingStore, openSessionStore} from '../session/store/session-store.ts';
import {homeFolders} from './home.ts';

/**
 * What a screen needs to speak a-chat/1 with a host: what it left behind there under this login. It comes as a guest, as
 * a name that is bound to a key is refused to `--plain` and `--to`, which cannot sign.
 *
 * @throws {StoreError} `LOCKED` if another screen of this login uses it; else a sentence, if it cannot be used
 */
export async function openExtended(
	{host, port}: Address,
	login: string,
	environment: NodeJS.ProcessEnv,
): Promise<ExtendedOptions> {
	const agent = `${packageJson.name}/${packageJson.version}`;
	const folders = homeFolders(environment);
	if (folders === undefined) return passingOptions(agent);
	// A name of any script may be longer than a file's may be.
	const name = createHash('sha256').update(loginKey(login)).digest('hex').slice(0, 32);
	const folder = path.join(folders.data, 'sessions', `${encodeURIComponent(host)}-${port}`, name);
	return {agent, identity: undefined, store: await openSessionStore(folder)};
}

/** The same where nothing is left behind. */
export const passingOptions = (agent = `${packageJson.name}/${packageJson.version}`): ExtendedOptions => ({
	agent,
	identity: undefined,
	store: makePassingStore(),
});
