import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Store} from '../../../source/ui/screen/store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
	const store = new Store((sum: number, added: number) => sum + added, 0);
	const told: number[] = [];
	store.subscribe(() => told.push(store.getSnapshot()));
	return {store, told};
}

test('what the person does is told at once, with all that came before it', () => {
	const {store, told} = open();
	store.dispatchSoon(1);
	expect([store.current, store.getSnapshot()]).toEqual([1, 0]);
	store.dispatch(10);
	vi.runAllTimers();
	expect(told).toEqual([11]);
});

test('a flood is told once in 16 ms', () => {
	const {store, told} = open();
	for (let ms = 0; ms < 160; ms++) {
		store.dispatchSoon(1);
		store.dispatchSoon(1);
		vi.advanceTimersByTime(1);
	}

	vi.runAllTimers();
	expect(told.at(-1)).toBe(320);
	expect(told.length).toBeGreaterThan(9);
	expect(told.length).toBeLessThan(13);
});

test('while it is held nothing is told, and then what is newest', () => {
	const {store, told} = open();
	store.hold();
	store.dispatch(1);
	store.dispatchSoon(2);
	vi.runAllTimers();
	expect(told).toEqual([]);
	store.release();
	expect(told).toEqual([3]);
});

test('a state that stays the same is not told', () => {
	const {store, told} = open();
	store.dispatch(0);
	expect(told).toEqual([]);
});

test('what says the same is put together before it changes the state', () => {
	const reduced: number[][] = [];
	const store = new Store(
		(state: number, action: readonly number[]) => {
			reduced.push([...action]);
			return state + action.length;
		},
		0,
		(action, next) => (next.length > 0 && action.length > 0 ? [...action, ...next] : undefined),
	);
	for (const action of [[1], [2], [], [3], [4]]) store.dispatchSoon(action);
	store.dispatch([5]);

	expect(reduced).toEqual([[1, 2], [], [3, 4], [5]]);
	expect(store.current).toBe(5);
});
