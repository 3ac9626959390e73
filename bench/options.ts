import path from 'node:path';
import {parseArgs} from 'node:util';
import {scenarios} from './scenarios.ts';
import {defaultStores} from './stores/stage.ts';

/** A program to measure. A command of a server that begins with `irc:` is spoken to in IRC. */
export type Contestant = {readonly name: string; readonly command: string; readonly isIrc?: boolean};

export type Options = {
	readonly servers: readonly Contestant[];
	/** Those of a-chat/1, in the scenarios that are about it; `{store}` stands for a folder. */
	readonly hosts: readonly Contestant[];
	/** Where their stores are made. */
	readonly storeFolder: string;
	/** The name of the server that the ratios are to. */
	readonly base: string;
	/** Screens whose start is measured. */
	readonly screens: readonly Contestant[];
	readonly only: readonly string[];
	/** Whether the scenarios that are left out by default run as well. */
	readonly all: boolean;
	readonly rounds: number;
	/** Starts of each screen. */
	readonly starts: number;
	readonly warmUpSeconds: number;
	readonly seconds: number;
	/** Bytes under way to one receiver. */
	readonly windowBytes: number;
	/** Messages written at once; 0 for what suits the scenario. */
	readonly batch: number;
	/** Processes that share the load, where that can be done. */
	readonly generators: number;
	readonly outFile: string | undefined;
};

export const startUpName = 'start-up';

const ircMark = 'irc:';

const usual = scenarios.filter(({isExtra}) => !isExtra).map(({name}) => name);
const extra = scenarios.filter(({isExtra}) => isExtra).map(({name}) => name);

/** Names, four on a line. */
function listed(names: readonly string[]): string {
	const lines = names.flatMap((_, i) => (i % 4 === 0 ? [names.slice(i, i + 4).join(', ')] : []));
	return lines.map(line => `${' '.repeat(27)}${line}`).join(',\n');
}

const help = `npm run bench -- [options]

  --server NAME='COMMAND'  a server to measure, {port} stands for its port; again for more
                           (default: ours, plain, least); with irc: before COMMAND in IRC
  --also NAME='COMMAND'    one beside those; again for more
  --base NAME              the server that the ratios are to (default: plain, else the last)
  --host NAME='COMMAND'    a host of a-chat/1 beside disk, memory, single and readline, {store} stands for the
                           folder of its store; again for more
  --stores FOLDER          where such folders are made, to be on the disk that is meant
                           (default: ${defaultStores})
  --screen NAME='COMMAND'  a program whose start is measured (default: ours)
  --only A,B               only scenarios whose name contains A or B:
${listed([...usual, startUpName])}
  --all                    also those that are left out otherwise:
${listed(extra)}
  --rounds N               rounds, the servers taking turns in each (default: 5; quick: 1)
  --starts N               starts of each screen (default: 21; quick: 5)
  --seconds N              how long the clock runs (default: 2; quick: 0.5)
  --window BYTES           what may be under way to one receiver (default: 16384)
  --batch N                messages that are written at once (default: a window, or a
                           quarter of it in fan-in and fan-out)
  --generators N           processes that share the load of pairs and ping-pong (default: 1)
  --quick                  a first look, not figures to rely on
  --out FILE               everything that was measured, as JSON`;

const defaultServers = [
	'ours=node dist/bin.cjs --host --headless --listen {port} --max-connections 11000 --store memory',
	'plain=node bench/reference/plain.ts --listen {port}',
	'least=node bench/reference/least.ts --listen {port}',
];
const ourHost = 'node dist/bin.cjs --host --headless --listen {port}';
const defaultHosts = [
	`disk=${ourHost} --store {store}`,
	`memory=${ourHost} --store memory`,
	'single=node bench/reference/single.ts --listen {port} --store {store}',
	// The plain reference, for what is said in the plain dialect.
	'readline=node bench/reference/plain.ts --listen {port}',
];
const defaultScreens = ['ours=node dist/bin.cjs --name alice --host --listen 0'];

/** Reads the command line; undefined after `--help` was answered. Throws a sentence about what is wrong. */
export function readOptions(args: readonly string[]): Options | undefined {
	const {values} = parseArgs({
		args: [...args],
		options: {
			server: {type: 'string', multiple: true, default: defaultServers},
			also: {type: 'string', multiple: true, default: []},
			host: {type: 'string', multiple: true, default: []},
			stores: {type: 'string', default: defaultStores},
			base: {type: 'string'},
			screen: {type: 'string', multiple: true, default: defaultScreens},
			only: {type: 'string', default: ''},
			all: {type: 'boolean', default: false},
			generators: {type: 'string'},
			rounds: {type: 'string'},
			starts: {type: 'string'},
			seconds: {type: 'string'},
			window: {type: 'string'},
			batch: {type: 'string'},
			quick: {type: 'boolean', default: false},
			out: {type: 'string'},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) {
		console.log(help);
		return undefined;
	}
	const {quick} = values;
	const servers = [...values.server, ...values.also].map(readContestant);
	const base = values.base ?? (servers.find(({name}) => name === 'plain') ?? servers.at(-1))?.name ?? '';
	if (!servers.some(({name}) => name === base)) throw new Error(`--base: there is no server "${base}"`);
	return {
		servers,
		hosts: [...defaultHosts, ...values.host].map(readContestant),
		storeFolder: path.resolve(values.stores),
		base,
		screens: values.screen.map(readContestant),
		only: values.only.split(',').filter(Boolean),
		all: values.all,
		generators: readNumber('generators', values.generators, 1),
		rounds: readNumber('rounds', values.rounds, quick ? 1 : 5),
		starts: readNumber('starts', values.starts, quick ? 5 : 21),
		warmUpSeconds: quick ? 0.4 : 1,
		seconds: readNumber('seconds', values.seconds, quick ? 0.5 : 2),
		windowBytes: readNumber('window', values.window, 16_384),
		batch: values.batch === undefined ? 0 : readNumber('batch', values.batch, 0),
		outFile: values.out,
	};
}

/** Names of the hosts that are measured anyway. */
export const usualHosts: readonly string[] = defaultHosts.map(host => readContestant(host).name);

function readContestant(text: string): Contestant {
	const sign = text.indexOf('=');
	if (sign < 1) throw new Error(`"${text}": give a name and a command, as in ours='node server.js {port}'`);
	const command = text.slice(sign + 1);
	const isIrc = command.startsWith(ircMark);
	return {name: text.slice(0, sign), command: isIrc ? command.slice(ircMark.length) : command, isIrc};
}

function readNumber(flag: string, text: string | undefined, fallback: number): number {
	const number = text === undefined ? fallback : Number(text);
	if (!(number > 0)) throw new Error(`--${flag}: "${text}" is not a number above 0`);
	return number;
}
