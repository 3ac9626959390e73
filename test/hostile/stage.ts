import {sanitise} from '../../source/ui/text/sanitise.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {type EmulatorWatch, watchEmulator} from '../support/emulator-state.ts';
import type {TerminalScreen} from '../support/terminal.ts';
import {misleadingLinks, strangersIn} from '../support/terminal-stream.ts';
import type {HostileCase} from './case.ts';
import {inspectWindow, paneText, rulerOf, squash, windowOf} from './inspect.ts';

/** A message on its way to the screen, as the bytes that its sender writes. */
export type HostileMessage = {
	readonly from: string | Buffer;
	readonly text: string | Buffer;
	/** For a host that can say so; else to alice alone. */
	readonly to?: readonly (string | Buffer)[];
};

export type StageOptions = {
	readonly screen: TerminalScreen;
	/** Writes messages so that they reach the screen, in order. */
	readonly send: (messages: readonly HostileMessage[]) => void;
	/** What arrives of a text; undefined if it is refused. Default: all of it. */
	readonly arrives?: (text: string) => string | undefined;
};

const endFrame = '\u001B[?2026l';
const eraseAll = '\u001B[2J';

/** The largest part of the window that the messages between two looks may fill. */
const filling = 0.9;

/** A return at the end of a line is a part of the line's end. */
const whole = (text: string): string => text.replace(/\r$/, '');

/** The program in a terminal, and what is sent to it a handful at a time, each looked at before and after a redraw. */
export class Stage {
	/** Messages that the screen got. */
	sent = 0;
	readonly #options: StageOptions;
	readonly #watch: EmulatorWatch;
	readonly #before: string;
	#batches = 0;

	constructor(options: StageOptions) {
		this.#options = options;
		this.#watch = watchEmulator(options.screen);
		this.#before = JSON.stringify(this.#watch.state());
	}

	/**
	 * Sends all texts of all cases, in batches that fit into the window. Returns what was wrong, empty if nothing.
	 *
	 * @param toMessages what is sent of a text; `nameOf` gives it as a name, unless it is one that is told of some time later,
	 * which has a test of its own
	 */
	async play(
		cases: readonly HostileCase[],
		toMessages: (
			text: string | Buffer,
			nameOf: (text: string | Buffer) => string | Buffer,
		) => readonly HostileMessage[],
	): Promise<string[]> {
		const {cols, rows} = this.#options.screen.terminal;
		const problems: string[] = [];
		let batch: {one: HostileCase; messages: HostileMessage[]}[] = [];
		let used = 0;
		const settle = async () => {
			if (batch.length === 0) return;
			const found = await this.#look(batch.map(({messages}) => messages));
			const names = batch.map(({one}) => `${one.kind}: ${one.name}`).join(' | ');
			problems.push(...found.map(problem => `${problem}\n  among ${names}`));
			batch = [];
			used = 0;
		};
		for (const one of cases) {
			const messages = one.texts.flatMap(text =>
				toMessages(text, name => (one.kind === 'look-alike names' ? 'eve' : name)),
			);
			// A row for a ruler, one for a name that is long, and as many as the text takes behind the name.
			const need = this.#shown(messages).reduce(
				(sum, text) => sum + 1 + Math.ceil(displayWidth(text) / (cols * 0.6)),
				2,
			);
			if (used + need > rows * filling) await settle();
			batch.push({one, messages});
			used += need;
		}
		await settle();
		return problems;
	}

	/** Sends one message that fills more than the window, and looks at it. */
	async fill(message: HostileMessage): Promise<string[]> {
		return this.#look([[message]], true);
	}

	async #look(cases: readonly (readonly HostileMessage[])[], isOverflowing = false): Promise<string[]> {
		const {screen, send} = this.#options;
		const from = 'eve';
		const last = `batch ${++this.#batches} ends`;
		const mark = screen.raw.length;
		const ruler = rulerOf(screen.terminal.cols, this.#batches);
		send([...cases.flatMap(messages => [ruler, ...messages]), ruler, {from, text: last}]);
		this.sent += cases.flat().length;
		await this.#settled(mark, () => screen.text().includes(last));
		const problems = inspectWindow(screen, ruler, isOverflowing ? 1 : cases.length + 1);
		const pane = paneText(screen);
		for (const text of isOverflowing ? [] : this.#shown(cases.flat()))
			if (!pane.includes(squash(text))) problems.push(`not shown: ${JSON.stringify(text)}`);
		problems.push(...strangersIn(screen.raw.slice(mark)).map(stranger => `written: ${stranger}`));
		problems.push(...misleadingLinks(screen.raw.slice(mark)).map(found => `a link: ${found}`));
		const shown = windowOf(screen);
		const redrawMark = screen.raw.length;
		screen.press('ctrl+l');
		await this.#settled(redrawMark, () => screen.raw.includes(eraseAll, redrawMark));
		const redrawn = windowOf(screen);
		const row = redrawn.findIndex((cells, index) => cells !== shown[index]);
		if (row !== -1) problems.push(`a redraw shows row ${row} as ${redrawn[row]}, it was ${shown[row]}`);
		const state = JSON.stringify(this.#watch.state());
		if (state !== this.#before) problems.push(`the terminal has become ${state}`);
		return problems;
	}

	/** The texts that should be shown, as they should. */
	#shown(messages: readonly HostileMessage[]): string[] {
		const {arrives = whole} = this.#options;
		return messages.flatMap(({text}) => {
			const arriving = arrives(text.toString());
			return arriving === undefined ? [] : [sanitise(arriving)];
		});
	}

	/** Waits until the terminal has drawn all that was written, and that ends in a whole frame. */
	async #settled(mark: number, isThere: () => boolean): Promise<void> {
		const {screen} = this.#options;
		const isWhole = () => screen.raw.length > mark && screen.raw.endsWith(endFrame) && isThere();
		let drawn = -1;
		while (drawn !== screen.raw.length || !isWhole()) {
			await screen.waitFor(isWhole);
			drawn = screen.raw.length;
			// What was read is not drawn yet.
			await new Promise<void>(resolve => screen.terminal.write('', resolve));
		}
	}
}
