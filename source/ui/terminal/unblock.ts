/** libuv's handle of a stream; Node offers no public way to it. */
type Internals = {readonly _handle?: {readonly setBlocking?: (isBlocking: boolean) => void}};

/** Keeps writes to a terminal that nobody reads from stopping the whole process, and a broker that lives in it. */
export function unblock(stream: NodeJS.WriteStream): void {
	(stream as Internals)._handle?.setBlocking?.(false);
}
