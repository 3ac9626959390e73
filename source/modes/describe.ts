import meow from 'meow';
import packageJson from '../../package.json' with {type: 'json'};
import {flagTypes} from './command-line.ts';
import {exitCodes} from './exit-codes.ts';

/** Shows the help or the version, as it was asked for, and ends. */
export function describe(help: string, argv: readonly string[], what: 'help' | 'version'): never {
	const {showHelp, showVersion} = meow(help, {
		argv,
		importMeta: import.meta,
		pkg: {name: packageJson.name, version: packageJson.version},
		description: false,
		booleanDefault: undefined,
		flags: flagTypes,
		autoHelp: false,
		autoVersion: false,
	});
	return what === 'help' ? showHelp(exitCodes.done) : showVersion();
}
