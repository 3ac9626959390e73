/** Where a broker listens or is reached: a host name or an IP address (v6 without brackets), and a TCP port. */
export type Address = {readonly host: string; readonly port: number};

export const defaultAddress: Address = {host: '127.0.0.1', port: 8080};

/**
 * Reads `host:port`, `[v6]:port`, `host` or `[v6]`; without a port it is 8080. Returns undefined for anything else: an
 * address is typed by people, so what is wrong with it is the caller's sentence.
 *
 * @param leastPort 0 where a port may be left to the system
 */
export function parseAddress(text: string, leastPort: 0 | 1 = 1): Address | undefined {
	const match = /^(?:\[(?<v6>[0-9a-f:.]+(?:%[\w.-]+)?)\]|(?<host>[^\s:[\]/@]+))(?::(?<port>\d{1,5}))?$/i.exec(
		text,
	);
	if (!match?.groups) return undefined;
	const {v6, host, port} = match.groups;
	const number = port === undefined ? defaultAddress.port : Number(port);
	if (number < leastPort || number > 65_535) return undefined;
	return {host: (v6 ?? host) as string, port: number};
}

/** The form that `--join` takes. */
export function formatAddress({host, port}: Address): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Where this machine itself reaches a host that listens at an address, which may stand for all that it has. */
export function nearAddress({host, port}: Address): Address {
	const near: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1'};
	return {host: near[host] ?? host, port};
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
