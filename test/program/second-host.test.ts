import path from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectOneSentence} from '../support/expectations.ts';
import {type Host, runProgram, startHost, startProgram} from '../support/program.ts';
import {openTerminal, type TerminalScreen} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

let first: Host;
/** The port and the folder of the first host. */
let place: readonly string[];

beforeEach(async () => {
	const store = `--store=${path.join(temporaryFolder('test'), 'store')}`;
	first = await startHost([store]);
	place = ['--host', `--listen=${first.port}`, store];
});

/** Where to join is named as one types it. */
const expectAdvice = (text: string): void => {
	const {port} = first;
	expect(text).toContain(`Somebody listens on 127.0.0.1:${port} already`);
	expect(text).toContain(`"a-chat-tui --join 127.0.0.1:${port}"`);
};

describe('a second host where another one answers', () => {
	test('ends with a sentence that says where to join', async () => {
		const {code, stdout, stderr} = await runProgram([...place, '--headless']);
		expect([code, stdout]).toEqual([1, '']);
		expectAdvice(stderr);
	});

	test('gives the terminal back', async () => {
		const screen = await openTerminal({args: [...place, '--name=dan'], columns: 200});
		expect(await screen.waitForExit()).toEqual({code: 1});
		expectOneSentence(`${screen.text().trim()}\n`);
		expectAdvice(screen.text());
		await expectTerminalRestored(screen);
	});
});

describe('a second host where another one stands still', () => {
	const openWaiting = async (): Promise<TerminalScreen> => {
		const screen = await openTerminal({args: [...place, '--name=dan']});
		await screen.waitFor('waiting for another host');
		return screen;
	};

	beforeEach(() => {
		first.program.kill('SIGSTOP');
	});

	test('waits, and ends when that goes on', async () => {
		const second = startProgram([...place, '--headless']);
		await second.waitFor('Waiting for another host', {stream: 'stderr'});
		first.program.kill('SIGCONT');
		const {code, stdout, stderr} = await second.waitForExit();
		expect([code, stdout]).toEqual([1, '']);
		expectAdvice(stderr);
	});

	test('can be left meanwhile', async () => {
		const screen = await openWaiting();
		quit(screen);
		expect(await screen.waitForExit()).toEqual({code: 0});
		await expectTerminalRestored(screen);
	});

	test('keeps what it cannot send yet, and hosts when that ends', async () => {
		const screen = await openWaiting();
		screen.type('dan: hello');
		screen.press('enter');
		await screen.waitFor(/nobody hosts this chat yet: [\s\S]*dan: hello/);
		await screen.waitFor(/waiting for another host \(\d+ s\)/);
		first.program.kill('SIGKILL');
		await screen.waitFor(/hosting 127\.0\.0\.1:\d+ · dan · nobody else is here/);
		screen.press('enter');
		await screen.waitFor('hello ✓');
	});
});
