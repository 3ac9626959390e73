// Who talks to a screen, in a process of its own: `senders` people write numbered messages, and one listens to what the
// screen says. Is told what to do by lines of JSON, and answers so; see crowd.ts.
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {Client} from '../load/client.ts';
import {plain} from '../load/dialect.ts';
import {irc} from '../load/irc.ts';
import type {Order, Report} from './crowd.ts';
import {senders, textOf} from './messages.ts';

const {values} = parseArgs({
	options: {
		port: {type: 'string', default: ''},
		/** Whose screen it is. */
		screen: {type: 'string', default: ''},
		/** Where they write to: that login, or a channel. */
		to: {type: 'string', default: ''},
		irc: {type: 'boolean', default: false},
	},
});
const dialect = values.irc ? irc : plain;
const tickMs = 2;
// Written at once in a burst, by each.
const batch = 500;
// A server may be about to come back.
const retryMs = 5;
const patienceMs = 10_000;
// In no other message.
const throughWord = 'through';

/** As another process can compare it, in ms since 1970. */
const now = () => performance.timeOrigin + performance.now();
const report = (what: Report) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function join(login: string): Promise<Client> {
	const deadline = now() + patienceMs;
	for (;;) {
		try {
			const client = await Client.open({port: Number(values.port), dialect}, login);
			if (values.irc) client.socket.write(`JOIN ${values.to}\r\n`);
			client.onCut = () => process.exit(0);
			return client;
		} catch (error) {
			if (now() > deadline) throw error;
			await sleep(retryMs);
		}
	}
}

function listen(client: Client): void {
	let rest = '';
	client.onBytes = (chunk, length) => {
		const lines = (rest + chunk.toString('utf8', 0, length)).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			const message = dialect.parse(line);
			if (message && dialect.loginOf(message.from) === values.screen)
				report({type: 'heard', text: message.text, at: now()});
		}
	};
}

let next = 0;
let timer: NodeJS.Timeout | undefined;

/** The messages up to `end`, as each sender writes them. */
function linesUpTo(end: number): string[] {
	const lines = Array.from({length: senders}, () => '');
	for (; next < end; next++) lines[next % senders] += dialect.message([values.to], textOf(next));
	return lines;
}

function write(end: number): void {
	for (const [i, lines] of linesUpTo(end).entries()) if (lines !== '') talkers[i]?.socket.write(lines);
}

function talk(perSecond: number): void {
	const [begin, first] = [now(), next];
	timer = setInterval(() => write(first + Math.floor(((now() - begin) / 1000) * perSecond)), tickMs);
}

async function burst(count: number): Promise<void> {
	const end = next + count;
	const began = now();
	while (next < end - senders) {
		const lines = linesUpTo(Math.min(end - senders, next + batch * senders));
		const waits = talkers.map(({socket}, i) => socket.write(lines[i] ?? '') || once(socket, 'drain'));
		await Promise.all(waits);
	}
	await conclude();
	report({type: 'sent', last: next - 1, began});
}

async function stop(): Promise<void> {
	if (timer !== undefined) {
		clearInterval(timer);
		timer = undefined;
		await conclude();
	}
	report({type: 'sent', last: next - 1, began: now()});
}

/** A server may be through with one sender before another: the last of each are written when it is with all. */
async function conclude(): Promise<void> {
	await Promise.all(talkers.map(untilThrough));
	write(next + senders);
}

/** Resolves when the server has dealt with what a client has written: it has its own word back. */
function untilThrough(client: Client): Promise<void> {
	let rest = '';
	return new Promise(resolve => {
		client.onBytes = (chunk, length) => {
			rest += chunk.toString('latin1', 0, length);
			if (rest.includes(throughWord)) {
				client.onBytes = () => {};
				resolve();
			}
			rest = rest.slice(-throughWord.length);
		};
		client.socket.write(dialect.message([client.login], throughWord));
	});
}

function obey(order: Order): void {
	if (order.do === 'talk') talk(order.perSecond);
	else if (order.do === 'burst') void burst(order.count);
	else if (order.do === 'knock') talkers[0]?.socket.write(dialect.message([values.to], order.text));
	else void stop();
}

const listener = await join('t1');
listen(listener);
const talkers = await Promise.all(Array.from({length: senders}, (_, i) => join(`t${i + 2}`)));
report({type: 'ready'});
createInterface(process.stdin).on('line', line => obey(JSON.parse(line) as Order));
process.stdin.on('end', () => process.exit(0));
