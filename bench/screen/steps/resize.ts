import {performance} from 'node:perf_hooks';
import {checkScreen, comparable, untilShown} from '../check.ts';
import type {Findings} from '../findings.ts';
import type {Stage} from '../stage.ts';
import type {Size} from '../watched-program.ts';

const usualSizes: readonly Size[] = [
	{columns: 100, rows: 30},
	{columns: 60, rows: 20},
	{columns: 120, rows: 40},
	{columns: 80, rows: 24},
];
const settleMs = 400;
// What is written with smaller pauses reaches the eye at once: a terminal paints every 16 ms at best.
const pauseMs = 4;
const shownMs = 10_000;

type Piece = {readonly time: number; readonly text: string};

/**
 * Gives the window other sizes. A frame is what stands on the screen when the program has written something after it was told of the
 * new size and then pauses for `pauseMs`, and not within a synchronised update. It is right if it is what the program
 * draws when it is told to draw all anew, digits aside; every other one is wrong, whether rows overlap, are cut off, or
 * are not there yet.
 */
export async function measureResize(stage: Stage, findings: Findings, sizes = usualSizes): Promise<void> {
	const {hall, program} = stage;
	const {name} = hall.screen;
	if ((await hall.crowd.stop()) < 100) {
		const {last} = await hall.crowd.burst(100);
		await untilShown(program, last, shownMs);
	}
	const last = await hall.crowd.stop();
	await program.settle(settleMs);
	let wrongFrames = 0;
	for (const size of sizes) {
		const pieces: Piece[] = [];
		program.onPiece = time => pieces.push({time, text: comparable(program.frame.rows)});
		const begin = performance.now();
		program.resize(size);
		await program.settle(settleMs);
		program.onPiece = () => {};
		const when = `at ${size.columns}×${size.rows}`;
		const right = comparable(await checkScreen(stage, findings, when, last));
		const frames = pieces.filter((piece, i) => {
			const next = pieces[i + 1];
			return next === undefined || next.time - piece.time >= pauseMs;
		});
		wrongFrames += frames.filter(({text}) => text !== right).length;
		const since = pieces.findLastIndex(({text}) => text !== right) + 1;
		const reached = pieces[since];
		if (reached !== undefined) findings.add('resize', name, reached.time - begin);
	}
	findings.add('resize-wrong', name, wrongFrames);
}
