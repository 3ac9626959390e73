import type {DatabaseSync} from 'node:sqlite';
import {parentPort, workerData} from 'node:worker_threads';
import {serve} from '../../database/calls.ts';
import {lockFolder, openDatabase} from '../../database/open.ts';
import {SessionDatabase, sessionKind} from './session-database.ts';

export type WorkerData = {readonly folder: string};

const {folder} = workerData as WorkerData;
if (parentPort === null) throw new Error('this is a worker');

let lock: DatabaseSync | undefined;
let database: DatabaseSync | undefined;
let session: SessionDatabase | undefined;
const open = () => {
	lock ??= lockFolder(folder);
	database ??= openDatabase(folder, sessionKind);
	session ??= new SessionDatabase(database);
	return session;
};

serve(parentPort, {
	held: () => open().held(),
	add: (...args: Parameters<SessionDatabase['add']>) => open().add(...args),
	remove: (...args: Parameters<SessionDatabase['remove']>) => open().remove(...args),
	keep: (...args: Parameters<SessionDatabase['keep']>) => open().keep(...args),
	earlier: (...args: Parameters<SessionDatabase['earlier']>) => open().earlier(...args),
	lowest: (...args: Parameters<SessionDatabase['lowest']>) => open().lowest(...args),
	has: (...args: Parameters<SessionDatabase['has']>) => open().has(...args),
	close() {
		database?.close();
		lock?.close();
	},
});
