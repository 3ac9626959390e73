import {Caller} from '../../../database/calls.ts';
import type {care} from './care.ts';
import {startStoreWorker} from './start-worker.ts';

type Care = typeof care;

/**
 * Does one of the things that can be done with a store beside hosting, in a worker, so that the caller may tell how long
 * it takes.
 *
 * @throws {StoreError}
 */
export const takeCare = async <Task extends keyof Care>(
	task: Task,
	...args: Parameters<Care[Task]>
): Promise<ReturnType<Care[Task]>> => {
	const caller = new Caller(startStoreWorker({role: 'care'}));
	try {
		return await caller.call(task, ...args);
	} finally {
		await caller.stop();
	}
};
