import {createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {challengeText} from '../../source/protocol/extended/challenge-text.ts';
import {type ClientLine, formatClientLine} from '../../source/protocol/extended/client-lines.ts';
import {parseServerLine, type ServerLine} from '../../source/protocol/extended/server-lines.ts';
import {type Address, Peer} from './peer.ts';

type LineOfType<T extends ServerLine['type']> = ServerLine & {readonly type: T};
type Hello = Omit<ClientLine & {readonly type: 'hello'}, 'type' | 'a-chat'>;

/** Who can answer a challenge. */
type Signer = {readonly pub: string; sign(srv: string, nonce: string, login: string): string};

/** A key as a client has one. */
export class TestKey {
	readonly pub: string;
	readonly #secret: KeyObject;

	constructor() {
		const {privateKey} = generateKeyPairSync('ed25519');
		this.#secret = createPrivateKey(privateKey.export({type: 'pkcs8', format: 'pem'}));
		const {x = ''} = createPublicKey(this.#secret).export({format: 'jwk'});
		this.pub = x;
	}

	sign(srv: string, nonce: string, login: string): string {
		const text = challengeText({srv, nonce, login, pub: this.pub});
		return sign(null, Buffer.from(text), this.#secret).toString('base64url');
	}
}

const allCaps = ['ack', 'presence', 'rooms', 'history', 'typing'];

/** A peer that speaks a-chat/1, as a test plays it. */
export class ExtendedPeer {
	readonly peer: Peer;
	readonly login: string;
	welcome: LineOfType<'welcome'> | undefined;

	private constructor(peer: Peer, login: string) {
		this.peer = peer;
		this.login = login;
	}

	/** Connects and says hello, whatever comes of it. */
	static async hello(address: Address, login: string, hello: Hello = {}): Promise<ExtendedPeer> {
		const peer = await Peer.connect(address);
		const line = formatClientLine({type: 'hello', 'a-chat': ['1'], caps: ['ack'], ...hello});
		peer.send(login, line);
		return new ExtendedPeer(peer, login);
	}

	/** Connects, is let in, and has everything up to `@live`, which it returns lines before. */
	static async join(
		address: Address,
		login: string,
		{key, ...hello}: Hello & {readonly key?: Signer} = {},
	): Promise<ExtendedPeer> {
		const one = await ExtendedPeer.hello(address, login, {...hello, ...(key && {pub: key.pub})});
		const first = await one.next();
		if (first.type === 'challenge' && key) {
			one.say({type: 'auth', sig: key.sign(first.srv, first.nonce, login)});
			one.welcome = await one.expect('welcome');
		} else if (first.type === 'welcome') one.welcome = first;
		else throw new Error(`${login} was not let in: ${JSON.stringify(first)}`);
		if (hello.role === undefined) {
			const line = await one.next();
			if (line.type === 'live') return one;
			one.peer.lines.unshift('@live');
			throw new Error(`${login} got ${JSON.stringify(line)} instead of "@live"; use "hello" for a replay`);
		}
		return one;
	}

	static async withAll(address: Address, login: string, key?: Signer): Promise<ExtendedPeer> {
		return ExtendedPeer.join(address, login, {caps: allCaps, ...(key && {key})});
	}

	say(line: ClientLine): void {
		this.peer.send(formatClientLine(line));
	}

	/** Sends a text, and returns the ack and what became of it for each. */
	async send(
		key: string,
		to: readonly string[],
		text: string,
	): Promise<{ack: LineOfType<'ack'>; states: string[]}> {
		this.say({type: 'send', key, to, text});
		const ack = await this.expect('ack');
		const states: string[] = [];
		for (const name of to) if (!name.startsWith('#')) states.push((await this.expect('status')).state);
		return {ack, states};
	}

	async next(): Promise<ServerLine> {
		const line = await this.peer.line();
		const parsed = parseServerLine(line);
		if (!parsed.ok) throw new Error(`${this.login} got a line that is none: ${line}`);
		return parsed.line;
	}

	/** The next line, which has to be of this type. */
	async expect<T extends ServerLine['type']>(type: T): Promise<LineOfType<T>> {
		const line = await this.next();
		if (line.type !== type)
			throw new Error(`${this.login} got ${JSON.stringify(line)} instead of "@${type}"`);
		return line as LineOfType<T>;
	}

	/** All lines until one of this type has come, with it. */
	async until(type: ServerLine['type']): Promise<ServerLine[]> {
		const lines: ServerLine[] = [];
		do lines.push(await this.next());
		while (lines.at(-1)?.type !== type);
		return lines;
	}
}
