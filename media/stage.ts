import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {defaultPort, reserveDefaultAddress} from '../test/support/default-address.ts';
import {temporaryFolder} from '../test/support/environment.ts';
import {JsonBot} from '../test/support/json-bot.ts';
import {type Host, startHost} from '../test/support/program.ts';
import {openTerminal, type TerminalScreen} from '../test/support/terminal.ts';
import type {WindowTheme} from './palette.ts';

export type StageOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly theme: WindowTheme;
	/** Who is there beside alice, in the order in which they come. */
	readonly people: readonly string[];
	/** Rooms that everybody is in. */
	readonly rooms?: readonly string[];
	/** When the story begins, as `2026-11-23 09:40`. */
	readonly begins: string;
};

/** A host, alice at the screen in a terminal emulator, and people who speak as the story has it: all real programs. */
export class Stage {
	readonly screen: TerminalScreen;
	readonly host: Host;
	readonly #people: ReadonlyMap<string, JsonBot>;
	readonly #clock: string;

	private constructor(
		screen: TerminalScreen,
		host: Host,
		people: ReadonlyMap<string, JsonBot>,
		clock: string,
	) {
		this.screen = screen;
		this.host = host;
		this.#people = people;
		this.#clock = clock;
	}

	static async open({columns, rows, theme, people, rooms = [], begins}: StageOptions): Promise<Stage> {
		// The port that a reader knows; a free one would be another at each run.
		await reserveDefaultAddress('test');
		const clock = path.join(temporaryFolder(), 'clock');
		setClock(clock, begins);
		const env = {
			TZ: 'UTC',
			COLORTERM: 'truecolor',
			A_CHAT_PICTURE_CLOCK: clock,
			NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'clock.ts')}`,
		};
		const host = await startHost(['--store=memory'], {port: defaultPort, env});
		const join = async (login: string, home: string): Promise<JsonBot> => {
			const person = await JsonBot.join(defaultPort, login, {home, env});
			for (const room of rooms) {
				person.say({type: 'room-join', room, req: room});
				await person.until('room-join', {req: room});
			}
			return person;
		};
		// Whoever has entered a room stays a member of it: so alice is one when she comes to the screen.
		const home = temporaryFolder();
		if (rooms.length > 0) await (await join('alice', home)).end();
		const bots = new Map<string, JsonBot>();
		for (const login of people) bots.set(login, await join(login, temporaryFolder()));
		const screen = await openTerminal({
			args: ['--name=alice', `--join=127.0.0.1:${defaultPort}`],
			columns,
			rows,
			home,
			env,
			background: theme.background,
		});
		await screen.waitFor(/\d+ here|nobody else/);
		return new Stage(screen, host, bots, clock);
	}

	/** Sets the clock of the story, as `2026-11-23 09:40`. */
	at(time: string): void {
		setClock(this.#clock, time);
	}

	/** Somebody writes, and alice's program has it; in a room, where nobody tells who has it, the host has. */
	async say(from: string, to: string, text: string): Promise<void> {
		const person = this.#personOf(from);
		person.say({type: 'send', to: to.split(', '), text});
		if (to.startsWith('#')) await person.until('accepted');
		else await person.until('status', {to: 'alice', state: 'delivered'});
	}

	/** Alice writes and presses Enter, and everybody has it. */
	async write(text: string): Promise<void> {
		await this.draft(text);
		this.screen.press('enter');
		const last = text.split(' ').at(-1) ?? text;
		// The mark may stand in the next row, behind the rule of the list.
		await this.screen.waitFor(screen =>
			screen
				.text()
				.replaceAll(/[\s│]+/g, ' ')
				.includes(`${last} ✓✓`),
		);
	}

	/** Alice writes, and leaves it in the composer. */
	async draft(text: string): Promise<void> {
		this.screen.type(text);
		const start = text.slice(0, 12);
		await this.screen.waitFor(screen => screen.text().includes(`› ${start}`));
	}

	/** Somebody begins to write to alice. */
	async beginToWrite(from: string, to: string): Promise<void> {
		this.#personOf(from).say({type: 'typing', to: to.split(', '), state: 'active'});
		await this.screen.waitFor(`${from} is writing`);
	}

	/** Ends the host without a word. */
	async killHost(): Promise<void> {
		await this.host.program.close();
	}

	/** Somebody leaves. */
	async leave(login: string): Promise<void> {
		await this.#personOf(login).end();
	}

	#personOf(login: string): JsonBot {
		const person = this.#people.get(login);
		if (person === undefined) throw new Error(`${login} is not among the people of this scene`);
		return person;
	}
}

const setClock = (file: string, time: string): void => writeFileSync(file, String(Date.parse(`${time}Z`)));
