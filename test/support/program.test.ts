import {expect, test} from 'vitest';
import {runCleanups} from './cleanup.ts';
import {runProgram, startProgram} from './program.ts';

test('runs to the end with an input and tells both outputs apart', async () => {
	const result = await runProgram([], {command: ['sh', '-c', 'cat; echo oh >&2; exit 4'], input: 'hello'});

	expect(result).toEqual({code: 4, signal: null, stdout: 'hello', stderr: 'oh\n'});
});

test('a program that does not end in time fails, with what it said', async () => {
	const running = runProgram([], {command: ['sh', '-c', 'echo here; sleep 600'], timeout: 100});

	await expect(running).rejects.toThrow(/not within 100 ms\nstdout: here/);
});

test('talks with a program that goes on', async () => {
	const program = startProgram([], {command: ['cat']});
	program.write('ping\n');
	await program.waitFor('ping');
	program.end();

	expect(await program.waitForExit()).toMatchObject({code: 0, stdout: 'ping\n'});
});

test('the end of a test ends the program', async () => {
	const program = startProgram([], {command: ['sleep', '600']});
	await runCleanups('test');

	expect(program.child.signalCode).toBe('SIGKILL');
});
