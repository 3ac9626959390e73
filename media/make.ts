// Makes screen.svg, the picture of the readme, from a real chat: a host, two people and a bot on pipes, and one person
// at the screen, in a terminal emulator. Needs a built program and the default port.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {runCleanups} from '../test/support/cleanup.ts';
import {type Program, runProgram, startHost, startProgram} from '../test/support/program.ts';
import {openTerminal, type TerminalScreen} from '../test/support/terminal.ts';
import {renderSvg} from './picture.ts';

// A port that looks like what a reader types. A free one would be another at each run.
const port = 8080;
const join = `--join=127.0.0.1:${port}`;

/** Somebody without a screen, certainly logged in. */
const joinOnPipes = async (login: string): Promise<Program> => {
	const person = startProgram(['--plain', `--name=${login}`, join]);
	person.write(`${login}: ready\n`);
	await person.waitFor(`from ${login}: ready`);
	return person;
};

/** The end of a text, which stands on the screen in one piece also where a long line was wrapped. */
const shows = (screen: TerminalScreen, text: string): Promise<void> =>
	screen.waitFor(text.split(' ').slice(-2).join(' '));

const drawScreen = async (): Promise<string> => {
	await startHost([], {port});
	const bob = await joinOnPipes('bob');
	const carol = await joinOnPipes('carol');
	const alice = await openTerminal({
		args: ['--name=alice', join],
		columns: 92,
		rows: 20,
		env: {COLORTERM: 'truecolor'},
	});
	await alice.waitFor('alice');

	const say = async (person: Program, post: string): Promise<void> => {
		person.write(`${post}\n`);
		await shows(alice, post);
	};
	const type = async (post: string): Promise<void> => {
		alice.type(post);
		await shows(alice, post);
		alice.press('enter');
		await carol.waitFor(post.slice(post.indexOf(': ') + 2));
	};

	// A plain server confirms no login: what arrives proves it.
	await type('bob, carol: morning! is anything left before the release?');
	await say(bob, 'alice, carol: the parser branch. Is it ready to merge?');
	await type('bob, carol: nearly, one test is still red on the slow machine');
	await say(carol, 'alice, bob: that one is mine, give me ten minutes 🔧');
	await say(bob, 'alice: take your time, the kettle is on ☕');
	await say(
		carol,
		'alice, bob: found it: a line that was cut inside of “日本語” lost its last byte, and only there is a core slow enough to cut it. Fixed and pushed.',
	);
	for (const line of ['parser #482: 1312 tests passed in 41 s', 'parser #482: ready to merge']) {
		await runProgram(['--name=ci', '--to=alice,bob,carol', join], {input: `${line}\n`});
		await shows(alice, line);
	}
	await say(bob, 'alice, carol: green! 🎉 who presses the button?');
	await type('carol: it was your find, it is your button');
	await say(carol, 'alice, bob: pressed 🚀');

	const draft = 'bob, carol: thank you both! Release notes by noon, then lunch';
	alice.type(draft);
	await shows(alice, draft);
	return renderSvg(alice.terminal, {title: 'a-chat-tui', hasCursor: !alice.cursor.isHidden});
};

const file = path.join(import.meta.dirname, 'screen.svg');
try {
	writeFileSync(file, await drawScreen());
	console.log(`written: ${path.relative(process.cwd(), file)}`);
} finally {
	await runCleanups('test');
}
