import {decode, lineBytes, readLogin, readPost, serverLine} from './rules.ts';

export type ModelOptions = {
	/** Connections at once. */
	readonly limit: number;
	/**
	 * Whether a name that is taken is waited for as long as it takes, and a refusal waits for the line behind the login.
	 * Otherwise neither waits for anything.
	 */
	readonly isPatient: boolean;
};

type ModelPeer = {
	phase: 'login' | 'waiting' | 'refusing' | 'here' | 'gone';
	/** Bytes behind the last line that was taken. */
	unread: Buffer;
	hasEnded: boolean;
	login: string;
	key: string;
	farewell: string;
	/** All that the peer gets. */
	got: Buffer;
	/** Whether FIN comes behind that. */
	hasFin: boolean;
	/** Whether the broker still counts it as a connection. */
	isOpen: boolean;
};

const lf = 0x0a;

/**
 * What a broker does, by docs/protocol.md, one thing after the other: no sockets, no time, no limits of memory. Peers are
 * numbered in the order in which they connect.
 */
export class Model {
	readonly options: ModelOptions;
	readonly peers: ModelPeer[] = [];
	/** Who came (`+alice`) and went (`-alice`). */
	readonly events: string[] = [];
	/** Who is here, in the order in which they came. */
	here: ModelPeer[] = [];
	/** Who waits for a name, likewise. */
	#waiting: ModelPeer[] = [];

	constructor(options: ModelOptions) {
		this.options = options;
	}

	get logins(): readonly string[] {
		return this.here.map(peer => peer.login);
	}

	get connections(): number {
		return this.peers.filter(peer => peer.isOpen).length;
	}

	/** Another one like it, which then goes its own way. */
	clone(): Model {
		const other = new Model(this.options);
		const copies = new Map(this.peers.map(peer => [peer, {...peer}]));
		const copiesOf = (peers: readonly ModelPeer[]) => peers.flatMap(peer => copies.get(peer) ?? []);
		other.peers.push(...copies.values());
		other.events.push(...this.events);
		other.here = copiesOf(this.here);
		other.#waiting = copiesOf(this.#waiting);
		return other;
	}

	connect(): void {
		const {limit} = this.options;
		const isFull = this.connections >= limit;
		const peer: ModelPeer = {
			phase: isFull ? 'gone' : 'login',
			unread: Buffer.alloc(0),
			hasEnded: false,
			login: '',
			key: '',
			farewell: '',
			got: Buffer.alloc(0),
			hasFin: isFull,
			isOpen: !isFull,
		};
		if (isFull) say(peer, 'server', `this server is full, it takes ${limit} connections`);
		this.peers.push(peer);
	}

	write(id: number, bytes: Uint8Array): void {
		const peer = this.#peer(id);
		peer.unread = Buffer.concat([peer.unread, bytes]);
		this.#read(peer);
	}

	/** The peer ends its writing side. */
	end(id: number): void {
		const peer = this.#peer(id);
		peer.hasEnded = true;
		if (peer.phase === 'gone') peer.isOpen = false;
		this.#read(peer);
	}

	reset(id: number): void {
		const peer = this.#peer(id);
		peer.isOpen = false;
		this.#remove(peer);
	}

	shutDown(): void {
		for (const peer of this.peers) {
			if (peer.phase === 'gone') continue;
			if (peer.phase === 'here') this.events.push(`-${peer.login}`);
			say(peer, 'server', 'this server is shutting down');
			peer.phase = 'gone';
			peer.hasFin = true;
		}
		this.here = [];
	}

	#peer(id: number): ModelPeer {
		const peer = this.peers[id];
		if (peer === undefined) throw new RangeError(`There is no peer ${id}`);
		return peer;
	}

	/** Takes the lines that are there, as long as lines are taken. */
	#read(peer: ModelPeer): void {
		while (peer.phase !== 'gone' && peer.phase !== 'waiting') {
			const end = peer.unread.indexOf(lf);
			const length = end === -1 ? peer.unread.length : end;
			if (length > lineBytes) {
				this.#leave(peer, peer.farewell || 'a line may have at most 65536 bytes');
			} else if (end !== -1) {
				const line = peer.unread.subarray(0, end);
				peer.unread = peer.unread.subarray(end + 1);
				this.#take(peer, line);
			} else if (peer.hasEnded && length > 0) {
				const line = peer.unread;
				peer.unread = Buffer.alloc(0);
				this.#take(peer, line);
			} else {
				if (peer.hasEnded) this.#leave(peer, peer.farewell);
				return;
			}
		}
	}

	#take(peer: ModelPeer, bytes: Buffer): void {
		const line = decode(bytes);
		if (line === undefined) this.#leave(peer, peer.farewell || 'a line has to be UTF-8');
		else if (peer.phase === 'here') this.#deliver(peer, line);
		else if (peer.phase === 'login') this.#claim(peer, line);
		else this.#leave(peer, peer.farewell);
	}

	#deliver(sender: ModelPeer, line: string): void {
		const post = readPost(line);
		for (const key of post?.keys ?? []) {
			const recipient = this.here.find(peer => peer.key === key);
			if (recipient !== undefined) say(recipient, sender.login, post?.text ?? '');
		}
	}

	#claim(peer: ModelPeer, line: string): void {
		const read = readLogin(line);
		if (read.problem !== undefined) {
			this.#refuse(peer, read.problem);
			return;
		}
		peer.login = read.login;
		peer.key = read.key;
		if (!this.here.some(other => other.key === peer.key)) {
			this.#enter(peer);
		} else if (this.options.isPatient) {
			peer.phase = 'waiting';
			this.#waiting.push(peer);
		} else {
			this.#refuse(peer, `the name "${peer.login}" is taken`);
		}
	}

	#enter(peer: ModelPeer): void {
		peer.phase = 'here';
		this.here.push(peer);
		this.events.push(`+${peer.login}`);
	}

	#refuse(peer: ModelPeer, why: string): void {
		peer.phase = 'refusing';
		peer.farewell = why;
		if (!this.options.isPatient) this.#leave(peer, why);
	}

	#leave(peer: ModelPeer, why: string): void {
		if (why !== '') say(peer, 'server', why);
		peer.hasFin = true;
		peer.isOpen = !peer.hasEnded;
		this.#remove(peer);
	}

	/** Frees the name, which goes to the first who waits for it. */
	#remove(peer: ModelPeer): void {
		const wasHere = peer.phase === 'here';
		peer.phase = 'gone';
		this.#waiting = this.#waiting.filter(other => other !== peer);
		if (!wasHere) return;
		this.here = this.here.filter(other => other !== peer);
		this.events.push(`-${peer.login}`);
		const next = this.#waiting.find(other => other.key === peer.key);
		if (next === undefined) return;
		this.#waiting = this.#waiting.filter(other => other !== next);
		this.#enter(next);
		this.#read(next);
	}
}

const say = (peer: ModelPeer, login: string, text: string): void => {
	peer.got = Buffer.concat([peer.got, serverLine(login, text)]);
};
