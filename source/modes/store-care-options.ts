import {parseLogin} from '../protocol/login.ts';
import type {Flags} from './options.ts';
import {quote} from './quote.ts';
import {UsageError} from './usage-error.ts';

/** What is to be done with a host's store, without a chat. */
export type StoreCare =
	| {readonly task: 'check' | 'reset'}
	| {readonly task: 'backup'; readonly file: string}
	| {readonly task: 'forget'; readonly login: string; readonly key: string};

const careFlags = {
	check: '--check',
	backup: '--backup',
	storeReset: '--store-reset',
	forget: '--forget',
} as const;

/** What may stand beside them: which store it is. */
const besides = ['store', 'listen', 'verbose'];

/**
 * @returns undefined if it is a chat that is asked for
 * @throws UsageError
 */
export function readStoreCare(flags: Flags, words: readonly string[]): StoreCare | undefined {
	const given = Object.entries(flags).filter(([, value]) => value !== undefined && value !== false);
	const [task, other] = given.flatMap(([name]) =>
		name in careFlags ? [name as keyof typeof careFlags] : [],
	);
	if (task === undefined) return undefined;
	const flag = careFlags[task];
	if (other !== undefined) throw new UsageError(`Use either ${flag} or ${careFlags[other]}, not both.`);
	const odd = given.find(([name]) => name !== task && !besides.includes(name));
	if (odd !== undefined || words.length > 0) {
		throw new UsageError(
			`${flag} starts no chat: beside it only --store or --listen says which store is meant.`,
		);
	}
	if (flags.store === 'memory')
		throw new UsageError(`${flag} is for what is kept on disk: name a folder with --store.`);
	if (task === 'check') return {task};
	if (task === 'storeReset') return {task: 'reset'};
	if (task === 'backup') {
		if (!flags.backup) throw new UsageError('--backup needs a file to copy to.');
		return {task, file: flags.backup};
	}
	const parsed = parseLogin(flags.forget ?? '');
	if (!parsed.ok)
		throw new UsageError(`--forget ${quote(flags.forget ?? '')} is no name, ${parsed.problem}.`);
	return {task, login: parsed.login, key: parsed.key};
}
