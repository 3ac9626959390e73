import {globSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {themes} from '../../media/palette.ts';
import {scenes} from '../../media/scenes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pictures = Object.keys(scenes).flatMap(scene =>
	Object.keys(themes).map(theme => `media/${scene}-${theme}.svg`),
);

test('each scene has its pictures, there are no others, and none is too large for a readme', () => {
	expect(globSync('media/*.svg', {cwd: root}).toSorted()).toEqual(pictures.toSorted());
	for (const picture of pictures)
		expect(statSync(path.join(root, picture)).size, picture).toBeLessThan(120 * 1024);
});

test('the readme shows each scene, dark where the reader wants that, and says what it is', () => {
	const readme = readFileSync(path.join(root, 'readme.md'), 'utf8');
	const shown = readme.matchAll(
		/<picture>\s+<source media="\(prefers-color-scheme: dark\)" srcset="media\/([\w-]+)-dark\.svg">\s+<img alt="[^"]{20,}" src="media\/\1-light\.svg">\s+<\/picture>/g,
	);
	expect(Array.from(shown, ([, scene]) => scene).toSorted()).toEqual(Object.keys(scenes).toSorted());
});
