import {parseArgs} from 'node:util';
import {programCommand} from '../support/dist.ts';
import type {Case} from './case.ts';
import {cases} from './cases.ts';

export type Options = {
	readonly cases: readonly Case[];
	readonly command: string;
	readonly isQuick: boolean;
	readonly minutes: number;
	readonly outFile: string | undefined;
};

const quote = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The built program, so that it can be inspected, on the port that is put in for `{port}`. */
export const builtProgram = (): string => {
	const [node, program = ''] = programCommand([]);
	return `${quote(node)} --inspect=127.0.0.1:0 ${quote(program)} --host --headless --listen 127.0.0.1:{port} --store memory {flags}`;
};

const help = `npm run abuse -- [options]

  --only 1,8a       only these cases:
${cases.map(({id, name}) => `                    ${id.padEnd(3)} ${name}`).join('\n')}
  --minutes N       how long the soak lasts (default: 1)
  --quick           small sizes, as in npm test
  --server COMMAND  another server, {port} stands for its port and {flags} for flags that a case needs;
                    with "node --inspect=127.0.0.1:0" its heap is looked at as well
  --out FILE        everything that was measured, as JSON`;

/** Reads the command line; undefined after `--help` was answered. Throws a sentence about what is wrong. */
export const readOptions = (args: readonly string[]): Options | undefined => {
	const {values} = parseArgs({
		args: [...args],
		options: {
			only: {type: 'string', default: ''},
			minutes: {type: 'string', default: '1'},
			quick: {type: 'boolean', default: false},
			server: {type: 'string'},
			out: {type: 'string'},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) {
		console.log(help);
		return undefined;
	}
	const minutes = Number(values.minutes);
	if (!(minutes > 0)) throw new Error(`--minutes: "${values.minutes}" is not a number above 0`);
	const command = values.server ?? builtProgram();
	if (!command.includes('{port}')) throw new Error('--server: the command needs {port} where its port goes');
	return {
		cases: readCases(values.only.split(',').filter(Boolean)),
		command,
		isQuick: values.quick,
		minutes,
		outFile: values.out,
	};
};

const readCases = (only: readonly string[]): readonly Case[] => {
	const isMeant = ({id}: Case, which: string) => id === which || Number.parseInt(id, 10) === Number(which);
	const unknown = only.find(which => !cases.some(one => isMeant(one, which)));
	if (unknown !== undefined) throw new Error(`--only: there is no case "${unknown}"`);
	return only.length === 0 ? cases : cases.filter(one => only.some(which => isMeant(one, which)));
};
