import path from 'node:path';
import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		root: path.resolve(import.meta.dirname, '..'),
		include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
		globalSetup: ['test/support/build.ts'],
		setupFiles: ['test/support/setup.ts'],
		testTimeout: 20_000,
		hookTimeout: 20_000,
		// Two cores are the smallest machine that has to pass; more workers only make the socket tests wait.
		maxWorkers: 2,
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
