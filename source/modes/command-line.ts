import {parseArgs} from 'node:util';
import {nearest} from '../chat/slip.ts';
import type {Flags} from './options.ts';
import {quote} from './quote.ts';
import {UsageError} from './usage-error.ts';

/** The flags, in the form in which meow takes them. */
export const flagTypes = {
	name: {type: 'string', shortFlag: 'n'},
	join: {type: 'string', shortFlag: 'j'},
	host: {type: 'boolean'},
	listen: {type: 'string'},
	headless: {type: 'boolean'},
	plain: {type: 'boolean'},
	json: {type: 'boolean'},
	to: {type: 'string'},
	maxConnections: {type: 'string'},
	log: {type: 'string'},
	rate: {type: 'string'},
	store: {type: 'string'},
	keep: {type: 'string'},
	keepSize: {type: 'string'},
	check: {type: 'boolean'},
	backup: {type: 'string'},
	storeReset: {type: 'boolean'},
	forget: {type: 'string'},
	verbose: {type: 'boolean'},
	version: {type: 'boolean', shortFlag: 'v'},
	help: {type: 'boolean', shortFlag: 'h'},
} as const;

/**
 * Sees to it that each flag is known, stands once and has a value if and only if it takes one, before meow reads them:
 * that takes `--plain=maybe` for true, `--no-such` for `such`, `-nal` for `-n -a -l`, and the next flag for a value that
 * was forgotten.
 *
 * @returns the arguments in the one form that cannot be read differently: `--flag=value`, and the words behind `--`
 * @throws UsageError
 */
export function checkArguments(args: readonly string[]): string[] {
	// Not strict: the parser's own sentences would tell of `parseArgs` and its settings.
	const {tokens} = parseArgs({args: [...args], options: knownFlags, strict: false, tokens: true});
	const seen = new Set<string>();
	const checked: string[] = [];
	const words: string[] = [];
	for (const token of tokens) {
		if (token.kind === 'positional') words.push(token.value);
		if (token.kind !== 'option') continue;
		const {name, rawName, value, inlineValue} = token;
		const type = Object.hasOwn(knownFlags, name) ? knownFlags[name]?.type : undefined;
		if (type === undefined) throw unknownFlag(rawName, args);
		if (type === 'boolean') {
			if (value !== undefined) throw new UsageError(`--${name} takes no value: write it alone.`);
			checked.push(`--${name}`);
			continue;
		}
		if (value === undefined || (!inlineValue && /^-./.test(value))) {
			throw new UsageError(`--${name} needs a value: write it behind, as in --${name}=VALUE.`);
		}
		if (seen.has(name)) throw new UsageError(`--${name} stands twice: say it once.`);
		seen.add(name);
		// `-n=alice` is common, though Node's parser counts the sign to the value.
		checked.push(`--${name}=${rawName.startsWith('--') ? value : value.replace(/^=/, '')}`);
	}
	return [...checked, '--', ...words];
}

/** What stands on the command line, read. */
export type CommandLine = {
	readonly flags: Flags & {readonly help?: boolean; readonly version?: boolean};
	readonly words: readonly string[];
};

/**
 * Reads arguments in the form in which `checkArguments` gives them, in which there is nothing left to be understood
 * wrongly. meow, which does the same, takes half as long to load as Node: it is there for `--help` and `--version`.
 */
export function readCommandLine(checked: readonly string[]): CommandLine {
	const end = checked.indexOf('--');
	const flags = checked.slice(0, end).map(flag => {
		const [name = '', ...value] = flag.slice(2).split('=');
		const key = name.replace(/-[a-z]/g, part => part.charAt(1).toUpperCase());
		return [key, value.length === 0 ? true : value.join('=')];
	});
	return {flags: Object.fromEntries(flags), words: checked.slice(end + 1)};
}

/** The same flags by the names that are typed, for the parser of Node. */
const knownFlags: Readonly<Record<string, {type: 'string' | 'boolean'; short?: string}>> = Object.fromEntries(
	Object.entries(flagTypes).map(([name, flag]) => [
		name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
		'shortFlag' in flag ? {type: flag.type, short: flag.shortFlag} : {type: flag.type},
	]),
);

function unknownFlag(rawName: string, args: readonly string[]): UsageError {
	const isText = args.some(arg => arg.startsWith('--to'));
	const advice = isText ? 'see a-chat-tui --help, or put -- before the text' : 'see a-chat-tui --help';
	const likely = rawName.startsWith('--')
		? Object.keys(knownFlags).find(name => nearest(letters(rawName), [letters(name)]))
		: undefined;
	const meant = likely === undefined ? '' : ` (--${likely}?)`;
	return new UsageError(`There is no flag ${quote(rawName)}${meant}: ${advice}.`);
}

const letters = (flag: string): string => flag.replaceAll('-', '').toLowerCase();
