import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {type Broker, startBroker} from '../../../source/broker/index.ts';
import {loadIdentity} from '../../../source/session/identity.ts';
import {Session} from '../../../source/session/session.ts';
import type {HeldMessage} from '../../../source/session/store/held.ts';
import {openSessionStore, type SessionStore} from '../../../source/session/store/session-store.ts';

export const newFolder = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-talk-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return folder;
};

export const hostAt = async (store: string | undefined, port = 0): Promise<Broker> => {
	const broker = await startBroker({port, store, shutdownLingerMs: 1});
	onTestFinished(() => broker.close());
	return broker;
};

/** A person's session, with all that it is told. */
export class Talker {
	readonly session: Session;
	/** What is kept here. */
	readonly kept: SessionStore;
	readonly messages: HeldMessage[] = [];
	readonly states = new Map<number, string>();
	readonly told: string[] = [];
	/** The same of own lines of an earlier session. */
	readonly toldOfEarlier: string[] = [];
	readonly notices: string[] = [];
	/** The texts of own lines that an earlier session left behind. */
	left: readonly string[] = [];

	private constructor(session: Session, kept: SessionStore) {
		this.session = session;
		this.kept = kept;
		session.on('messages', messages => this.messages.push(...messages));
		session.on('posts', (ids, state) => {
			for (const id of ids) this.states.set(id, state);
		});
		session.on('told', (id, to, state) => this.told.push(`${id} ${to} ${state}`));
		session.on('delivery', ({to, state}, post) => {
			if (post === undefined) this.toldOfEarlier.push(`${to} ${state}`);
		});
		session.on('notice', text => this.notices.push(text));
		session.on('refused', ({to}, {code, text}) => this.notices.push(`${code} to ${to}: ${text}`));
	}

	/** Opens what this login keeps in `home`, and joins; resolves when it is in. */
	static async join(port: number, login: string, home: string, folder = login): Promise<Talker> {
		const talker = await Talker.make(port, login, home, folder);
		while (talker.session.status.phase !== 'open') await once(talker.session, 'status');
		return talker;
	}

	static async make(port: number, login: string, home: string, folder = login): Promise<Talker> {
		const store = await openSessionStore(path.join(home, folder));
		const session = new Session({address: {host: '127.0.0.1', port}, login, steadyMs: 0});
		const talker = new Talker(session, store);
		const identity = loadIdentity(path.join(home, 'config', login));
		talker.left = session.start({agent: 'test', identity, store}).map(({text}) => text);
		let isOver = false;
		talker.stop = async () => {
			if (isOver) return;
			isOver = true;
			await session.stop();
			await store.close();
		};
		onTestFinished(() => talker.stop());
		return talker;
	}

	stop: () => Promise<void> = async () => {};

	get texts(): string[] {
		return this.messages.map(({text}) => text);
	}
}
