import {expect, it} from 'vitest';
import {Retries} from '../../source/session/retries.ts';

const waits = (retries: Retries, count: number): number[] =>
	Array.from({length: count}, () => retries.nextMs());

it('waits grow from 0.2 s to 5 s', () => {
	const [first = 0, second = 0, ...rest] = waits(new Retries(), 20);
	expect(first).toBeGreaterThanOrEqual(100);
	expect(first).toBeLessThanOrEqual(200);
	expect(second).toBeLessThanOrEqual(400);
	expect(Math.min(...rest.slice(-3))).toBeGreaterThanOrEqual(2500);
	expect(Math.max(...rest)).toBeLessThanOrEqual(5000);
});

it('the first one follows at once where somebody has to host', () => {
	const retries = new Retries(0, true);
	expect(retries.nextMs()).toBe(0);
	expect(retries.nextMs()).toBeGreaterThan(0);
	expect(retries.isFirst).toBe(false);
});

it('begins anew after a connection that held, and only then', async () => {
	const retries = new Retries(20);
	waits(retries, 5);
	retries.settled();
	retries.closed();
	expect(retries.isFirst).toBe(false);
	retries.settled();
	await new Promise(resolve => setTimeout(resolve, 40));
	retries.closed();
	expect(retries.isFirst).toBe(true);
});

it('comes back within the time that a host asks for, and does not believe any', () => {
	const spread = (ms: number): number[] =>
		Array.from({length: 200}, () => {
			const retries = new Retries();
			retries.spreadOver(ms);
			return retries.nextMs();
		});
	const within = spread(3000);
	expect(Math.max(...within)).toBeLessThanOrEqual(3200);
	expect(Math.max(...within) - Math.min(...within)).toBeGreaterThan(2000);
	expect(Math.max(...spread(1e12))).toBeLessThanOrEqual(60_200);
});
