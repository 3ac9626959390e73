import {describe, expect, test} from 'vitest';
import {cases} from './cases.ts';
import {perform} from './perform.ts';

// Every case of `npm run chaos`, small. Times are not judged: here other tests run as well.
const name = 'nothing that was acknowledged is lost (needs signals)';

describe.skipIf(process.platform !== 'linux')(name, () => {
	test.for(cases)('$name', async (one, {skip}) => {
		const options = {seed: 1, isQuick: true, kills: 1, judgesTime: false, tell: () => {}};
		const {problems, skipped} = await perform(one, options);
		if (skipped !== undefined) skip(skipped);
		expect(problems.join('\n')).toBe('');
	});
});
