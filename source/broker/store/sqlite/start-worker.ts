import {Worker} from 'node:worker_threads';
import type {WorkerData} from './worker.ts';

/** Starts a worker of a store, for which the process does not wait. */
export const startWorker = (data: WorkerData): Worker => {
	// Built, it is a file of its own beside the others.
	const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './store-worker.js';
	const worker = new Worker(new URL(name, import.meta.url), {workerData: data});
	worker.unref();
	return worker;
};
