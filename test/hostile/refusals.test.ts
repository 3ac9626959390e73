import {expect, test} from 'vitest';
import {quit} from '../support/chat-screen.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';
import {strangersIn} from '../support/terminal-stream.ts';
import {corpus} from './corpus.ts';
import {openHostileScreen} from './open.ts';

const texts = corpus.flatMap(one => one.texts.map(String)).filter(text => text.length < 200);

test('a server that refuses with hostile words leaves nothing behind', async () => {
	const server = await startForeignServer();
	const opening = openHostileScreen(server.port);
	const first = await server.accept();
	first.end(`from server: ${texts.join(' ')} the-end-of-it\n`);
	const screen = await opening;
	// All of it is shown only if the reader wants it.
	await screen.waitFor('Alt+E unfolds');
	screen.press('alt+e', 'ctrl+end');
	await screen.waitFor('the-end-of-it');
	const second = await server.accept();
	// Behind a welcome or a farewell all lines are of a-chat/1, whose texts hold no controls.
	second.end(`@bye code=UNAVAILABLE :${texts.join(' ').replaceAll(/\p{Cc}/gu, '')} its-second-end\n`);
	await screen.waitFor('Alt+E unfolds');
	screen.press('alt+e', 'ctrl+end');
	await screen.waitFor('its-second-end');

	expect(strangersIn(screen.raw)).toEqual([]);
	quit(screen);
	await screen.waitForExit();
	expect(strangersIn(screen.raw.replaceAll(/\r?\n/g, ''))).toEqual([]);
	await expectTerminalRestored(screen);
});
