import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Whom the files of a room may import, besides those of their own room. What is not listed may import nothing of ours.
 * `docs/architecture.md` tells why.
 */
const allowed: Record<string, readonly string[]> = {
	protocol: [],
	database: [],
	broker: ['database', 'protocol'],
	session: ['database', 'protocol'],
	chat: ['protocol'],
	ui: ['chat', 'protocol'],
	modes: ['broker', 'chat', 'database', 'protocol', 'session', 'ui'],
	'index.ts': ['broker', 'session'],
	'start.ts': ['database', 'modes', 'cli.tsx'],
	'cli.tsx': ['modes'],
};

type Import = {
	readonly file: string;
	readonly from: string;
	readonly to: string;
	readonly isType: boolean;
	readonly isLazy: boolean;
};

function room(file: string): string {
	const relative = path.relative(root, file);
	return relative.startsWith(`source${path.sep}`) ? (relative.split(path.sep)[1] as string) : relative;
}

function importsOf(file: string): readonly Import[] {
	const text = readFileSync(file, 'utf8');
	const statements = text.matchAll(
		/^(?<kind>import type|import|export type|export)\b[^;'"]*?\bfrom\s*'(?<path>\.[^']+)'|import\('(?<lazy>\.[^']+)'\)/gm,
	);
	return [...statements].map(({groups}) => ({
		file: path.relative(root, file),
		from: room(file),
		to: room(path.resolve(path.dirname(file), (groups?.path ?? groups?.lazy) as string)),
		isType: groups?.kind?.endsWith('type') ?? false,
		isLazy: groups?.lazy !== undefined,
	}));
}

const files = [...globSync('source/**/*.{ts,tsx}', {cwd: root}), 'cli.tsx'].map(file =>
	path.join(root, file),
);
const imports = files.flatMap(importsOf);

test('every room imports only from the rooms that it may know', () => {
	const broken = imports
		.filter(({from, to}) => from !== to && to !== 'package.json')
		.filter(({from, to}) => !allowed[from]?.includes(to))
		// The screen may know the shapes that a session gives, not the session.
		.filter(({from, to, isType}) => !(from === 'ui' && to === 'session' && isType))
		.map(({file, to}) => `${file} → ${to}`);

	expect(broken).toEqual([]);
});

test('the check looks at every room and sees the imports that there are', () => {
	expect(new Set(files.map(room))).toEqual(new Set([...Object.keys(allowed)]));
	expect(imports).toContainEqual(expect.objectContaining({from: 'broker', to: 'protocol'}));
	expect(imports).toContainEqual(expect.objectContaining({from: 'ui', to: 'chat'}));
});

test('only the screen knows Ink and React, and only a lazy import leads to it', () => {
	const screen = (file: string) => /^source\/(ui\/|modes\/tui\.tsx$)/.test(path.relative(root, file));
	const others = files.filter(
		file => !screen(file) && /from '(ink|react)[^']*'/.test(readFileSync(file, 'utf8')),
	);
	expect(others).toEqual([]);

	const runner = imports.filter(
		({file, to}) => file === 'source/modes/run.ts' && to === 'modes' && !file.endsWith('.tsx'),
	);
	expect(runner.length).toBeGreaterThan(0);
	const eager = readFileSync(path.join(root, 'source/modes/run.ts'), 'utf8').match(/^import .*tui.*$/m);
	expect(eager).toBeNull();
});

test('only a host without a screen loads the logger', () => {
	const importing = (what: string) =>
		files
			.filter(file => new RegExp(`(from |import\\()'${what}'`).test(readFileSync(file, 'utf8')))
			.map(file => path.relative(root, file));

	expect(importing('@logtape/logtape')).toEqual(['source/modes/log.ts']);
	expect(importing('\\./log\\.ts')).toEqual(['source/modes/headless.ts']);
	expect(readFileSync(path.join(root, 'source/modes/run.ts'), 'utf8')).not.toMatch(/^import .*headless/m);
});
