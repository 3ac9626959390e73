import {parentPort, workerData} from 'node:worker_threads';
import {serve} from '../../../database/calls.ts';
import type {Known} from './exchange.ts';
import {ReadingSide} from './reading-side.ts';
import {WritingSide} from './writing-side.ts';

/** What a worker does: one of them writes, another reads. */
export type WorkerData = {
	readonly folder: string;
	readonly role: 'writer' | 'reader';
	/** Whether it waits for another process that has the folder. */
	readonly isPatient?: boolean;
	/** The store that it has to be, if a worker before this one had it open. */
	readonly known?: Known | undefined;
};

const {folder, role, isPatient, known} = workerData as WorkerData;
const port = parentPort;
if (port === null) throw new Error('this is a worker');

if (role === 'reader') serve(port, new ReadingSide(folder).methods);
else {
	const onWait = isPatient ? () => port.postMessage({isWaiting: true}) : undefined;
	serve(port, new WritingSide(folder, {onWait, known}).methods);
}
