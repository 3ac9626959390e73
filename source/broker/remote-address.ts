import type {Socket} from 'node:net';

/** How a system that listens on IPv4 and IPv6 at once writes an IPv4 address (RFC 4291, section 2.5.5.2). */
const mapped = /^::ffff:(?=\d+\.)/i;

/**
 * Where a socket comes from, as `127.0.0.1:50123` or `[::1]:50123`; undefined when it is closed and was never asked
 * before. The first time costs a system call.
 */
export const remoteAddress = (socket: Socket): string | undefined => {
	const host = socket.remoteAddress?.replace(mapped, '');
	if (host === undefined) return undefined;
	return `${host.includes(':') ? `[${host}]` : host}:${socket.remotePort}`;
};
