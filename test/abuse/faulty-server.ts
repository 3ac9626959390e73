// A small server in the usual style, without the rules that keep abuse away, and with planted faults on demand: what the
// cases have to find out. By hand:
// npm run abuse -- --only 4 --server 'node --inspect=127.0.0.1:0 test/abuse/faulty-server.ts lose,swap {port} {flags}'
import {openSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';

const [faultNames = '', port] = process.argv.slice(2);
const faults = new Set(faultNames.split(','));
const peers = new Map<string, Socket>();
const leaked: unknown[] = [];
let loginCount = 0;
let deliveryCount = 0;
let heldBack = '';

/** What becomes of a line that alice says to bob. */
const spoil = (line: string, bob: Socket): string => {
	const number = ++deliveryCount;
	if (faults.has('lose') && number === 10) return '';
	if (faults.has('double') && number === 12) return line + line;
	if (faults.has('forge') && number === 14) return `from mallory: hi\n${line}`;
	if (faults.has('cut') && number === 16) bob.destroy();
	if (faults.has('swap') && number === 18) {
		heldBack = line;
		return '';
	}
	return faults.has('swap') && number === 19 ? line + heldBack : line;
};

const onLogin = (): void => {
	loginCount++;
	if (faults.has('leak files')) openSync('/dev/null', 'r');
	if (faults.has('leak memory')) leaked.push(Buffer.alloc(8192, 1));
	if (faults.has('leak timers')) setInterval(() => {}, 1e6);
	if (faults.has('die') && loginCount === 50) throw new Error('a planted fault');
};

const deliver = (from: string, to: string, text: string): void => {
	const peer = peers.get(to);
	if (peer === undefined || peer.destroyed) return;
	const line = `from ${from}: ${text.trim()}\n`;
	const bytes = from === 'alice' && to === 'bob' ? spoil(line, peer) : line;
	if (faults.has('late')) setTimeout(() => peer.write(bytes), 60);
	else peer.write(bytes);
};

const server = createServer({allowHalfOpen: true, noDelay: true}, socket => {
	let login: string | undefined;
	let rest = '';
	const since = Date.now();
	const take = (line: string): void => {
		if (login === undefined) {
			login = line;
			peers.set(login, socket);
			onLogin();
			return;
		}
		const colon = line.indexOf(':');
		if (colon === -1) return;
		for (const to of line.slice(0, colon).split(',')) deliver(login, to.trim(), line.slice(colon + 1));
	};
	socket.setEncoding('utf8').on('error', () => {});
	socket.on('data', (chunk: string) => {
		rest += chunk;
		if (!chunk.includes('\n')) return;
		const lines = rest.split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) take(line);
	});
	const timer = setInterval(() => {
		const seconds = (Date.now() - since) / 1000;
		if (faults.has('no patience') && login === undefined && seconds > 0.1) socket.destroy();
		if (faults.has('wall clock') && Math.abs(seconds) > 1800) socket.destroy();
	}, 50);
	socket.on('end', () => socket.end());
	socket.on('close', () => {
		clearInterval(timer);
		if (login !== undefined && peers.get(login) === socket) peers.delete(login);
	});
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(faults.has('bad exit') ? 3 : 0));
