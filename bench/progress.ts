/** Shows what is being done on standard error: one line that changes on a terminal, else a line each time. */
export function createProgress(): {tell(what: string): void; end(): void} {
	const {stderr} = process;
	return {
		tell(what) {
			stderr.write(stderr.isTTY ? `\r\u001B[K${what}` : `${what}\n`);
		},
		end() {
			if (stderr.isTTY) stderr.write('\r\u001B[K');
		},
	};
}
