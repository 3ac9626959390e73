import {parseArgs} from 'node:util';
import type {Address} from '../support/peer.ts';
import {extendedCases, plainCases} from './cases.ts';
import {findDialect, perform} from './perform.ts';
import {report} from './report.ts';

const help = `npm run conformance -- HOST:PORT [--only TEXT]

Checks any a-chat server against docs/protocol.md. Its logins are random, so it may run against a server in use, and
again; each run leaves some rooms and names that are bound to keys.

  --only TEXT   only rules with that text in their sentence or section`;

/** Where to write. */
export type Output = {
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	/** Shows how far it is; left out where nobody looks. */
	readonly progress?: ((text: string) => void) | undefined;
};

/** The whole command: 0 if all held, 1 if a rule did not, 2 if it could not be tried. */
export const conform = async (args: readonly string[], {out, err, progress}: Output): Promise<0 | 1 | 2> => {
	const refuse = (sentence: string): 2 => {
		err(`conformance: ${sentence}`);
		return 2;
	};
	let given: ReturnType<typeof readArgs>;
	try {
		given = readArgs(args);
	} catch (error) {
		// Of what parseArgs says the first sentence; the others explain how to write an option.
		return refuse(`${(error as Error).message.split('. ')[0]}; --help tells how it is used`);
	}
	const {isHelp, place = '', only} = given;
	if (isHelp) {
		out(help);
		return 0;
	}
	const address = readAddress(place);
	if (address === undefined)
		return refuse(
			place === ''
				? 'say which server to check, as in "npm run conformance -- 127.0.0.1:8080"'
				: `"${place}" is no HOST:PORT, as 127.0.0.1:8080 or [::1]:8080 is`,
		);
	let dialect: Awaited<ReturnType<typeof findDialect>>['dialect'];
	try {
		({dialect} = await findDialect(address));
	} catch (error) {
		const {code = 'unknown'} = error as NodeJS.ErrnoException;
		return refuse(`nobody answers at ${place} (${code}): start a server there, or name another HOST:PORT`);
	}
	const isPlain = dialect === 'plain';
	const cases = [...plainCases, ...(isPlain ? [] : extendedCases)].filter(({name, section}) =>
		`${section} ${name}`.includes(only),
	);
	if (cases.length === 0) return refuse(`--only: no rule has "${only}" in it`);
	let done = 0;
	const outcomes = await perform(cases, address, {
		onDone({case: {name}}) {
			progress?.(`${++done} of ${cases.length}: ${name}`);
		},
	});
	progress?.('');
	out(report(outcomes));
	if (isPlain)
		out('It does not answer a hello, so it is a plain server: only the rules of that dialect were tried.');
	return outcomes.every(({problem}) => problem === undefined) ? 0 : 1;
};

const readArgs = (args: readonly string[]) => {
	const {values, positionals} = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {only: {type: 'string', default: ''}, help: {type: 'boolean', default: false}},
	});
	const [place, ...more] = positionals;
	if (more.length > 0) throw new Error('one HOST:PORT is enough');
	return {isHelp: values.help, place, only: values.only};
};

const readAddress = (text: string): Address | undefined => {
	const groups = /^(?:\[(?<v6>[\da-f:.%\w]+)\]|(?<name>[^\s:[\]]+)):(?<port>\d{1,5})$/i.exec(text)?.groups;
	const port = Number(groups?.port);
	return port >= 1 && port <= 65_535 ? {host: groups?.v6 ?? groups?.name ?? '', port} : undefined;
};
