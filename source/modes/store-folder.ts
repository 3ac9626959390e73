import path from 'node:path';
import {homeFolders} from './home.ts';
import type {Options} from './options.ts';

/**
 * Where a host keeps what is said: the folder that was asked for, else one for the address that it listens on, so that it
 * is found again. Undefined for memory: asked for, or because a port that is picked anew each time, or a home that nobody
 * knows, would never be found again.
 */
export function storeFolder(
	{store, address}: Pick<Options, 'store' | 'address'>,
	environment: NodeJS.ProcessEnv,
): string | undefined {
	if (store === 'memory') return undefined;
	if (store !== undefined) return path.resolve(store);
	const data = homeFolders(environment)?.data;
	if (data === undefined || address.port === 0) return undefined;
	return path.join(data, 'hosts', `${encodeURIComponent(address.host)}-${address.port}`);
}
