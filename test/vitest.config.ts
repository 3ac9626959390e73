import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		root: import.meta.dirname,
		include: ['**/*.test.ts', '**/*.test.tsx'],
		globalSetup: ['support/build.ts'],
		setupFiles: ['support/setup.ts'],
		testTimeout: 20_000,
		hookTimeout: 20_000,
		// Two cores are the smallest machine that has to pass; more workers only make the socket tests wait.
		maxWorkers: 2,
		coverage: {
			provider: 'v8',
			include: ['../source/**', '../cli.tsx'],
			reportsDirectory: '../coverage',
		},
	},
});
