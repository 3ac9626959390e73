import path from 'node:path';
import {parseArgs} from 'node:util';
import {defaultStores} from '../stores/stage.ts';
import {wrapList} from '../table.ts';
import {type Contestant, findContestants, readScreen} from './contestants.ts';
import {stepNames} from './scenes.ts';

export type Options = {
	readonly screens: readonly Contestant[];
	/** IRC clients that are not installed. */
	readonly missing: readonly string[];
	readonly only: readonly string[];
	readonly rounds: number;
	/** Starts in each round. */
	readonly starts: number;
	/** Letters typed at each rate of messages. */
	readonly keys: number;
	/** Where a store with a long history is made, and kept for the next time. */
	readonly stores: string;
	readonly outFile: string | undefined;
};

const help = `npm run bench:screen -- [options]

  --screen NAME='COMMAND'  a screen beside ours and those of irssi and weechat that are installed, the build of
                           yesterday for example; again for more. {address} stands for host:port, {login} for its
                           name, {home} for a fresh folder; with irc: before COMMAND it meets InspIRCd
  --only A,B               only what has A or B in its name:
${wrapList(stepNames.join(', '), 84)
	.map(line => ' '.repeat(27) + line)
	.join(',\n')}
  --rounds N               rounds, the screens taking turns in each (default: 3; quick: 1)
  --stores FOLDER          where a store with a long history is made
                           (default: ${defaultStores})
  --quick                  a first look, not figures to rely on
  --out FILE               everything that was measured, as JSON`;

/** Reads the command line; undefined after `--help` was answered. Throws a sentence about what is wrong. */
export function readOptions(args: readonly string[]): Options | undefined {
	const {values} = parseArgs({
		args: [...args],
		options: {
			screen: {type: 'string', multiple: true, default: []},
			only: {type: 'string', default: ''},
			rounds: {type: 'string'},
			stores: {type: 'string', default: defaultStores},
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
	const rounds = values.rounds === undefined ? (quick ? 1 : 3) : Number(values.rounds);
	if (!(Number.isInteger(rounds) && rounds > 0))
		throw new Error(`--rounds: "${values.rounds}" is not a number above 0`);
	const only = values.only.split(',').filter(Boolean);
	const unknown = only.find(part => !stepNames.some(name => name.includes(part)));
	if (unknown !== undefined) throw new Error(`--only ${unknown}: nothing has that in its name`);
	return {
		...findContestants(values.screen.map(readScreen)),
		only,
		rounds,
		starts: quick ? 3 : 7,
		keys: quick ? 60 : 200,
		stores: path.resolve(values.stores),
		outFile: values.out,
	};
}
