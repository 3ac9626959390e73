import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {runCleanups} from './cleanup.ts';
import {openTerminal} from './terminal.ts';
import {expectTerminalRestored} from './terminal-restored.ts';

const shell = (script: string): [string, ...string[]] => ['sh', '-c', script];
const node = (script: string): [string, ...string[]] => [process.execPath, '-e', script];

test('shows what a program writes, where it writes it', async () => {
	const screen = await openTerminal({
		command: shell(String.raw`printf 'one\ntwo\033[5;10H\033[1;31mthree'; read wait`),
		columns: 30,
		rows: 6,
	});
	await screen.waitFor('three');

	expect(screen.text()).toBe('one\ntwo\n\n\n         three\n');
	expect(screen.row(1)).toBe('two');
	expect(screen.cursor).toEqual({row: 4, column: 14, isHidden: false});
	expect(screen.cell(4, 9)?.isBold()).toBeTruthy();
	expect(screen.cell(4, 9)?.getFgColor()).toBe(1);
});

test('ends with what a shell sees, all output being there', async () => {
	const screen = await openTerminal({command: shell('seq 1 2000; exit 7')});

	expect(await screen.waitForExit()).toEqual({code: 7});
	expect(screen.text()).toContain('2000');
	expect(screen.raw).toMatch(/^1\r\n2\r\n/);
});

test('types, presses and pastes as a person does', async () => {
	const screen = await openTerminal({
		command: node(`process.stdin.setRawMode(true);
			process.stdin.on('data', data => process.stdout.write(JSON.stringify(String(data)) + '\\r\\n'));
			process.stdout.write('\\x1b[?2004hready\\r\\n')`),
	});
	await screen.waitFor('ready');
	screen.type('hé');
	await screen.waitFor('"hé"');
	screen.press('alt+enter');
	await screen.waitFor(String.raw`"\u001b\r"`);
	screen.press('ctrl+left');
	await screen.waitFor(String.raw`"\u001b[1;5D"`);
	screen.paste('a\nb');

	await screen.waitFor(String.raw`"\u001b[200~a\rb\u001b[201~"`);
	expect(screen.modes.bracketedPasteMode).toBe(true);
});

test('hands over a large paste whole', async () => {
	const screen = await openTerminal({
		command: node(`let count = 0; process.stdin.setRawMode(true);
			process.stdin.on('data', data => { count += data.length; if (count === 200000) console.log('whole') });
			console.log('ready')`),
	});
	await screen.waitFor('ready');
	screen.paste('x'.repeat(200_000));

	await screen.waitFor('whole');
});

test('tells the program of a new size', async () => {
	const screen = await openTerminal({
		command: shell('trap "stty size" WINCH; echo ready; while :; do sleep 0.01; done'),
	});
	await screen.waitFor('ready');
	await screen.resize(100, 30);

	await screen.waitFor('30 100');
	expect(screen.terminal.cols).toBe(100);
});

test('a wait that fails shows the screen', async () => {
	const screen = await openTerminal({command: shell('printf hello; read wait'), columns: 12, rows: 2});
	await screen.waitFor('hello');

	await expect(screen.waitFor('bye', {timeout: 10})).rejects.toThrow(
		[
			'waited for "bye": not within 10 ms',
			'┌────────────┐',
			'│hello       │',
			'│            │',
			'└────────────┘',
			'12×2 · normal buffer · cursor at row 0, column 5',
		].join('\n'),
	);
});

test('a wait ends with the program', async () => {
	const screen = await openTerminal({command: shell('exit 3')});

	await expect(screen.waitFor('never')).rejects.toThrow('the program has ended with code 3');
});

test('signals reach the program and not the shell around it', async () => {
	const screen = await openTerminal({
		command: shell('trap "echo caught; exit 9" TERM; echo ready; while :; do sleep 0.01; done'),
	});
	await screen.waitFor('ready');
	screen.kill('SIGTERM');

	expect(await screen.waitForExit()).toEqual({code: 9});
	expect(screen.text()).toContain('caught');
});

test('a closed window is SIGHUP to a program that leads the session', async () => {
	const screen = await openTerminal({
		command: shell('trap "touch $HOME/hung-up; exit" HUP; echo ready; while :; do sleep 0.01; done'),
		isSessionLeader: true,
	});
	await screen.waitFor('ready');
	screen.hangUp();
	await screen.waitForExit();

	expect(existsSync(`${screen.home}/hung-up`)).toBe(true);
});

test('a terminal that is not read holds the program up, until it is read again', async () => {
	const screen = await openTerminal({
		command: shell('read go; touch $HOME/started; seq 1 100000; touch $HOME/written; echo end'),
	});
	screen.stallReading();
	screen.press('enter');
	await expect.poll(() => existsSync(`${screen.home}/started`)).toBe(true);
	expect(existsSync(`${screen.home}/written`)).toBe(false);
	screen.resumeReading();

	await screen.waitFor('end');
	expect(existsSync(`${screen.home}/written`)).toBe(true);
});

test('answers questions of the program as a terminal does', async () => {
	const screen = await openTerminal({
		command: node(`process.stdin.setRawMode(true);
			process.stdin.on('data', data => console.log(JSON.stringify(String(data))));
			process.stdout.write('\\x1b[6n')`),
	});

	await screen.waitFor(String.raw`"\u001b[1;1R"`);
});

test('emoji, flags, joined sequences and CJK take two cells', async () => {
	const samples = ['日', '😀', '🇩🇪', '👩🏽‍💻', '☺️', 'é', 'e\u0301'];
	const screen = await openTerminal({command: shell(samples.map(sample => `echo '${sample}|';`).join(''))});
	await screen.waitForExit();

	const widths = samples.map((_, row) =>
		[0, 1, 2].findIndex(column => screen.cell(row, column)?.getChars() === '|'),
	);
	expect(widths).toEqual([2, 2, 2, 2, 2, 1, 1]);
});

test('nothing of the machine reaches the environment', async () => {
	process.env.A_CHAT_NAME = 'leaked';
	const screen = await openTerminal({command: ['env']});
	await screen.waitForExit();
	delete process.env.A_CHAT_NAME;

	const names = screen
		.text()
		.split('\n')
		.filter(Boolean)
		.map(line => line.split('=')[0]);
	expect(names).toEqual(expect.arrayContaining(['A_CHAT_HOME', 'HOME', 'TERM']));
	expect(names).not.toEqual(expect.arrayContaining(['A_CHAT_NAME']));
	expect(names).not.toEqual(expect.arrayContaining(['CI']));
});

test('the end of a test ends the program', async () => {
	const screen = await openTerminal({command: shell('echo ready; sleep 600')});
	await screen.waitFor('ready');
	await runCleanups('test');

	// Where nobody collects orphans, its entry stays behind as a zombie.
	const {stdout} = spawnSync('ps', ['-o', 'stat=', '-p', String(screen.pid)], {encoding: 'utf8'});
	expect(stdout).toMatch(/^(Z.*)?\s*$/);
	expect(existsSync(screen.home)).toBe(false);
});

test('a terminal given back as it was found passes', async () => {
	const screen = await openTerminal({
		command: shell(
			String.raw`saved=$(stty -g); stty raw; printf '\033[?1049h\033[?25l\033[31mhi\033[m\033[?25h\033[?1049l'; stty $saved`,
		),
	});

	await expectTerminalRestored(screen);
});

test.each([
	['raw mode', 'stty -icanon'],
	['the alternate buffer', String.raw`printf '\033[?1049h'`],
	['a hidden cursor', String.raw`printf '\033[?25l'`],
	['wraparound off', String.raw`printf '\033[?7l'`],
	['bracketed paste', String.raw`printf '\033[?2004h'`],
	['the mouse', String.raw`printf '\033[?1002;1006h'`],
	['focus reports', String.raw`printf '\033[?1004h'`],
	['a colour', String.raw`printf '\033[31m'`],
	['a character set', String.raw`printf '\033(0'`],
	['a title', String.raw`printf '\033]2;owned\007'`],
	['a scrolling region', String.raw`printf '\033[2;5r'`],
	['a cursor shape', String.raw`printf '\033[6 q'`],
	['a keyboard protocol', String.raw`printf '\033[>1u'`],
	[
		'unread input',
		String.raw`printf '\033[c'; stty -icanon -echo; dd bs=1 count=1 2>/dev/null; stty icanon echo`,
	],
])('a program that leaves %s behind does not', async (_, script) => {
	const screen = await openTerminal({command: shell(script)});

	await expect(expectTerminalRestored(screen)).rejects.toThrow();
});
