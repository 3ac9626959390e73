// One attack, in a process of its own, so that the talkers' process has time to measure. By hand:
// node test/abuse/attacker.ts cycles 8080 '{"cycles":1000,"lanes":50}'
import {setPriority} from 'node:os';
import {createInterface} from 'node:readline';
import {bystanders} from './attacks/bystanders.ts';
import {crowd} from './attacks/crowd.ts';
import {cycles} from './attacks/cycles.ts';
import {endlessLines, longestLines, trickle} from './attacks/endless-lines.ts';
import {flood} from './attacks/flood.ts';
import {foreign} from './attacks/foreign.ts';
import {invalidUtf8} from './attacks/invalid-utf8.ts';
import {lastMoments} from './attacks/last-moments.ts';
import {floods, mixed} from './attacks/mixed.ts';
import {mute} from './attacks/mute.ts';
import {neverRead} from './attacks/never-read.ts';
import {oneName} from './attacks/one-name.ts';
import {slowReaders} from './attacks/slow-readers.ts';
import {type Attack, goOn, type Said, type Scene} from './scene.ts';

const attacks: Readonly<Record<string, Attack>> = {
	bystanders,
	crowd,
	cycles,
	endlessLines,
	flood,
	floods,
	foreign,
	invalidUtf8,
	lastMoments,
	longestLines,
	mixed,
	mute,
	neverRead,
	oneName,
	slowReaders,
	trickle,
};

/** Behind the server and the talkers, where two cores have to do for all. */
const niceness = 10;
const tellEveryMs = 500;
const mostProblems = 8;

const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);

setPriority(niceness);
const [name = '', port, sizes = '{}'] = process.argv.slice(2);
const attack = attacks[name];
if (attack === undefined) throw new Error(`There is no attack "${name}"`);

const given: Readonly<Record<string, number>> = JSON.parse(sizes);
const counts: Record<string, number> = {};
const problems: string[] = [];
let moreProblems = 0;
setInterval(() => say({counts}), tellEveryMs).unref();
// Nothing goes on without whoever has started it.
process.stdout.on('error', () => process.exit(1));
process.stdin.on('end', () => process.exit(1));
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();

const scene: Scene = {
	address: {host: '127.0.0.1', port: Number(port)},
	size(what) {
		const size = given[what];
		if (size === undefined) throw new Error(`The attack ${name} has to be told: ${what}`);
		return size;
	},
	count(what, by = 1) {
		counts[what] = (counts[what] ?? 0) + by;
	},
	problem(sentence) {
		if (problems.length < mostProblems) problems.push(sentence);
		else moreProblems++;
	},
	async reach(phase) {
		say({reached: phase});
		return (await lines.next()).value === goOn;
	},
};

try {
	await attack(scene);
} catch (error) {
	// The server is gone, most likely.
	say({failed: (error as Error).message});
	process.exit(1);
}
if (moreProblems > 0) problems.push(`… and ${moreProblems} more like these`);
say({ended: {counts, problems}});
// What is still open is of no use to anybody.
process.exit(0);
