import path from 'node:path';
import process from 'node:process';
import {type Inventory, takeCare} from '../broker/store-care.ts';
import type {Options} from './options.ts';
import {say} from './output.ts';
import {showProgress} from './progress.ts';
import type {StoreCare} from './store-care-options.ts';
import {storeFolder} from './store-folder.ts';
import {UsageError} from './usage-error.ts';

/**
 * Does what is asked for with a host's store, and says on standard output what came of it.
 *
 * @throws {StoreError} if it cannot be done, or the store is damaged
 */
export async function runStoreCare(options: Options, care: StoreCare): Promise<boolean> {
	const folder = storeFolder(options, process.env);
	if (folder === undefined) {
		throw new UsageError('Nothing is kept on disk for that address: name a folder with --store.');
	}
	switch (care.task) {
		case 'check': {
			const found = await showProgress(`Checking the store in ${folder}`, takeCare('check', folder));
			tell(`${found.file} is whole: ${describe(found)}`);
			return true;
		}
		case 'backup': {
			const file = path.resolve(care.file);
			const copied = await showProgress(`Copying the store in ${folder}`, takeCare('backup', folder, file));
			tell(`${file} has a copy: ${describe(copied)}`);
			tell(
				`To bring it back, end the host, put its store aside with --store-reset, and move the copy to ${copied.file}`,
			);
			return true;
		}
		case 'reset': {
			const aside = await takeCare('reset', folder);
			tell(`The store is put aside in ${aside}: the next host begins anew`);
			return true;
		}
		case 'forget': {
			const {login, key} = care;
			const isFree = await showProgress(`Freeing ${login}`, takeCare('forget', folder, key));
			if (isFree)
				tell(`The name ${login} is free, and what waited for it is gone: whoever takes it next has it`);
			else say(`a-chat-tui: Nobody has the name ${login} in ${folder}: see whether it is the right folder`);
			return isFree;
		}
	}
}

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

const describe = ({messages, oldest, newest, names, rooms, bytes}: Inventory): string => {
	const span = messages === 0 ? '' : ` (${oldest} to ${newest})`;
	const counts = [
		`${countOf(messages, 'message')}${span}`,
		`${countOf(names, 'name')} bound to a key`,
		countOf(rooms, 'room'),
	];
	return `${counts.join(', ')}, ${(bytes / 1e6).toFixed(1)} MB`;
};

const countOf = (count: number, what: string): string =>
	`${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
