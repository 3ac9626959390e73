import {statSync} from 'node:fs';
import path from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {explain} from '../../../database/faults.ts';
import {gone, lockFolder, lockName, openDatabase} from '../../../database/open.ts';
import {whichFile} from '../../../database/place.ts';
import {StoreError} from '../../../database/store-error.ts';
import type {Known, Told} from './exchange.ts';
import type {Keeper} from './keeper.ts';
import {emptyLog} from './log-file.ts';
import {adviceOnDamage, fileName, storeKind} from './schema.ts';
import {Writer} from './writer.ts';

type Options = {
	/** Called if another process has the folder; then this waits. Left out, it does not wait. */
	readonly onWait?: (() => void) | undefined;
	/** Called before all of a store is read that was brought here as a file. */
	readonly onCheck?: (() => void) | undefined;
	/** The store that it has to be, if it was open before: anything else in its place is none. */
	readonly known?: Known | undefined;
};

/**
 * The side of a store that writes. After a failure nobody knows what SQLite has in mind and what is on the disk, so then
 * all of it is opened anew, once `mend` has said that nobody is reading. It blocks; it runs in a worker.
 */
export class WritingSide {
	readonly methods = {
		contents: () => this.#run(writer => writer.contents()),
		take: (...args: Parameters<Writer['take']>) => this.#run(writer => writer.take(...args)),
		open: (...args: Parameters<Writer['open']>) => this.#run(writer => writer.open(...args)),
		drop: (account: number) => this.#run(writer => writer.drop(account)),
		makeRoom: (...args: Parameters<Writer['makeRoom']>) => this.#run(writer => writer.makeRoom(...args)),
		index: (most: number) => this.#run(writer => writer.index(most)),
		ran: (ms: number) => this.#run(writer => writer.ran(ms)),
		pass: (...args: Parameters<Keeper['pass']>) => this.#run(({keeper}) => keeper.pass(...args)),
		merge: (...args: Parameters<Keeper['merge']>) => this.#run(({keeper}) => keeper.merge(...args)),
		remove: (...args: Parameters<Keeper['remove']>) => this.#run(({keeper}) => keeper.remove(...args)),
		giveBack: (most: number) => this.#run(({keeper}) => keeper.giveBack(most)),
		emptyLog: () => this.#run((_, database) => emptyLog(database)),
		/** Nobody is reading: what failed may be opened anew. */
		mend: () => {
			this.#isBroken = false;
		},
		close: () => this.#close(),
	};

	readonly #folder: string;
	readonly #file: string;
	readonly #onWait: (() => void) | undefined;
	readonly #onCheck: (() => void) | undefined;
	#known: Known | undefined;
	#lock: DatabaseSync | undefined;
	#open: {readonly database: DatabaseSync; readonly writer: Writer} | undefined;
	/** Which files it has open, by their names. */
	#files = new Map<string, string | undefined>();
	#isBroken = false;
	#end: StoreError | undefined;

	constructor(folder: string, {onWait, onCheck, known}: Options = {}) {
		this.#folder = folder;
		this.#file = path.join(folder, fileName);
		this.#onWait = onWait;
		this.#onCheck = onCheck;
		this.#known = known;
	}

	#run<T>(use: (writer: Writer, database: DatabaseSync) => T): Told<T> {
		if (this.#end !== undefined) throw this.#end;
		if (this.#isBroken) throw new StoreError('CLOSED', 'The store has to be opened anew');
		try {
			const since = performance.now();
			this.#open ??= this.#start();
			const {writer, database} = this.#open;
			const result = use(writer, database);
			// What was written to a file that nobody finds any more is lost.
			this.#expectFiles();
			const {counters, keeper, srv} = writer;
			const logBytes = statSync(`${this.#file}-wal`).size;
			const {usedBytes, removedTs} = keeper;
			const tookMs = performance.now() - since;
			const state = {...counters, usedBytes, logBytes, removedTs, tookMs};
			this.#known = {srv, newest: counters.newest};
			if (writer.isSpoiled) this.#drop();
			return {result, state};
		} catch (error) {
			this.#drop();
			throw explain(error, this.#file, adviceOnDamage);
		}
	}

	#start(): {database: DatabaseSync; writer: Writer} {
		const known = this.#known;
		if (known !== undefined && whichFile(this.#file) === undefined) throw gone(this.#file);
		this.#lock ??= lockFolder(this.#folder, known === undefined ? this.#onWait : undefined);
		const database = openDatabase(this.#folder, storeKind, this.#onCheck);
		try {
			// It is done where no commit has to wait for it.
			database.exec('PRAGMA wal_autocheckpoint = 0');
			const writer = new Writer(database);
			if (known !== undefined) this.#goOn(known, writer, database);
			const names = [this.#file, `${this.#file}-wal`, `${this.#file}-shm`, path.join(this.#folder, lockName)];
			this.#files = new Map(names.map(name => [name, whichFile(name)]));
			return {database, writer};
		} catch (error) {
			database.close();
			throw error;
		}
	}

	/** Sees to it that the store is the one that it was, and that all of it is on the disk. */
	#goOn({srv, newest}: Known, writer: Writer, database: DatabaseSync): void {
		if (writer.srv !== srv || writer.counters.newest < newest) {
			const text = `${this.#file} is not the one that this host began with: nothing is kept until the host is started anew`;
			this.#end = new StoreError('REPLACED', text);
			throw this.#end;
		}
		// What could not be flushed may look written and be lost with the power, and all behind it in the log.
		if (!emptyLog(database)) throw new StoreError('UNREADABLE', `${this.#file} is in use: try again`);
		if (writer.counters.newest > newest) writer.keeper.takeBack(newest);
	}

	#expectFiles(): void {
		for (const [name, which] of this.#files) if (whichFile(name) !== which) throw gone(name);
	}

	#drop(): void {
		this.#isBroken = true;
		try {
			// Should only its log be gone, this still brings what is in there to its place.
			this.#open?.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
		} catch {}
		try {
			this.#open?.database.close();
		} catch {}
		this.#open = undefined;
		const lock = path.join(this.#folder, lockName);
		if (!this.#files.has(lock) || this.#files.get(lock) === whichFile(lock)) return;
		this.#lock?.close();
		this.#lock = undefined;
	}

	#close(): void {
		this.#open?.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		this.#open?.database.close();
		this.#lock?.close();
	}
}
