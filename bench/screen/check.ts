import type {Findings} from './findings.ts';
import {findWrong, lastOnes, markOf} from './messages.ts';
import type {Stage} from './stage.ts';
import type {WatchedProgram} from './watched-program.ts';

const quietMs = 300;
const redraw = '\f';

/** Rows as they are compared: a clock may have gone on. */
export const comparable = (rows: readonly string[]): string => rows.join('\n').replaceAll(/\d/g, '0');

/** Waits until the newest messages are on the screen; resolves with when they were, undefined after `patience` ms. */
export function untilShown(
	program: WatchedProgram,
	last: number,
	patience: number,
): Promise<number | undefined> {
	const marks = lastOnes(last).map(markOf);
	return program.until(() => marks.every(mark => program.shows(mark)), patience);
}

/**
 * Looks at a screen that has come to rest: the messages on it are as they were written, and it is what the program
 * draws when it is told to draw all anew. Returns the rows of that.
 */
export async function checkScreen(
	{program, hall}: Stage,
	findings: Findings,
	when: string,
	last?: number,
): Promise<readonly string[]> {
	const {name} = hall.screen;
	await program.settle(quietMs);
	const before = program.frame.rows;
	const wrong = findWrong(before, last);
	if (wrong !== undefined) findings.fault(name, `${when}: ${wrong}:\n${before.join('\n')}`);
	program.type(redraw);
	await program.settle(quietMs);
	const after = program.frame.rows;
	const row = before.findIndex((text, i) => comparable([text]) !== comparable([after[i] ?? '']));
	if (row !== -1)
		findings.fault(
			name,
			`${when}: drawn anew, row ${row + 1} is another: ${JSON.stringify(before[row])}, ${JSON.stringify(after[row])}`,
		);
	return after;
}
