import {type Address, defaultAddress, formatAddress, isLoopback} from './address.ts';
import {SessionError} from './session-error.ts';

/** Turns what the operating system says about a connection into a sentence that says what to do. */
export function explainSocketError(error: NodeJS.ErrnoException, address: Address): SessionError {
	const where = formatAddress(address);
	const cause = {cause: error};
	switch (error.code) {
		case 'ECONNREFUSED':
			return new SessionError(
				'REFUSED',
				`Nobody hosts a chat at ${where}: start one there with "${hostCommand(address)}", or check the address.`,
				cause,
			);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
		case 'EAI_NODATA':
			return new SessionError(
				'NOT_FOUND',
				`There is no host by the name "${address.host}": check the spelling, or use its IP address.`,
				cause,
			);
		case 'ETIMEDOUT':
			return new SessionError(
				'TIMEOUT',
				`${where} does not answer: check the address and whether a firewall is in between.`,
				cause,
			);
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return new SessionError(
				'UNREACHABLE',
				`There is no way to ${where} from here: check the address and your network.`,
				cause,
			);
		case 'ECONNRESET':
		case 'EPIPE':
			return new SessionError(
				'LOST',
				`The connection to ${where} broke: see whether the host still runs.`,
				cause,
			);
		default:
			return new SessionError(
				'UNREACHABLE',
				`The connection to ${where} failed (${error.code ?? error.message}): check the address and your network.`,
				cause,
			);
	}
}

/** What somebody types at the machine of an address, to be reached there. */
function hostCommand({host, port}: Address): string {
	const isUsual = host === defaultAddress.host || host === 'localhost';
	if (isUsual) return `a-chat-tui --host${port === defaultAddress.port ? '' : ` --listen ${port}`}`;
	const all = host.includes(':') ? '::' : '0.0.0.0';
	return `a-chat-tui --host --listen ${formatAddress({host: isLoopback(host) ? host : all, port})}`;
}

/**
 * Names the protocol of a server by the first bytes that it sends, if that is one that cannot be a chat; every line
 * that a plain server can send starts with `from `.
 */
export function foreignProtocol(firstBytes: Uint8Array): string | undefined {
	const start = Buffer.from(
		firstBytes.buffer,
		firstBytes.byteOffset,
		Math.min(firstBytes.length, 16),
	).toString('latin1');
	if (/^HTTP\/\d/.test(start) || /^<(?:!doctype|html)/i.test(start)) return 'HTTP';
	if (/^SSH-\d/.test(start)) return 'SSH';
	if (/^[\x14-\x17]\x03[\x00-\x04]/.test(start)) return 'TLS';
	if (/^220[ -]/.test(start)) return 'mail or FTP';
	if (/^-(?:ERR|DENIED) /.test(start)) return 'Redis';
	return undefined;
}

/** The sentence for a port that speaks something else. */
export function notAChat(protocol: string, address: Address): SessionError {
	const isOurs = address.host === defaultAddress.host || address.host === 'localhost';
	const advice = isOurs ? `use --host --listen ${nextPort(address.port)}` : 'check the port';
	return new SessionError('NOT_CHAT', `${formatAddress(address)} answers ${protocol}, not chat: ${advice}`);
}

function nextPort(port: number): number {
	return port < 65_535 ? port + 1 : port - 1;
}
