import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {limits} from '../../../source/protocol/limits.ts';
import {LineSplitter} from '../../../source/protocol/line-splitter.ts';
import {Dialogue} from '../../../source/session/extended/dialogue.ts';
import type {DialogueEvent, DialogueOptions} from '../../../source/session/extended/dialogue-types.ts';
import {loadIdentity} from '../../../source/session/identity.ts';
import {start} from '../../broker/start.ts';
import {ExtendedPeer} from '../../support/extended-peer.ts';
import {type Address, Peer} from '../../support/peer.ts';

type Talk = {readonly dialogue: Dialogue; readonly events: DialogueEvent[]; readonly socket: Socket};
type Wish = Partial<Pick<DialogueOptions, 'identity' | 'trusts' | 'cursor' | 'isBeside'>>;

/** A dialogue over a real socket with a real broker. */
async function talk(address: Address, login: string, wish: Wish = {}): Promise<Talk> {
	const socket = connect(address);
	onTestFinished(() => {
		socket.destroy();
	});
	await once(socket, 'connect');
	const splitter = new LineSplitter({
		maxBytes: limits.serverLineBytes,
		overflow: 'truncate',
		isStrict: false,
	});
	const events: DialogueEvent[] = [];
	const dialogue = new Dialogue({
		...{login, agent: 'test', caps: ['ack'], identity: undefined, trusts: () => true, cursor: undefined},
		...wish,
		write: line => socket.write(`${line}\n`),
		onEvent: event => events.push(event),
	});
	socket.on('data', chunk => {
		for (const line of splitter.push(chunk)) dialogue.onLine(line);
	});
	socket.write(`${login}\n${dialogue.hello}\n`);
	return {dialogue, events, socket};
}

const has = async ({events}: Talk, type: DialogueEvent['type'], count = 1): Promise<void> => {
	await expect.poll(() => events.filter(event => event.type === type).length).toBe(count);
};

const newIdentity = async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-dialogue-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	return loadIdentity(folder);
};

const textsOf = ({events}: Talk): string[] =>
	events.flatMap(event => (event.type === 'message' ? [event.message.text] : []));

it('what is posted before the welcome goes out in order after it, and is acknowledged', async () => {
	const {address} = await start();
	const bob = await Peer.login(address, 'bob');
	const alice = await talk(address, 'alice');
	for (const key of ['k1', 'k2', 'k3']) alice.dialogue.post({key, to: ['bob'], text: key});
	expect(await bob.take(3)).toEqual(['from alice: k1', 'from alice: k2', 'from alice: k3']);
	await has(alice, 'accepted', 3);
	await has(alice, 'status', 3);
	expect(alice.dialogue.unacknowledged).toEqual([]);
	expect(alice.events.filter(({type}) => type === 'status')).toMatchObject([
		{key: 'k1', status: {to: 'bob', state: 'sent'}},
		{key: 'k2'},
		{key: 'k3'},
	]);
});

it('what was not acknowledged is taken once, however often it is sent again', async () => {
	const {address} = await start();
	const identity = await newIdentity();
	const bob = await Peer.login(address, 'bob');
	const first = await talk(address, 'alice', {identity});
	await has(first, 'live');
	first.dialogue.post({key: 'k1', to: ['bob'], text: 'one'});
	// The ack is on its way when the connection breaks.
	expect(await bob.line()).toBe('from alice: one');
	const [waiting] =
		first.dialogue.unacknowledged.length > 0
			? first.dialogue.unacknowledged
			: [{key: 'k1', to: ['bob'], text: 'one'}];
	first.socket.resetAndDestroy();
	const second = await talk(address, 'alice', {identity});
	if (waiting) second.dialogue.post(waiting);
	second.dialogue.post({key: 'k2', to: ['bob'], text: 'two'});
	await has(second, 'accepted', 2);
	expect(second.events.find(({type}) => type === 'accepted')).toMatchObject({key: 'k1', ack: {dup: true}});
	expect(await bob.line()).toBe('from alice: two');
});

it('what was missed comes after the cursor, without a hole, and what is confirmed does not come again', async () => {
	const {address} = await start();
	const identity = await newIdentity();
	const carol = await ExtendedPeer.join(address, 'carol');
	const first = await talk(address, 'alice', {identity});
	await has(first, 'live');
	await carol.send('k1', ['alice'], 'one');
	await has(first, 'message');
	first.dialogue.confirm(1);
	expect((await carol.expect('status')).state).toBe('delivered');
	first.socket.destroy();
	for (const key of ['k2', 'k3', 'k4']) await carol.send(key, ['alice'], key);
	const welcome = first.events.find(event => event.type === 'welcomed');
	const srv = welcome?.type === 'welcomed' ? welcome.welcome.srv : '';
	const second = await talk(address, 'alice', {identity, cursor: {srv, seen: 1}});
	await has(second, 'live');
	expect(textsOf(second)).toEqual(['k2', 'k3', 'k4']);
	expect(second.events.some(({type}) => type === 'hole')).toBe(false);
});

it('a line that is missing shows', () => {
	const events: DialogueEvent[] = [];
	const dialogue = new Dialogue({
		...{login: 'alice', agent: 'test', caps: ['ack'], identity: undefined, trusts: () => true},
		cursor: {srv: 's', seen: 5},
		write() {},
		onEvent: event => events.push(event),
	});
	const message = (n: number, prev: number) =>
		dialogue.onLine(`@msg n=${n} prev=${prev} id=i${n} ts=1 from=bob to=alice :${n}`);
	message(7, 5);
	dialogue.onLine('@ack key=k id=i9 n=9 ts=1 to=bob stored=memory');
	message(10, 9);
	dialogue.onLine('@ack key=k id=i7 n=7 ts=1 to=bob stored=memory dup=1');
	message(11, 10);
	expect(events.some(({type}) => type === 'hole')).toBe(false);
	message(14, 12);
	expect(events.at(-1)).toEqual({type: 'hole'});
});

it('nothing is signed for another host than the one that is known there', async () => {
	const {address} = await start();
	const identity = await newIdentity();
	const first = await talk(address, 'alice', {identity});
	await has(first, 'live');
	const second = await talk(address, 'alice', {identity, trusts: srv => srv === 'anotherHost'});
	await has(second, 'stranger');
	expect(second.events.some(({type}) => type === 'welcomed')).toBe(false);
});

it('a refusal for good takes a message out, one for now keeps it and what is behind it until it is tried again', () => {
	const events: DialogueEvent[] = [];
	const written: string[] = [];
	const dialogue = new Dialogue({
		...{
			login: 'alice',
			agent: 'test',
			caps: ['ack'],
			identity: undefined,
			trusts: () => true,
			cursor: undefined,
		},
		write: line => written.push(line),
		onEvent: event => events.push(event),
	});
	dialogue.onLine(
		'@welcome a-chat=1 srv=s you=alice caps=ack n=0 ts=1 stored=disk text=1 line=1 dests=1 rate=0 ping=1 keys=1',
	);
	for (const key of ['k1', 'k2', 'k3']) dialogue.post({key, to: ['bob'], text: key});
	dialogue.onLine('@fail code=MAILBOX_FULL key=k1 :full');
	dialogue.onLine('@fail code=UNAVAILABLE key=k2 :later');
	dialogue.onLine('@fail code=UNAVAILABLE key=k3 :later');
	dialogue.post({key: 'k4', to: ['bob'], text: 'k4'});
	expect(dialogue.unacknowledged.map(({key}) => key)).toEqual(['k2', 'k3', 'k4']);
	written.length = 0;
	dialogue.retry();
	expect(written.map(line => /key=(\w+)/.exec(line)?.[1])).toEqual(['k2', 'k3', 'k4']);
	expect(events.filter(({type}) => type === 'refused')).toMatchObject([
		{key: 'k1', isFinal: true},
		{key: 'k2', isFinal: false},
		{key: 'k3', isFinal: false},
	]);
});

it('what a guest sent to a host that has forgotten it leaves no hole', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-dialogue-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	const first = await start({store: folder});
	const before = await ExtendedPeer.join(first.address, 'alice');
	const {srv = ''} = before.welcome ?? {};
	// It has sent this, and the answer was lost on its way.
	await before.send('k1', ['bob'], 'one');
	await first.close();
	const second = await start({store: folder});
	const bob = await Peer.login(second.address, 'bob');
	const alice = await talk(second.address, 'alice', {cursor: {srv, seen: 0}});
	await has(alice, 'live');
	alice.dialogue.post({key: 'k1', to: ['bob'], text: 'one'});
	await has(alice, 'accepted');
	bob.send('alice: hi');
	await has(alice, 'message');
	expect(alice.events.some(({type}) => type === 'hole')).toBe(false);
});
