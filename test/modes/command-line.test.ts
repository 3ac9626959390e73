import {expect, test} from 'vitest';
import {checkArguments, readCommandLine} from '../../source/modes/command-line.ts';

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

test('flags are read by their names, words as they stand', () => {
	const checked = checkArguments([
		'-n',
		'alice',
		'--max-connections=5',
		'--host',
		'--to=a=b',
		'--',
		'--x',
		'',
	]);

	expect(readCommandLine(checked)).toEqual({
		flags: {name: 'alice', maxConnections: '5', host: true, to: 'a=b'},
		words: ['--x', ''],
	});
	expect(readCommandLine(checkArguments([]))).toEqual({flags: {}, words: []});
});
