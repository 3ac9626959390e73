import {type ClientLine, formatClientLine} from '../../../source/protocol/extended/client-lines.ts';
import {parseServerLine} from '../../../source/protocol/extended/server-lines.ts';
import type {Address} from '../../support/peer.ts';
import {Answers} from './answers.ts';
import {Lines} from './lines.ts';
import type {Scene} from './scene.ts';
import {Stream} from './stream.ts';

/** A peer of a-chat/1 that holds every line against what is promised of it. */
export class Client {
	readonly stream: Stream;
	readonly answers: Answers;
	byeCode: string | undefined;
	readonly #scene: Scene;
	#lines: Lines | undefined;
	#pings = 0;
	#pongs = 0;

	static async connect(address: Address, scene: Scene): Promise<Client> {
		const client = new Client(scene);
		const {stored, hello, ledger} = scene;
		client.#lines = await Lines.connect(address, ledger, stored.login, line => client.#onLine(line));
		client.#lines.write(stored.login);
		client.say({type: 'hello', 'a-chat': ['1'], ...hello, pub: stored.key?.pub});
		return client;
	}

	private constructor(scene: Scene) {
		this.#scene = scene;
		this.stream = new Stream(scene);
		this.answers = new Answers(scene, this.stream);
	}

	get stored(): Scene['stored'] {
		return this.#scene.stored;
	}

	get confirms(): boolean {
		return this.#scene.confirms;
	}

	get isOver(): boolean {
		return this.#lines?.isOver ?? true;
	}

	say(line: ClientLine): void {
		this.#lines?.write(formatClientLine(line));
	}

	write(line: string): void {
		this.#lines?.write(line);
	}

	/** Asks for something whose answer ends with `@end`. */
	ask(line: ClientLine & {readonly req: string}): void {
		this.answers.pages.set(line.req, []);
		this.answers.expect({req: line.req});
		this.say(line);
	}

	/** Asks for a word behind all that is under way to it. */
	sync(): void {
		this.say({type: 'ping', n: ++this.#pings});
	}

	get isSettled(): boolean {
		return this.#pings === this.#pongs && this.answers.areComplete;
	}

	end(): void {
		this.#lines?.end();
	}

	reset(): void {
		this.#lines?.reset();
	}

	#onLine(text: string): void {
		const parsed = parseServerLine(text);
		if (!parsed.ok) {
			this.#scene.fail(`a line that is none: ${text}`);
			return;
		}
		const {line} = parsed;
		const {due} = this.answers;
		if (due !== undefined && line.type !== 'status') {
			this.#scene.fail(`${line.type} instead of the status of ${due}`);
			return;
		}
		switch (line.type) {
			case 'challenge': {
				const {login, key} = this.#scene.stored;
				this.say({type: 'auth', sig: key?.sign(line.srv, line.nonce, login) ?? ''});
				break;
			}
			case 'welcome':
				this.stream.onWelcome(line);
				break;
			case 'gap':
				this.stream.onGap(line);
				break;
			case 'live':
				this.stream.onLive();
				break;
			case 'msg':
				if (line.req === undefined) this.stream.onMessage(line, sent => this.answers.isAwaited(sent));
				else this.answers.onAnswer(line.req, line);
				break;
			case 'ack':
				this.answers.onAck(line);
				break;
			case 'status':
				this.answers.onStatus(line);
				break;
			case 'user':
			case 'room':
				if (line.req !== undefined) this.answers.onAnswer(line.req, line);
				else this.#needs('presence');
				break;
			case 'end':
				this.answers.onEnd(line);
				break;
			case 'fail':
				this.answers.onFail(line);
				break;
			case 'join':
			case 'leave':
				this.#needs('presence');
				break;
			case 'typing':
				this.#needs('typing');
				break;
			case 'ping':
				this.say({type: 'pong', n: line.n});
				return;
			case 'pong':
				if (line.n !== ++this.#pongs) this.#scene.fail(`pong ${line.n}`);
				break;
			case 'bye':
				this.byeCode = line.code;
				break;
			case 'room-joined':
			case 'room-left':
				break;
			default:
				this.#scene.fail(`an unexpected line: ${text}`);
		}
	}

	#needs(cap: string): void {
		if (!this.#scene.hello.caps.includes(cap)) this.#scene.fail(`a line of ${cap}, for which it did not ask`);
	}
}
