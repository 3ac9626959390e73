// Loaded in front of the built program (`node --import FILE?FAULT`), it plants one fault in it, while the program is right
// in all else.
import {Server} from 'node:net';

/** Has it keep something of each connection for ever. */
const keep = (make: () => unknown): void => {
	const kept: unknown[] = [];
	const {listen} = Server.prototype;
	Server.prototype.listen = function (this: Server, ...args: unknown[]) {
		this.on('connection', () => kept.push(make()));
		return Reflect.apply(listen, this, args) as Server;
	} as typeof listen;
};

const faults: Readonly<Record<string, () => void>> = {
	leaky: () => keep(() => [Buffer.alloc(65_536, 1), Array.from({length: 700}, () => ({}))]),
	/** It ends at once when it is asked to, and says that all is well. */
	hasty() {
		process.on('SIGTERM', () => process.exit(0));
	},
};

faults[new URL(import.meta.url).search.slice(1)]?.();
