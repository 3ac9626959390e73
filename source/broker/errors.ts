/** Why a broker could not start: `EADDRINUSE` and the like from the system, or `TOO_FEW_FILES`. */
export class BrokerError extends Error {
	readonly code: string;

	/** @param message one sentence that says what to do */
	constructor(code: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'BrokerError';
		this.code = code;
	}
}

/** What went wrong with listening, as a sentence for people. */
export const listenError = (error: NodeJS.ErrnoException, host: string, port: number): BrokerError => {
	const code = error.code ?? 'UNKNOWN';
	const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
	return new BrokerError(
		code,
		sentences[code]?.(address, host) ?? `Cannot listen on ${address}: ${error.message}`,
		{
			cause: error,
		},
	);
};

const sentences: Readonly<Record<string, (address: string, host: string) => string>> = {
	EADDRINUSE: address =>
		`Something else already listens on ${address}; choose another port, or 0 for a free one`,
	EACCES: address => `Not allowed to listen on ${address}; choose a port above 1023`,
	EADDRNOTAVAIL: (_, host) => `This machine does not have the address ${host}; 0.0.0.0 stands for all it has`,
	ENOTFOUND: (_, host) => `There is no host called ${host}; check its name`,
	ERR_SOCKET_BAD_PORT: address => `Cannot listen on ${address}; a port is a number from 0 to 65535`,
};
