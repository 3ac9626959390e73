import path from 'node:path';
import {defineConfig} from 'vitest/config';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** Files that take the longest. They are small, so in a fresh clone they would come last, and the other workers wait for them. */
const longest = [
	'test/chaos/cases.test.ts',
	'test/abuse/planted-faults.test.ts',
	'test/broker/model-extended/sessions.test.ts',
	'test/program/screen-return.test.ts',
	'test/bench/planted-faults.test.ts',
	'test/program/json-connection.test.ts',
	'test/program/patience.test.ts',
	'test/program/store-care.test.ts',
	'test/abuse/cases.test.ts',
];

class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rankOf = ({moduleId}: TestSpecification): number => {
			const rank = longest.findIndex(name => moduleId.endsWith(name));
			return rank === -1 ? longest.length : rank;
		};
		return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
	}
}

export default defineConfig({
	test: {
		root: path.resolve(import.meta.dirname, '..'),
		include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
		globalSetup: ['test/support/build.ts'],
		setupFiles: ['test/support/setup.ts'],
		sequence: {sequencer: LongestFirst},
		// Each wait in a test has a patience of its own and says what it waited for: this ends only what hangs elsewhere.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// As long as the other waits in tests (`support/waiters.ts`): one second is little on a machine with other things to do.
		expect: {poll: {timeout: 20_000, interval: 20}},
		// Two cores are the smallest machine that has to pass. Most tests wait for programs, timers and sockets: two workers leave
		// a third of such a machine idle, and on one with more cores too many would make the others wait.
		maxWorkers: 3,
		coverage: {
			provider: 'v8',
			include: ['source/**/*.{ts,tsx}', 'cli.tsx'],
			// They run in worker threads, into which this does not look; what they call is tested here.
			exclude: ['source/**/worker.ts'],
			reporter: ['json-summary'],
			reportsDirectory: 'coverage',
			// What a stranger on the network can reach has no line that no test has run.
			thresholds: {
				'source/protocol/**': {lines: 95},
				'source/broker/**': {lines: 95},
			},
		},
	},
});
