import {parseArgs} from 'node:util';
import type {Case} from './case.ts';
import {cases} from './cases.ts';

export type Options = {
	readonly cases: readonly Case[];
	readonly seed: number;
	readonly isQuick: boolean;
	readonly kills: number;
};

const fullKills = 200;
const quickKills = 4;

const help = `npm run chaos -- [options]

Kills hosts and clients, breaks connections and stores, and looks through everybody's books for what was lost, doubled,
out of order or read by somebody it was not for; see docs/reliability.md.

  --quick       a short form of everything, as in npm test
  --only WORD   only cases with that word in their name:
${cases.map(({name}) => `                  ${name}`).join('\n')}
  --kills N     how often something is killed (default: ${fullKills}, with --quick ${quickKills})
  --seed N      does the same again that was done with this seed`;

/** Reads the command line; undefined after `--help` was answered. Throws a sentence about what is wrong. */
export const readOptions = (args: readonly string[]): Options | undefined => {
	const {values} = parseArgs({
		args: [...args],
		options: {
			only: {type: 'string', default: ''},
			seed: {type: 'string'},
			kills: {type: 'string'},
			quick: {type: 'boolean', default: false},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) {
		console.log(help);
		return undefined;
	}
	const {only, quick: isQuick} = values;
	const meant = cases.filter(({name}) => name.includes(only));
	if (meant.length === 0) throw new Error(`--only: no case has "${only}" in its name; --help lists them`);
	return {
		cases: meant,
		seed: readNumber('seed', values.seed, Math.floor(Math.random() * 2 ** 32)),
		isQuick,
		kills: readNumber('kills', values.kills, isQuick ? quickKills : fullKills),
	};
};

const readNumber = (flag: string, text: string | undefined, otherwise: number): number => {
	if (text === undefined) return otherwise;
	if (!/^\d{1,10}$/.test(text)) throw new Error(`--${flag}: "${text}" is no whole number`);
	return Number(text);
};
