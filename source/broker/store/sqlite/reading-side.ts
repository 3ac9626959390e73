import path from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {openToRead} from '../../../database/open.ts';
import {whichFile} from '../../../database/place.ts';
import {Reader} from './reader.ts';
import {fileName} from './schema.ts';

/** The side of a store that reads, beside the one that writes. It blocks; it runs in a worker. */
export class ReadingSide {
	readonly methods = {
		replay: (...args: Parameters<Reader['replay']>) => this.#run(reader => reader.replay(...args)),
		page: (...args: Parameters<Reader['page']>) => this.#run(reader => reader.page(...args)),
		search: (...args: Parameters<Reader['search']>) => this.#run(reader => reader.search(...args)),
		confirmedMeanwhile: (account: number) => this.#run(reader => reader.confirmedMeanwhile(account)),
		taken: (...args: Parameters<Reader['taken']>) => this.#run(reader => reader.taken(...args)),
		checkpoint: () => this.#run(reader => reader.checkpoint()),
		close: () => this.#close(),
	};

	readonly #folder: string;
	#open: {readonly database: DatabaseSync; readonly reader: Reader; readonly which: unknown} | undefined;

	constructor(folder: string) {
		this.#folder = folder;
	}

	#run<T>(use: (reader: Reader) => T): T {
		try {
			if (this.#open !== undefined && this.#open.which !== this.#which()) this.#close();
			this.#open ??= this.#start();
			return use(this.#open.reader);
		} catch (error) {
			this.#close();
			throw error;
		}
	}

	#start(): {database: DatabaseSync; reader: Reader; which: unknown} {
		const database = openToRead(this.#folder, fileName);
		try {
			return {database, reader: new Reader(database), which: this.#which()};
		} catch (error) {
			database.close();
			throw error;
		}
	}

	#which(): string | undefined {
		return whichFile(path.join(this.#folder, fileName));
	}

	/** Lets go of the file, until it is read again. */
	#close(): void {
		const open = this.#open;
		this.#open = undefined;
		open?.database.close();
	}
}
