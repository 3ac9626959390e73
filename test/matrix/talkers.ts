import {once} from 'node:events';
import path from 'node:path';
import {expect} from 'vitest';
import {parseDelivery} from '../../source/protocol/plain.ts';
import {loadIdentity} from '../../source/session/identity.ts';
import {Session} from '../../source/session/session.ts';
import {makePassingStore, openSessionStore} from '../../source/session/store/session-store.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {type Address, Peer} from '../support/peer.ts';
import {startProgram} from '../support/program.ts';

/** Somebody who takes part, with whatever program. */
export type Talker = {
	readonly login: string;
	/** What came, as `from LOGIN: TEXT`. */
	readonly received: () => readonly string[];
	send(to: readonly string[], text: string): void;
};

/** A client of our own, and all that it is told. */
export type Member = Talker & {
	readonly session: Session;
	readonly states: Map<number, string>;
	/** What it is told of single people, and what only a host of a-chat/1 can say. */
	readonly told: string[];
	readonly messages: string[];
	readonly notices: string[];
};

/** A socket, as `nc` is one. */
export const joinBySocket = async ({host, port}: Address, login: string): Promise<Talker> => {
	const peer = await Peer.connect({host, port});
	onCleanup('test', () => peer.reset());
	peer.send(login, `${login}: ready`);
	await expect.poll(() => peer.lines.shift()).toBe(`from ${login}: ready`);
	return {
		login,
		received: () => peer.lines,
		send: (to, text) => peer.send(`${to.join(',')}: ${text}`),
	};
};

/** The program with `--plain`. */
export const joinByProgram = async ({host, port}: Address, login: string): Promise<Talker> => {
	const program = startProgram(['--plain', `--join=${host}:${port}`, `--name=${login}`]);
	program.write(`${login}: ready\n`);
	await program.waitFor(`from ${login}: ready\n`);
	return {
		login,
		received: () => program.stdout.split('\n').slice(1, -1),
		send: (to, text) => program.write(`${to.join(',')}: ${text}\n`),
	};
};

/** Makes a session that has not begun yet; `begin` has it connect. */
export const makeMember = async (
	address: Address,
	login: string,
	home: string | undefined,
): Promise<{member: Member; begin: () => void}> => {
	const store = home === undefined ? makePassingStore() : await openSessionStore(path.join(home, 'state'));
	const identity = home === undefined ? undefined : loadIdentity(path.join(home, 'config'));
	const session = new Session({address: {host: address.host, port: address.port}, login, steadyMs: 0});
	const received: string[] = [];
	const member: Member = {
		...{login, session, states: new Map<number, string>(), told: [], messages: [], notices: []},
		received: () => received,
		send(to, text) {
			session.send(to, text);
		},
	};
	session.on('lines', lines => received.push(...lines.map(({line}) => line)));
	session.on('messages', messages => {
		const lines = messages.map(({from, text}) => `from ${from}: ${text}`);
		received.push(...lines);
		member.messages.push(...lines);
	});
	session.on('posts', (ids, state) => {
		for (const id of ids) member.states.set(id, state);
	});
	session.on('told', (id, to, state) => member.told.push(`${id} ${to} ${state}`));
	session.on('notice', text => member.notices.push(text));
	onCleanup('test', async () => {
		await session.stop();
		await store.close();
	});
	return {member, begin: () => session.start({agent: 'test', identity, store})};
};

/** A session of ours that is in; it keeps what it has on disk and has a key, or is a guest. */
export const joinBySession = async (address: Address, login: string, isGuest: boolean): Promise<Member> => {
	const {member, begin} = await makeMember(address, login, isGuest ? undefined : temporaryFolder());
	begin();
	while (member.session.status.phase !== 'open') await once(member.session, 'status');
	return member;
};

/** Whether a line is one of the plain dialect. */
export const isDelivery = (line: string): boolean => parseDelivery(line) !== undefined;
