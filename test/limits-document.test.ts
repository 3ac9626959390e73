import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {settingsOf} from '../source/broker/options.ts';
import {keepingOf} from '../source/broker/store/keeping.ts';
import {extendedLimits} from '../source/protocol/extended/limits.ts';
import {limits} from '../source/protocol/limits.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const text = read('docs/limits.md');

/** The cells of all rows whose table begins with this column. */
const rowsUnder = (column: string): readonly (readonly string[])[] =>
	[...text.matchAll(new RegExp(`^\\| ${column} \\|.*\\n\\|[ |-]+\\n((?:\\|.*\\n)+)`, 'gm'))].flatMap(
		([, rows = '']) =>
			rows
				.trimEnd()
				.split('\n')
				.map(row =>
					row
						.split('|')
						.map(cell => cell.trim())
						.slice(1, -1),
				),
	);

/** Names in code quotes, with the values in the column behind them. */
const valuesUnder = (column: string): Readonly<Record<string, string>> =>
	Object.fromEntries(rowsUnder(column).map(([name = '', value = '']) => [name, value]));

const shown = (value: string | number): string =>
	typeof value === 'number' ? value.toLocaleString('en-US') : value;

const asRows = (values: object): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [`\`${name}\``, shown(value)]));

test('every option of a broker stands in the document with its default, and no other', () => {
	// A port is a name and no amount.
	expect(valuesUnder('option')).toEqual(asRows({...settingsOf({}), port: '8080'}));
	expect(settingsOf({}).port).toBe(8080);
});

test('every option of a store stands there with its default, and no other', () => {
	expect(valuesUnder('option of a store')).toEqual(asRows(keepingOf({})));
});

test('every limit of the wire stands there with its value, and no other', () => {
	expect(valuesUnder('limit')).toEqual(asRows(limits));
	expect(valuesUnder('limit of a-chat/1')).toEqual(asRows(extendedLimits));
});

test('what is no option has the value that stands in its file', () => {
	const rows = rowsUnder('what');
	expect(rows.length).toBeGreaterThan(10);
	for (const [what = '', value] of rows) {
		const [, file, name] = /^`([\w/.-]+)` `(\w+)`$/.exec(what) ?? [];
		const found = new RegExp(`^(?:export )?const ${name} = ([\\d_ *]+);`, 'm').exec(read(`source/${file}`));
		const product = found?.[1]
			?.split('*')
			.reduce((all, factor) => all * Number(factor.replaceAll('_', '')), 1);
		expect([what, shown(product ?? 'nothing')]).toEqual([what, value]);
	}
});

test('every code of the log is told, and no other', () => {
	const told = rowsUnder('code').flatMap(([codes = '']) => codes.replaceAll('`', '').split(', '));
	const types = /type LogCode =([^;]*);/.exec(read('source/broker/context.ts'))?.[1] ?? '';
	const fromBroker = [...types.matchAll(/'(\w+)'/g)].map(([, code]) => code);
	const modes = globSync('source/modes/**/*.{ts,tsx}', {cwd: root}).map(read).join('\n');
	const fromModes = [...modes.matchAll(/\bcode: '([A-Z_]+)'/g)].map(([, code]) => code);

	expect(fromBroker).toContain('FULL');
	expect(fromModes).toContain('LISTENING');
	expect(told.toSorted()).toEqual([...new Set([...fromBroker, ...fromModes, 'JOIN', 'LEAVE'])].toSorted());
});
