import {parentPort, workerData} from 'node:worker_threads';
import {serve} from '../../../database/calls.ts';
import {care} from './care.ts';
import type {Known} from './exchange.ts';
import {ReadingSide} from './reading-side.ts';
import {WritingSide} from './writing-side.ts';

/** What a worker does: of a host's store one of them writes and another reads; else it takes care of one. */
export type WorkerData =
	| {readonly role: 'care'}
	| {readonly role: 'reader'; readonly folder: string}
	| {
			readonly role: 'writer';
			readonly folder: string;
			/** Whether it waits for another process that has the folder. */
			readonly isPatient: boolean;
			/** The store that it has to be, if a worker before this one had it open. */
			readonly known: Known | undefined;
	  };

/** Why a store is not open yet: another process has it, or all of it is read. */
export type News = 'waiting' | 'checking';

const port = parentPort;
if (port === null) throw new Error('this is a worker');

const data = workerData as WorkerData;
if (data.role === 'care') serve(port, care);
if (data.role === 'reader') serve(port, new ReadingSide(data.folder).methods);
if (data.role === 'writer') {
	const tell = (news: News) => () => port.postMessage({news});
	const onWait = data.isPatient ? tell('waiting') : undefined;
	serve(port, new WritingSide(data.folder, {onWait, onCheck: tell('checking'), known: data.known}).methods);
}
