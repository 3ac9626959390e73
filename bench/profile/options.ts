import path from 'node:path';
import {parseArgs} from 'node:util';
import type {Scenario} from '../scenario.ts';
import {scenarios} from '../scenarios.ts';
import {defaultStores} from '../stores/stage.ts';

export type ProfileOptions = {
	readonly scenario: Scenario;
	readonly server: string;
	/** Where the store of a host is made. */
	readonly storeFolder: string;
	readonly warmUpSeconds: number;
	readonly seconds: number;
	/** What is profiled: the memory that is asked for, else the time. */
	readonly isAllocations: boolean;
	/** Time between two samples in µs. */
	readonly intervalMicros: number;
	/** How many functions are shown. */
	readonly top: number;
	/** Where the profile itself is kept, for DevTools. */
	readonly outFolder: string | undefined;
};

const help = `npm run profile -- [options]

  --scenario NAME      one of ${scenarios.map(({name}) => name).join(', ')}
                       (default: pairs-100-32)
  --allocations        profile the memory that is asked for, not the time
  --server 'COMMAND'   another Node server, {port} stands for its port (default: our host, from its source,
                       with a store on the disk in the scenarios that are about one)
  --stores FOLDER      where that is made (default: ${defaultStores})
  --seconds N          how long the profile is (default: 4)
  --warm-up N          seconds of traffic before it (default: 1)
  --interval N         µs between two samples (default: 200)
  --top N              how many functions are shown (default: 25)
  --out FOLDER         keep the profile there, for the DevTools of a browser`;

const host = 'node bench/profile/host.ts --listen {port} --max-connections 12000';
const storeOf = ({hosts = []}: Scenario) => (hosts.includes('disk') ? '{store}' : 'memory');

/** Reads the command line; undefined after `--help` was answered. Throws a sentence about what is wrong. */
export function readOptions(args: readonly string[]): ProfileOptions | undefined {
	const {values} = parseArgs({
		args: [...args],
		options: {
			scenario: {type: 'string', default: 'pairs-100-32'},
			allocations: {type: 'boolean', default: false},
			server: {type: 'string'},
			stores: {type: 'string', default: defaultStores},
			seconds: {type: 'string', default: '4'},
			'warm-up': {type: 'string', default: '1'},
			interval: {type: 'string', default: '200'},
			top: {type: 'string', default: '25'},
			out: {type: 'string'},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) {
		console.log(help);
		return undefined;
	}
	const scenario = findScenario(values.scenario);
	return {
		scenario,
		server: values.server ?? `${host} --store ${storeOf(scenario)}`,
		storeFolder: path.resolve(values.stores),
		warmUpSeconds: readNumber('warm-up', values['warm-up']),
		seconds: readNumber('seconds', values.seconds),
		isAllocations: values.allocations,
		intervalMicros: readNumber('interval', values.interval),
		top: readNumber('top', values.top),
		outFolder: values.out,
	};
}

function findScenario(name: string): Scenario {
	const scenario =
		scenarios.find(one => one.name === name) ?? scenarios.find(one => one.name.startsWith(name));
	if (scenario === undefined) {
		throw new Error(`--scenario: there is no "${name}", only ${scenarios.map(one => one.name).join(', ')}`);
	}
	return scenario;
}

function readNumber(flag: string, text: string): number {
	const number = Number(text);
	if (!(number > 0 && number < Number.POSITIVE_INFINITY)) {
		throw new Error(`--${flag}: "${text}" is not a number above 0`);
	}
	return number;
}
