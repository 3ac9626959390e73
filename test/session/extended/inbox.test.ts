import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it, onTestFinished} from 'vitest';
import {Session} from '../../../source/session/session.ts';
import {makePassingStore, type SessionStore} from '../../../source/session/store/session-store.ts';
import {startForeignServer} from '../../support/foreign-server.ts';

const welcome =
	'@welcome a-chat=1 srv=s you=alice caps=ack n=0 ts=0 stored=disk text=4096 line=8192 dests=20 rate=0 ping=30 keys=60\n@live\n';

/** Messages with the numbers behind `from` up to `to`, as a host writes them. */
const messages = (from: number, to: number): string =>
	Array.from({length: to - from}, (_, at) => {
		const n = from + at + 1;
		return `@msg n=${n} prev=${n - 1} id=i${n} ts=0 from=bob to=alice :${n}\n`;
	}).join('');

/** A host that has let a session in, whose store is in the way of what comes. */
const openWith = async (keep: SessionStore['keep']) => {
	const server = await startForeignServer();
	const session = new Session({address: {host: '127.0.0.1', port: server.port}, login: 'alice'});
	onTestFinished(() => session.stop());
	const texts: string[] = [];
	session.on('messages', held => texts.push(...held.map(({text}) => text)));
	session.start({agent: 'test', identity: undefined, store: {...makePassingStore(), keep}});
	const socket = await server.accept();
	socket.write(welcome);
	return {server, session, socket, texts};
};

it('of more than a slow disk takes nothing is lost, and so much is not held in memory', async () => {
	const {keep} = makePassingStore();
	let most = 0;
	const {server, socket, texts} = await openWith(async (held, ...rest) => {
		most = Math.max(most, held.length);
		if (held.length > 0) await sleep(50);
		return keep(held, ...rest);
	});
	const count = 20_000;
	socket.write(messages(0, count));
	await expect.poll(() => texts.length).toBe(count);
	expect(texts).toEqual(Array.from({length: count}, (_, at) => `${at + 1}`));
	expect(most).toBeLessThan(5000);
	await expect.poll(() => server.received()).toContain(`@got n=${count}\n`);
});

it('what comes is shown while nothing can be kept, and confirmed once it can', async () => {
	const {keep} = makePassingStore();
	let isFull = true;
	const {server, socket, texts} = await openWith(async (held, ...rest) => {
		if (isFull && held.length > 0) throw new Error('the disk is full');
		return keep(held, ...rest);
	});
	socket.write(messages(0, 5000));
	await expect.poll(() => texts.length).toBe(5000);
	expect(server.received()).not.toContain('@got');
	isFull = false;
	socket.write(messages(5000, 5001));
	await expect.poll(() => server.received()).toContain('@got n=5001\n');
	expect(texts).toEqual(Array.from({length: 5001}, (_, at) => `${at + 1}`));
});
