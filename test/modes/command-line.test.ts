import {expect, test} from 'vitest';
import {checkArguments} from '../../source/modes/command-line.ts';

test.each([['-n', 'alice'], ['-nalice'], ['-n=alice'], ['--name', 'alice'], ['--name=alice']])(
	'%s %s',
	(...args) => {
		expect(checkArguments(['--plain', ...args.filter(arg => arg !== undefined)])).toEqual([
			'--plain',
			'--name=alice',
			'--',
		]);
	},
);

test('words stay words, whatever they look like and wherever they stand', () => {
	expect(checkArguments(['one', '--to', 'bob', '-', '', '--', '--plain', '-n', '--'])).toEqual([
		'--to=bob',
		'--',
		...['one', '-', '', '--plain', '-n', '--'],
	]);
});
