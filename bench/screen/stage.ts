import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type RunningServer, startServer} from '../server.ts';
import {type Contestant, channel} from './contestants.ts';
import {Crowd} from './crowd.ts';
import {createHome, type Size, WatchedProgram} from './watched-program.ts';

/** Whose screen it is. */
export const login = 'me';

// Else it cuts a client that takes its time with 100,000 messages.
const ircServer = 'bench/irc/inspircd.sh {port} 64M';
const ourHost = 'node dist/bin.cjs --host --headless --listen {port} --store';
const settleMs = 300;
// A server of IRC says some things in its next second.
const ircSettleMs = 2500;
const knockMs = 50;
const knockWord = 'knock';
const patienceMs = 15_000;

/** A server of the kind that a screen needs, with the people who talk to it. */
export class Hall {
	readonly screen: Contestant;
	server: RunningServer;
	crowd: Crowd;
	readonly #command: string;
	readonly #scratch: string;
	#next: Promise<Crowd> | undefined;

	/**
	 * @param keeps whether a host is the same one after a crash; else it keeps nothing, and is no limit to the screen
	 * @param store the folder of a store that is there already
	 */
	static async open(screen: Contestant, {keeps = false, store = ''} = {}): Promise<Hall> {
		const scratch = mkdtempSync(path.join(tmpdir(), 'a-chat-hall-'));
		mkdirSync(path.join(scratch, 'store'));
		const place = store || (keeps ? path.join(scratch, 'store') : 'memory');
		const command = screen.isIrc ? ircServer : `${ourHost} '${place}'`;
		let server: RunningServer | undefined;
		try {
			server = await startServer(command, {...process.env, TMPDIR: scratch});
			return new Hall(screen, command, scratch, server, await gather(screen, server));
		} catch (error) {
			await server?.stop();
			rmSync(scratch, {recursive: true, force: true});
			throw error;
		}
	}

	private constructor(
		screen: Contestant,
		command: string,
		scratch: string,
		server: RunningServer,
		crowd: Crowd,
	) {
		this.screen = screen;
		this.server = server;
		this.crowd = crowd;
		this.#command = command;
		this.#scratch = scratch;
	}

	/** A command of the screen with everything but `{home}` filled in. */
	fill(command: string, name = login): string {
		const {port} = this.server;
		return command
			.replaceAll('{address}', `127.0.0.1:${port}`)
			.replaceAll('{host}', '127.0.0.1')
			.replaceAll('{port}', String(port))
			.replaceAll('{login}', name);
	}

	prepare(home: string): void {
		this.screen.prepare?.(home, {port: this.server.port, login});
	}

	/** How the screen addresses the one who listens, in front of a text. */
	get address(): string {
		return this.screen.isIrc ? '' : 't1: ';
	}

	/** The server dies without a word, and those who talk with it. */
	async kill(): Promise<void> {
		await this.server.kill();
		this.crowd.close();
		// They try until it is back, to be there before the screen.
		this.#next = gather(this.screen, this.server);
		this.#next.catch(() => {});
	}

	/** It is back at the same place. Resolves with when it accepted, as `performance.now()` tells time. */
	async revive(): Promise<number> {
		this.server = await startServer(this.#command, {...process.env, TMPDIR: this.#scratch}, this.server.port);
		const backAt = performance.now();
		this.crowd = await (this.#next ?? gather(this.screen, this.server));
		return backAt;
	}

	async close(): Promise<void> {
		this.crowd.close();
		await this.server.stop();
		rmSync(this.#scratch, {recursive: true, force: true, maxRetries: 5});
	}
}

function gather({isIrc}: Contestant, {port}: RunningServer): Promise<Crowd> {
	return Crowd.gather({port, screen: login, to: isIrc ? channel : login, isIrc});
}

/** A screen that is in and shows what is said. */
export type Stage = {readonly hall: Hall; readonly program: WatchedProgram};

/** Opens a screen in a fresh home, calls `use` once it shows what the crowd says, and closes everything. */
export async function onStage(
	screen: Contestant,
	{size, ...kind}: {readonly size?: Size; readonly keeps?: boolean},
	use: (stage: Stage) => Promise<void>,
): Promise<void> {
	const hall = await Hall.open(screen, kind);
	const home = createHome();
	try {
		hall.prepare(home.folder);
		const program = new WatchedProgram(hall.fill(screen.command), home.folder, size);
		try {
			await enter(hall, program);
			await use({hall, program});
		} finally {
			await program.stop();
		}
	} finally {
		await hall.close();
		home.remove();
	}
}

/** Nobody else can tell whether a screen is in: somebody says a word until it is there. */
async function enter({crowd, screen}: Hall, program: WatchedProgram): Promise<void> {
	const deadline = performance.now() + patienceMs;
	while (!program.shows(knockWord)) {
		if (program.hasEnded) throw new Error(`${screen.name} ended:\n${program.frame.rows.join('\n').trim()}`);
		if (performance.now() > deadline)
			throw new Error(`${screen.name} shows nothing that is said:\n${program.frame.rows.join('\n')}`);
		crowd.knock(knockWord);
		await sleep(knockMs);
	}
	await program.settle(screen.isIrc ? ircSettleMs : settleMs);
}
