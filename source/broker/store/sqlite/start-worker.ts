import type {Worker} from 'node:worker_threads';
import {startWorker} from '../../../database/start-worker.ts';
import type {WorkerData} from './worker.ts';

/** Starts a worker of a store. */
export const startStoreWorker = (data: WorkerData): Worker =>
	startWorker(import.meta.url, 'store-worker', data);
