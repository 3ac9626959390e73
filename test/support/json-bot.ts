import {faultOf} from './json-schema.ts';
import type {Program} from './program.ts';
import {type ProgramOptions, startProgram} from './program.ts';

/** An object of `--json`, as a test looks at it. */
export type JsonObject = {readonly type: string; readonly [member: string]: unknown};

/** The program with `--json`, each line of which is held against the schema. */
export class JsonBot {
	readonly program: Program;
	/** How much of its output was taken. */
	#at = 0;

	constructor(
		port: number,
		login: string,
		{args = [], ...options}: ProgramOptions & {readonly args?: string[]} = {},
	) {
		this.program = startProgram([`--name=${login}`, `--join=127.0.0.1:${port}`, '--json', ...args], options);
	}

	/** Starts it, and resolves when all that it missed has come. */
	static async join(port: number, login: string, options: ProgramOptions = {}): Promise<JsonBot> {
		const bot = new JsonBot(port, login, options);
		await bot.until('live');
		return bot;
	}

	/** Writes a command, which has to be one by the schema. */
	say(command: JsonObject): void {
		const fault = faultOf(command, 'input');
		if (fault !== undefined) throw new Error(fault);
		this.program.write(`${JSON.stringify(command)}\n`);
	}

	/** The next object of this type (and with these members), past others. */
	async until(type: string, members: Readonly<Record<string, unknown>> = {}): Promise<JsonObject> {
		const isIt = (object: JsonObject) =>
			object.type === type && Object.entries(members).every(([name, value]) => object[name] === value);
		let found: JsonObject | undefined;
		const look = () => {
			while (found === undefined) {
				const next = this.#next();
				if (next === undefined) return false;
				if (isIt(next)) found = next;
			}
			return true;
		};
		while (!look()) await this.program.waitFor(new RegExp(`^[^]{${this.#at}}[^\n]*\n`));
		return found as unknown as JsonObject;
	}

	/** All that it has written and that was not taken. */
	rest(): JsonObject[] {
		const rest: JsonObject[] = [];
		for (let next = this.#next(); next !== undefined; next = this.#next()) rest.push(next);
		return rest;
	}

	/** Ends its input, and resolves to its exit code and what it wrote to its end. */
	async end(): Promise<{readonly code: number | null; readonly stderr: string; readonly rest: JsonObject[]}> {
		this.program.end();
		const {code, stderr} = await this.program.waitForExit({timeout: 30_000});
		return {code, stderr, rest: this.rest()};
	}

	#next(): JsonObject | undefined {
		const {stdout} = this.program;
		const end = stdout.indexOf('\n', this.#at);
		if (end === -1) return undefined;
		const line = stdout.slice(this.#at, end);
		this.#at = end + 1;
		if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line))
			throw new Error(`A line holds what a terminal may obey: ${line}`);
		const object = JSON.parse(line) as JsonObject;
		const fault = faultOf(object, 'output');
		if (fault !== undefined) throw new Error(fault);
		return object;
	}
}
