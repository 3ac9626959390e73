import {setImmediate as endOfTurn} from 'node:timers/promises';
import {expect, it} from 'vitest';
import {inOne, type Sliced, Slices} from '../../source/broker/store/slices.ts';

function* slices<Result>(count: number, result: Result): Sliced<Result> {
	for (let at = 0; at < count; at++) yield;
	return result;
}

const yes = () => true;

it('does what one wants beside what another wants, however much that is', async () => {
	const work = new Slices();
	const order: string[] = [];
	const much = Array.from({length: 50}, async (_, at) => {
		order.push(await work.run(1, slices(20, `much ${at}`), yes).then(String));
	});
	const little = work.run(2, slices(20, 'little'), yes).then(done => order.push(String(done)));
	await Promise.all([...much, little]);
	expect(order.indexOf('little')).toBeLessThanOrEqual(1);
	expect(order.filter(done => done !== 'little')).toEqual(Array.from({length: 50}, (_, at) => `much ${at}`));
});

it('does one slice a turn', async () => {
	const work = new Slices();
	let done = 0;
	function* counted(): Sliced<void> {
		for (let at = 0; at < 9; at++) {
			done++;
			yield;
		}
	}
	for (const owner of [1, 2, 3]) void work.run(owner, counted(), yes);
	for (let turn = 1; turn < 20; turn++) {
		await endOfTurn();
		expect(done).toBeLessThanOrEqual(turn + 1);
	}
});

it('gives up what nobody waits for, and tells of what fails', async () => {
	const work = new Slices();
	let isThere = true;
	const gone = work.run(1, slices(Number.POSITIVE_INFINITY, 'never'), () => isThere);
	const next = work.run(1, slices(1, 'next'), yes);
	await endOfTurn();
	isThere = false;
	expect(await gone).toBeUndefined();
	expect(await next).toBe('next');
	// biome-ignore lint/correctness/useYield: it fails before
	const failing = (function* (): Sliced<void> {
		throw new Error('it went wrong');
	})();
	await expect(work.run(1, failing, yes)).rejects.toThrow('it went wrong');
});

it('waits for one that somebody else does, takes turns, and never begins what is given up before', async () => {
	const work = new Slices();
	const begun: string[] = [];
	const ends = Promise.withResolvers<void>();
	const search = (name: string) =>
		inOne(async () => {
			begun.push(name);
			await ends.promise;
			return name;
		});
	let isThere = true;
	const first = work.run(1, search('first'), yes);
	const given = [1, 2, 3].map(at => work.run(1, search(`given up ${at}`), () => isThere));
	const other = work.run(2, search('other'), yes);
	for (let turn = 0; turn < 5; turn++) await endOfTurn();
	expect(begun).toEqual(['first']);
	isThere = false;
	const last = work.run(1, search('last'), yes);
	ends.resolve();
	expect(await Promise.all([first, other, last])).toEqual(['first', 'other', 'last']);
	expect(await Promise.all(given)).toEqual([undefined, undefined, undefined]);
	expect(begun).toEqual(['first', 'other', 'last']);
});
