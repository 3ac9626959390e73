import {limits} from '../protocol/limits.ts';
import {parseLogin} from '../protocol/login.ts';
import {formatPost} from '../protocol/plain.ts';
import {type Address, defaultAddress, parseAddress} from '../session/address.ts';
import {readKeep, readKeepSize} from './keeping-options.ts';
import {quote} from './quote.ts';
import {readStoreCare, type StoreCare} from './store-care-options.ts';
import {UsageError} from './usage-error.ts';

/** The flags as they stand on the command line, before anybody looked at what they say. */
export type Flags = {
	readonly name?: string | undefined;
	readonly join?: string | undefined;
	readonly host?: boolean | undefined;
	readonly listen?: string | undefined;
	readonly headless?: boolean | undefined;
	readonly plain?: boolean | undefined;
	readonly json?: boolean | undefined;
	readonly to?: string | undefined;
	readonly maxConnections?: string | undefined;
	readonly rate?: string | undefined;
	readonly store?: string | undefined;
	readonly keep?: string | undefined;
	readonly keepSize?: string | undefined;
	readonly check?: boolean | undefined;
	readonly backup?: string | undefined;
	readonly storeReset?: boolean | undefined;
	readonly forget?: string | undefined;
	readonly log?: string | undefined;
	readonly verbose?: boolean | undefined;
};

type Mode = 'screen' | 'plain' | 'json' | 'send' | 'headless' | 'store-care';

/** A line for people, or a JSON object a line. */
export type LogForm = 'text' | 'json';

export type Options = {
	readonly mode: Mode;
	/** The login that was asked for, if one was. */
	readonly login: string | undefined;
	/** Where to join, or with `isHost` where to listen (port 0 picks a free one). */
	readonly address: Address;
	/** Whether `--join` named the address: then nobody hosts by itself. */
	readonly isAddressGiven: boolean;
	readonly isHost: boolean;
	readonly maxConnections: number | undefined;
	/** Lines a second that a host takes from each peer, 0 for any number. */
	readonly rate: number;
	/** Where a host keeps what is said: a folder, `memory`, or undefined for its usual place. */
	readonly store: string | undefined;
	/** For how long, in ms, and how much of it, in bytes; undefined for the defaults of a broker. */
	readonly keepMs: number | undefined;
	readonly keepBytes: number | undefined;
	/** What is to be done with a host's store instead of a chat. */
	readonly storeCare: StoreCare | undefined;
	/** How a host without a screen logs. */
	readonly log: LogForm;
	readonly isVerbose: boolean;
	/** Destinations of `--to`. */
	readonly to: readonly string[];
	/** The text behind the flags, to be sent instead of standard input's lines. */
	readonly text: string | undefined;
};

/**
 * Reads flags and words into one of the modes.
 *
 * @param isTerminal whether both standard input and output are a terminal that can show the screen
 * @throws UsageError
 */
export function readOptions(flags: Flags, words: readonly string[], isTerminal: boolean): Options {
	const storeCare = readStoreCare(flags, words);
	if (storeCare === undefined) checkCombination(flags, words);
	const isHost = flags.host ?? false;
	const to = flags.to === undefined ? [] : readDestinations(flags.to);
	const address = isHost || storeCare ? readListen(flags.listen) : readJoin(flags.join);
	return {
		mode: storeCare ? 'store-care' : readMode(flags, isTerminal),
		login: flags.name === undefined ? undefined : readLogin(flags.name),
		address,
		isAddressGiven: flags.join !== undefined,
		isHost,
		maxConnections: readMaxConnections(flags.maxConnections),
		rate: flags.rate === undefined ? defaultRate(address) : readRate(flags.rate),
		store: readStore(flags.store),
		keepMs: flags.keep === undefined ? undefined : readKeep(flags.keep),
		keepBytes: flags.keepSize === undefined ? undefined : readKeepSize(flags.keepSize),
		storeCare,
		log: readLog(flags.log),
		isVerbose: flags.verbose ?? false,
		to,
		text: words.length > 0 ? readText(words.join(' '), to) : undefined,
	};
}

function readMode(flags: Flags, isTerminal: boolean): Mode {
	if (flags.headless) return 'headless';
	if (flags.to !== undefined) return 'send';
	if (flags.json) return 'json';
	return flags.plain || !isTerminal ? 'plain' : 'screen';
}

function checkCombination(flags: Flags, words: readonly string[]): void {
	const modes = ['plain', 'json', 'to', 'headless'].filter(name => {
		const value = flags[name as keyof Flags];
		return value !== undefined && value !== false;
	});
	if (modes.length > 1) throw new UsageError(`Use either --${modes[0]} or --${modes[1]}, not both.`);
	if (flags.headless && !flags.host) throw new UsageError('--headless is for a host: add --host.');
	if (flags.host && flags.to !== undefined) {
		throw new UsageError('--to sends to a chat that is already there: leave --host away.');
	}
	if (flags.host && flags.join !== undefined) {
		throw new UsageError('Use either --host, to start a chat, or --join, to go to one, not both.');
	}
	if (flags.listen !== undefined && !flags.host) throw new UsageError('--listen is for a host: add --host.');
	for (const [name, value] of Object.entries({
		'--max-connections': flags.maxConnections,
		'--rate': flags.rate,
		'--store': flags.store,
		'--keep': flags.keep,
		'--keep-size': flags.keepSize,
	})) {
		if (value !== undefined && !flags.host) throw new UsageError(`${name} is for a host: add --host.`);
	}
	const keep = flags.keep === undefined ? flags.keepSize && '--keep-size' : '--keep';
	if (keep !== undefined && flags.store === 'memory') {
		throw new UsageError(`${keep} is for what is kept on disk: leave --store memory away.`);
	}
	if (flags.log !== undefined && !flags.headless) {
		throw new UsageError('--log is for a host without a screen: add --host --headless.');
	}
	if (words.length > 0 && flags.to === undefined) {
		throw new UsageError(
			`${quote(words[0] as string)} is not a flag: to send a text, say to whom with --to NAME.`,
		);
	}
}

function readLogin(text: string): string {
	const result = parseLogin(text);
	if (!result.ok)
		throw new UsageError(`This name cannot be used, ${result.problem}: choose another with --name.`);
	return result.login;
}

function readJoin(text: string | undefined): Address {
	if (text === undefined) return defaultAddress;
	const address = parseAddress(text);
	if (!address) {
		throw new UsageError(`--join ${quote(text)} is no address: write host, host:port or [v6 address]:port.`);
	}
	return address;
}

function readListen(text: string | undefined): Address {
	if (text === undefined) return defaultAddress;
	if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return {...defaultAddress, port: Number(text)};
	const address = parseAddress(text, 0);
	if (!address || !/:\d+$/.test(text)) {
		throw new UsageError(
			`--listen ${quote(text)} is no port: write a port from 0 to 65535, or address:port such as 0.0.0.0:8080.`,
		);
	}
	return address;
}

function readMaxConnections(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^[1-9]\d{0,6}$/.test(text)) {
		throw new UsageError(`--max-connections ${quote(text)} is no number: write one from 1 to 9999999.`);
	}
	return Number(text);
}

function readRate(text: string): number {
	if (!/^(0|[1-9]\d{0,5})(\/s)?$/.test(text)) {
		throw new UsageError(
			`--rate ${quote(text)} is no number of lines a second: write one up to 999999, as in 200 or 200/s, or 0 for any.`,
		);
	}
	return Number.parseInt(text, 10);
}

/** Who is on the same machine could take its time in other ways; people on a network type far less than this. */
const defaultRate = ({host}: Address): number => (/^(localhost|127\..*|::1)$/.test(host) ? 0 : 200);

function readStore(text: string | undefined): string | undefined {
	if (text === '') throw new UsageError('--store needs a folder, or memory to keep nothing on disk.');
	return text;
}

function readLog(text: string | undefined): LogForm {
	if (text === undefined) return 'text';
	if (text === 'text' || text === 'json') return text;
	throw new UsageError(`--log ${quote(text)} is no form of a log: write text or json.`);
}

function readDestinations(text: string): readonly string[] {
	const destinations = text.split(',').map(name => {
		const result = parseLogin(name);
		if (!result.ok)
			throw new UsageError(
				`--to ${quote(text)} cannot be sent to, ${result.problem}: write names, as in --to bob,carol.`,
			);
		return result.login;
	});
	if (destinations.length > limits.destinations) {
		throw new UsageError(
			`--to takes ${limits.destinations} names at most, and these are ${destinations.length}.`,
		);
	}
	return destinations;
}

function readText(text: string, to: readonly string[]): string {
	if (/[\r\n]/.test(text)) {
		throw new UsageError('A text behind the flags is one line: pipe several lines in instead.');
	}
	if (Buffer.byteLength(formatPost(to, text)) > limits.plainLineBytes) {
		throw new UsageError('This text is too long for one line: pipe it in as several lines.');
	}
	return text;
}
