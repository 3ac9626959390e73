import {networkInterfaces} from 'node:os';
import {type Address, formatAddress, isLoopback} from '../session/address.ts';

/** The addresses under which others reach a broker that listens at `address`, the most usual first. */
function reachableAddresses(address: Address): readonly Address[] {
	if (address.host !== '0.0.0.0' && address.host !== '::') return [address];
	const isV4Only = address.host === '0.0.0.0';
	return Object.values(networkInterfaces())
		.flatMap(list => list ?? [])
		.filter(entry => !entry.internal && (entry.family === 'IPv4' || !isV4Only))
		.filter(entry => !entry.address.startsWith('fe80:'))
		.sort((a, b) => a.family.localeCompare(b.family))
		.map(entry => ({host: entry.address, port: address.port}));
}

/** What others type to join, a line for each way to get there, and who can. */
export function describeListening(address: Address): readonly string[] {
	const commands = reachableAddresses(address).map(reachable => joinCommand(reachable));
	if (isLoopback(address.host)) {
		const command = `a-chat-tui --host --listen 0.0.0.0:${address.port}`;
		return [...commands, 'only this machine; for the LAN start it anew with', command];
	}
	return [...commands, 'no password, no encryption: whoever reaches this port can join'];
}

function joinCommand(address: Address): string {
	return `a-chat-tui --join ${formatAddress(address)}`;
}

/** Why the store of a host is not open yet: a code for its log, and a sentence. */
export type StoreNews = {readonly code: string; readonly text: string};

export const waitingFor = (folder: string): StoreNews => ({
	code: 'STORE_WAIT',
	text: `Waiting for another host that uses ${folder}: it goes on when that one ends.`,
});

export const checking = (folder: string): StoreNews => ({
	code: 'STORE_CHECK',
	text: `Checking the store in ${folder}, which was copied or moved there: this may take some seconds.`,
});
