import {expect, test} from 'vitest';
import {type Frame, isComplete, isWhole, standsStill} from '../../bench/start-up/frame.ts';

function frame(cursorRow: number, cursorColumn: number, ...rows: string[]): Frame {
	return {rows, cursorRow, cursorColumn};
}

const box = ['> ', 'to nobody yet'];
const settled = frame(4, 2, 'connected 127.0.0.1:8080', '', 'others type: join', '', ...box);

test('a frame is complete when its status, its input box and its cursor are where they stay', () => {
	const early = frame(4, 2, 'connecting', '', '', '', ...box);
	expect(isComplete(settled, settled)).toBe(true);
	expect(isComplete(early, settled)).toBe(true);
	expect(isWhole(early, settled)).toBe(false);
	expect(isComplete({...early, rows: early.rows.with(2, 'others')}, settled)).toBe(true);
	expect(isComplete({...early, rows: early.rows.with(2, 'type')}, settled)).toBe(false);
	expect(isComplete({...early, rows: ['', ...early.rows.slice(1)]}, settled)).toBe(false);
	expect(isComplete({...early, cursorColumn: 0}, settled)).toBe(false);
});

test('a frame is not complete when a row of it goes elsewhere or away', () => {
	const higher = frame(4, 2, 'connected 127.0.0.1:8080', 'others type: join', '', '', ...box);
	const gone = frame(4, 2, 'connected 127.0.0.1:8080', 'one moment', 'others type: join', '', ...box);
	const boxless = frame(4, 2, 'connected 127.0.0.1:8080', '', 'others type: join', '', '> ', '');
	for (const other of [higher, gone, boxless]) expect(isComplete(other, settled)).toBe(false);
});

test('a port is as good as another', () => {
	const other = {...settled, rows: settled.rows.with(2, 'others type: join :8080')};
	expect(isWhole(other, {...settled, rows: settled.rows.with(2, 'others type: join :9191')})).toBe(true);
});

test('typing changes the input box only', () => {
	const typed = {...settled, rows: settled.rows.with(4, '> hello'), cursorColumn: 7};
	expect(standsStill(typed, settled)).toBe(true);
	expect(standsStill({...typed, rows: typed.rows.with(2, 'elsewhere')}, settled)).toBe(false);
});
