import {expect} from 'vitest';
import type {ProgramResult} from './program.ts';

/** What a person reads when something is wrong: one line, a sentence, and nothing of the program's inside. */
export const expectOneSentence = (stderr: string): void => {
	expect(stderr).toMatch(/^a-chat-tui: \S[^\n]*\n$/);
	expect(stderr).not.toMatch(
		/\bat (?:.*\()?(?:file|node):|\b(?:Type|Range|Syntax)?Error:|undefined|\[object/,
	);
	// What somebody typed may stand in it, its controls may not.
	expect(stderr).not.toMatch(/[\p{Cf}\x00-\x09\x0B-\x1F\x7F-\x9F]/u);
};

/** An error as the contract has it: the exit code, one sentence on standard error, nothing on standard output. */
export const expectFailure = (
	{code, signal, stdout, stderr}: ProgramResult,
	expected: {readonly code: number; readonly says?: RegExp},
): void => {
	expectOneSentence(stderr);
	expect({code, signal, stdout}).toEqual({code: expected.code, signal: null, stdout: ''});
	if (expected.says !== undefined) {
		expect(stderr).toMatch(expected.says);
	}
};
