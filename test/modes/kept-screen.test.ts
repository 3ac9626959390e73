import {mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {KeptScreen} from '../../source/modes/kept-screen.ts';
import {makePassingStore} from '../../source/session/store/session-store.ts';
import {createScreenState, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {temporaryFolder} from '../support/environment.ts';

test('a draft that could not be written is written at the end, and under the next name too', async () => {
	const size = {columns: 80, rows: 24};
	const store = new Store(
		screenReducer,
		createScreenState({size, login: 'alice', address: 'here:80', theme: plainTheme}),
	);
	const kept = new KeptScreen(store);
	const folder = path.join(temporaryFolder(), 'not-there-yet');
	const [first, second] = [path.join(folder, 'alice.json'), path.join(folder, 'alice-2.json')];
	await kept.begin(first, makePassingStore());
	store.dispatch({type: 'composer', action: {type: 'insert', text: 'bob: half a thought'}});
	// Longer than it takes until it is tried the first time.
	await sleep(1300);
	mkdirSync(folder);
	await kept.end();
	expect(readFileSync(first, 'utf8')).toContain('half a thought');
	await kept.begin(second, makePassingStore());
	await kept.end();
	expect(readFileSync(second, 'utf8')).toContain('half a thought');
});
