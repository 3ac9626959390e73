import {expect, test} from 'vitest';
import {judge} from '../../bench/targets.ts';

const known = {
	value: 7,
	ratioTo: (server: string, isCpu: boolean) => (server === 'plain' ? (isCpu ? 0.2 : 5) : undefined),
};

test('a ratio is judged by the server that it is to, and not without it', () => {
	expect(judge({atLeast: 5, of: 'plain'}, known)).toEqual({text: '≥ 5 × plain', ratio: 5, isReached: true});
	expect(judge({atLeast: 5.1, of: 'plain'}, known)).toMatchObject({ratio: 5, isReached: false});
	expect(judge({atMost: 5, of: 'plain'}, known)).toMatchObject({text: '≤ 5 × plain', isReached: true});
	expect(judge({atMost: 4.9, of: 'plain'}, known)).toMatchObject({isReached: false});
	expect(judge({atLeast: 5, of: 'least'}, known)).toBeUndefined();
});

test('a ratio of CPU time is one of its own', () => {
	const target = {atMost: 1 / 6, of: 'plain', isCpu: true};
	expect(judge(target, known)).toEqual({text: 'CPU ≤ 0.17 × plain', ratio: 0.2, isReached: false});
});

test('a figure has to be below its bound, within its range, or there', () => {
	expect(judge({below: 7.5}, known)).toMatchObject({text: '< 7.5', isReached: true});
	expect(judge({below: 7}, known)).toMatchObject({isReached: false});
	expect(judge({within: [0.8, 1.2]}, known)).toMatchObject({text: '0.8–1.2', isReached: false});
	expect(judge({within: [7, 8]}, known)).toMatchObject({isReached: true});
	expect(judge({reaches: 7}, known)).toMatchObject({text: '≥ 7', isReached: true});
	expect(judge({reaches: 7.1}, known)).toMatchObject({isReached: false});
	expect(judge({exists: true}, known)).toMatchObject({isReached: true});
	expect(judge({exists: true}, {...known, value: undefined})).toMatchObject({isReached: false});
	expect(judge({below: 7}, {...known, value: undefined})?.isReached).toBeUndefined();
});
