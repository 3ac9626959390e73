import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {play} from './play.ts';

const folder = path.join(import.meta.dirname, 'scripts');

// What has changed on purpose is written anew by `npm run vitest -- scripts -u`, and read in the diff.
test.each(readdirSync(folder))('%s', async name => {
	const file = path.join(folder, name);
	await expect(await play(readFileSync(file, 'utf8'))).toMatchFileSnapshot(file);
});

test('a line of a script that is none is said with its number', async () => {
	await expect(play('> enter\n* dances')).rejects.toThrow(
		'line 2, "* dances": Error: nothing happens like this',
	);
	await expect(play('> no-key')).rejects.toThrow(/line 1/);
});

test('what comes out of a script is written in anew, and does not count when it is played', async () => {
	const played = await play('> type hi\n? draft\n  │something else\n');
	expect(played).toBe('> type hi\n? draft\n  │hi¦\n');
	expect(await play(played)).toBe(played);
});
