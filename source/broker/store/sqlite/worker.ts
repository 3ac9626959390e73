import type {DatabaseSync} from 'node:sqlite';
import {parentPort, workerData} from 'node:worker_threads';
import {serve} from '../../../database/calls.ts';
import {lockFolder, openDatabase, openToRead} from '../../../database/open.ts';
import {Reader} from './reader.ts';
import {fileName, migrations} from './schema.ts';
import {Writer} from './writer.ts';

/** What a worker does: one of them writes, another reads. */
export type WorkerData = {
	readonly folder: string;
	readonly role: 'writer' | 'reader';
	/** Whether it waits for another process that has the folder. */
	readonly isPatient: boolean;
};

const {folder, role, isPatient} = workerData as WorkerData;
const port = parentPort;
if (port === null) throw new Error('this is a worker');

if (role === 'reader') {
	let database: DatabaseSync | undefined;
	let reader: Reader | undefined;
	const open = () => {
		database ??= openToRead(folder, fileName);
		reader ??= new Reader(database);
		return reader;
	};
	serve(port, {
		replay: (...args: Parameters<Reader['replay']>) => open().replay(...args),
		page: (...args: Parameters<Reader['page']>) => open().page(...args),
		search: (...args: Parameters<Reader['search']>) => open().search(...args),
		confirmedMeanwhile: (account: number) => open().confirmedMeanwhile(account),
		checkpoint: () => open().checkpoint(),
		close: () => database?.close(),
	});
} else {
	let database: DatabaseSync | undefined;
	let lockDatabase: DatabaseSync | undefined;
	let writer: Writer | undefined;
	const open = () => {
		lockDatabase ??= lockFolder(folder, isPatient ? () => port.postMessage({isWaiting: true}) : undefined);
		if (database === undefined) {
			database = openDatabase(folder, fileName, migrations);
			// The reader does it, so that no commit has to wait.
			database.exec('PRAGMA wal_autocheckpoint = 0');
		}
		writer ??= new Writer(database);
		return writer;
	};
	/** After a failure nobody knows what SQLite has in mind and what is on the disk: it is opened anew. */
	const attempt = <T>(run: (writer: Writer) => T) => {
		try {
			const opened = open();
			const result = run(opened);
			return {result, counters: opened.counters};
		} catch (error) {
			writer = undefined;
			try {
				database?.close();
			} catch {}
			database = undefined;
			throw error;
		}
	};
	serve(port, {
		contents: () => attempt(one => one.contents()),
		take: (...args: Parameters<Writer['take']>) => attempt(one => one.take(...args)),
		open: (...args: Parameters<Writer['open']>) => attempt(one => one.open(...args)),
		drop: (account: number) => attempt(one => one.drop(account)),
		makeRoom: (...args: Parameters<Writer['makeRoom']>) => attempt(one => one.makeRoom(...args)),
		index: (most: number) => attempt(one => one.index(most)),
		close() {
			database?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
			database?.close();
			lockDatabase?.close();
		},
	});
}
