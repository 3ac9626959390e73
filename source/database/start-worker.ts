import {Worker} from 'node:worker_threads';

/**
 * Starts a worker for which the process does not wait.
 *
 * @param from `import.meta.url` of the file that has `worker.ts` beside it
 * @param builtName the name that the worker has once it is built, beside all other files
 */
export const startWorker = (from: string, builtName: string, workerData: unknown): Worker => {
	const name = from.endsWith('.ts') ? './worker.ts' : `./${builtName}.js`;
	const worker = new Worker(new URL(name, from), {workerData});
	worker.unref();
	return worker;
};
