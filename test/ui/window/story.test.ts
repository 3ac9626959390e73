import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {play} from './play.ts';

const story = readFileSync(path.join(import.meta.dirname, 'story.txt'), 'utf8');

// What has changed on purpose is written anew by `npm run vitest -- story -u`, and read in the diff.
test.each([
	[80, 24],
	[40, 12],
	[20, 5],
	[200, 60],
])('the whole window at %i×%i', async (columns, rows) => {
	const file = path.join(import.meta.dirname, `frames/${columns}x${rows}.txt`);
	await expect(await play(story, {columns, rows})).toMatchFileSnapshot(file);
});
