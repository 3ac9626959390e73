import {parseArgs} from 'node:util';
import type {Flags} from './options.ts';
import {quote} from './quote.ts';
import {UsageError} from './usage-error.ts';

const flagTypes = {
	name: {type: 'string', short: 'n'},
	join: {type: 'string', short: 'j'},
	host: {type: 'boolean'},
	listen: {type: 'string'},
	headless: {type: 'boolean'},
	plain: {type: 'boolean'},
	to: {type: 'string'},
	'max-connections': {type: 'string'},
	verbose: {type: 'boolean'},
	version: {type: 'boolean'},
	help: {type: 'boolean'},
} as const;

type FlagName = keyof typeof flagTypes;

export type CommandLine = {
	readonly flags: Flags;
	/** What stands between and behind the flags. */
	readonly words: readonly string[];
};

/**
 * Reads the arguments of the program. Each flag is known, stands once and has a value if and only if it takes one; what
 * the values mean is not looked at.
 *
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[]): CommandLine {
	// Not strict: the parser's own sentences would tell of `parseArgs` and its settings.
	const {tokens} = parseArgs({
		args: [...args],
		options: flagTypes,
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	const values = new Map<FlagName, string | true>();
	const words: string[] = [];
	for (const token of tokens) {
		if (token.kind === 'positional') words.push(token.value);
		if (token.kind !== 'option') continue;
		const {name} = token;
		if (!isFlag(name)) throw unknownFlag(token.rawName, args);
		if (values.has(name) && flagTypes[name].type === 'string') {
			throw new UsageError(`--${name} stands twice: say it once.`);
		}
		values.set(name, readValue(name, token));
	}
	const {'max-connections': maxConnections, ...flags} = Object.fromEntries(values);
	return {flags: {...flags, maxConnections} as Flags, words};
}

function isFlag(name: string): name is FlagName {
	return Object.hasOwn(flagTypes, name);
}

function readValue(
	name: FlagName,
	{value, inlineValue}: {value: string | undefined; inlineValue: boolean | undefined},
): string | true {
	if (flagTypes[name].type === 'boolean') {
		if (value !== undefined) throw new UsageError(`--${name} takes no value: write it alone.`);
		return true;
	}
	if (value === undefined || (!inlineValue && /^-./.test(value))) {
		throw new UsageError(`--${name} needs a value: write it behind, as in --${name}=VALUE.`);
	}
	return value;
}

function unknownFlag(rawName: string, args: readonly string[]): UsageError {
	const isText = args.some(arg => arg.startsWith('--to'));
	const advice = isText ? 'see a-chat-tui --help, or put -- before the text' : 'see a-chat-tui --help';
	return new UsageError(`There is no flag ${quote(rawName)}: ${advice}.`);
}
