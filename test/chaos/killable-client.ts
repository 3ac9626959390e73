import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {loadIdentity} from '../../source/session/identity.ts';
import {onCleanup} from '../support/cleanup.ts';
import type {News, Orders, Request} from './client-script.ts';
import {readTrace, type Traced} from './client-trace.ts';

const script = new URL('client-script.ts', import.meta.url).pathname;

const compileCache = new URL('../../node_modules/.cache/chaos', import.meta.url).pathname;
const patienceMs = 15_000;

export type ClientOptions = Omit<Orders, 'next'>;

/** A client in a process of its own, over any number of lives of that process. */
export class KillableClient {
	readonly login: string;
	readonly folder: string;
	readonly #options: ClientOptions;
	#child: ChildProcess | undefined;
	#onNews: (news: News) => void = () => {};
	#isOpen = false;

	constructor(options: ClientOptions) {
		this.#options = options;
		this.login = options.login;
		this.folder = options.folder;
		mkdirSync(options.folder, {recursive: true});
		// Made by the parent, so that the first lives are not about it.
		loadIdentity(options.folder);
		onCleanup('test', () => this.kill());
	}

	get trace(): readonly Traced[] {
		return readTrace(path.join(this.folder, 'trace.jsonl'));
	}

	/** Where its store is. */
	get sessionFile(): string {
		return path.join(this.folder, 'session', 'session.db');
	}

	/** Starts it. */
	start(changes: Partial<ClientOptions> = {}): void {
		const said = this.trace.filter(event => event.type === 'said');
		const orders: Orders = {...this.#options, ...changes, next: (said.at(-1)?.number ?? -1) + 1};
		this.#child = fork(script, [JSON.stringify(orders)], {
			// Compiling its files anew would be most of what a life takes.
			env: {PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache},
			execArgv: [],
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		this.#isOpen = false;
		this.#child.on('message', (news: News) => {
			this.#isOpen ||= news === 'open';
			this.#onNews(news);
		});
		// Whoever is told something may have been killed.
		this.#child.on('error', () => {});
	}

	/** The host was killed: `untilOpen` waits for the next one. */
	expectAnother(): void {
		this.#isOpen = false;
	}

	/** Resolves when a host has let it in; rejects after some time. */
	async untilOpen(): Promise<void> {
		if (!this.#isOpen) await this.until('open');
	}

	/** Resolves when it tells this the next time. */
	async until(awaited: News): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				reject(new Error(`${this.login} was not ${awaited} after ${patienceMs} ms`));
			}, patienceMs);
			this.#onNews = news => {
				if (news !== awaited) return;
				clearTimeout(timer);
				resolve();
			};
		});
	}

	/** Ends it without asking; resolves when it is gone. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exit = once(child, 'exit');
		child.kill('SIGKILL');
		await exit;
	}

	signal(name: NodeJS.Signals): void {
		this.#child?.kill(name);
	}

	/** Says nothing more, and stays. */
	hush(): void {
		this.#ask('hush');
	}

	/** Ends in good order. */
	async end(): Promise<void> {
		const child = this.#child;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exit = once(child, 'exit');
		this.#ask('end');
		await exit;
	}

	#ask(request: Request): void {
		if (this.#child?.connected) this.#child.send(request);
	}
}
