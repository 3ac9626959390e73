import {networkInterfaces} from 'node:os';
import {type Address, formatAddress, isLoopback, nearAddress} from '../session/address.ts';

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

/** What others type to join, a line for each way to get there, and who can; each command on a line of its own. */
export function describeListening(address: Address): readonly string[] {
	const commands = joinCommands(address);
	return isLoopback(address.host)
		? [...commands, 'only this machine; for the LAN start it anew with', lanCommand(address)]
		: [...commands, 'no password, no encryption: whoever reaches this port can join'];
}

/** The same for a log: sentences, each of which is understood by itself. */
export function tellListening(address: Address): readonly string[] {
	const invitations = joinCommands(address).map(command => `Others join with: ${command}`);
	return isLoopback(address.host)
		? [...invitations, `Only this machine can; for the LAN start it anew with: ${lanCommand(address)}`]
		: [...invitations, 'No password, no encryption: whoever reaches this port can join'];
}

const joinCommands = (address: Address): readonly string[] => reachableAddresses(address).map(joinCommand);

const lanCommand = ({port}: Address): string => `a-chat-tui --host --listen 0.0.0.0:${port}`;

const joinCommand = (address: Address): string => `a-chat-tui --join ${formatAddress(address)}`;

/** Why nobody can host at an address of this machine. */
export const describeTaken = (address: Address): string =>
	`Somebody listens on ${formatAddress(address)} already: join with "${joinCommand(nearAddress(address))}", or choose another port with --listen.`;

/** Why a host has not begun yet: a code for its log, a sentence, and a few words for the status of a screen. */
export type StoreNews = {readonly code: string; readonly text: string; readonly state: string};

export const waitingFor = (folder: string): StoreNews => ({
	code: 'STORE_WAIT',
	text: `Waiting for another host that uses ${folder}: it goes on when that one ends.`,
	state: 'waiting for another host',
});

export const checking = (folder: string): StoreNews => ({
	code: 'STORE_CHECK',
	text: `Checking the store in ${folder}, which was copied or moved there: this may take some seconds.`,
	state: 'checking the store',
});
