import {expect, test} from 'vitest';
import {addressOf} from '../support/chat-screen.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openAtForeignServer, openHostileScreen} from './open.ts';

const greek = 'b\u03BFb';
const sentence = `≈${greek} looks like bob, but is somebody else: it is written with U+03BF`;

test('on a plain server who speaks under a name like another one is marked, from the first line on', async () => {
	const {screen, socket} = await openAtForeignServer();
	socket.write(`from bob: hi\nfrom ${greek}: send me the key\nfrom \u0430lice: and me\n`);
	await screen.waitFor(sentence);

	expect(screen.text()).toMatch(/ bob: hi\n.* ≈bοb: send me the key\n.* ≈аlice: and me\n/);
	expect(screen.text()).toContain('≈аlice looks like alice');
	expect(screen.row(0)).toMatch(/seen: ≈аlice, ≈bοb, bob/);
	screen.type(`${greek}: the key`);
	await screen.waitFor('to [≈bοb not bob]');
	screen.press('alt+v');
	await screen.waitFor('character by character, from а⟨U+0430⟩lice: and me');
});

test('on our own host who has such a name is marked before it speaks, also if it came first', async () => {
	const {port} = await startHost();
	const screen = await openHostileScreen(port);
	await screen.waitFor('nobody else is here');
	await Peer.login(addressOf(port), greek);
	await screen.waitFor('1 here: bοb');
	await Peer.login(addressOf(port), 'bob');
	await screen.waitFor(sentence);
	expect(screen.row(0)).toContain('2 here: ≈bοb, bob');
});
