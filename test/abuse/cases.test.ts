import {describe, test} from 'vitest';
import {cases} from './cases.ts';
import {builtProgram} from './options.ts';
import {perform} from './perform.ts';

// Every case of `npm run abuse`, small. The talkers' delay is not judged: here other tests run as well.
describe.skipIf(process.platform !== 'linux')(
	'three people talk on, and all is well afterwards (needs /proc)',
	() => {
		test.concurrent.for(cases)('$id: $name', async (one, {expect, skip}) => {
			const {problems, skipped} = await perform(one, {
				command: builtProgram(),
				isQuick: true,
				minutes: 1,
				judgesDelay: false,
				tell: () => {},
			});
			if (skipped !== undefined) skip(skipped);
			expect(problems.join('\n')).toBe('');
		});
	},
);
