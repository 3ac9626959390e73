import {loginKey} from '../../protocol/login.ts';
import {lineStart} from './borders.ts';
import type {ComposerState, Direction} from './composer-state.ts';
import {replaceRange} from './insert.ts';

// What a name is made of, a room's `#` included; everything else separates words.
const wordBefore = /[\p{L}\p{M}\p{N}._#-]*$/u;
const onlyNames = /^(?:[^\s,:]+\s*,\s*)*$/;
// No name is longer: a line of 64 KiB without a space is not searched for its start.
const longestWord = 128;

function findReplacements(
	beforeWord: string,
	word: string,
	after: string,
	candidates: readonly string[],
	isBare: boolean,
): readonly string[] {
	const isAddress = !isBare && onlyNames.test(beforeWord);
	if (word === '' && !isAddress && !isBare) return [];
	const named = new Set(isAddress ? beforeWord.split(',').map(name => loginKey(name.trim())) : []);
	const prefix = loginKey(word);
	const suffix = isAddress && !/^\s*[,:]/.test(after) ? ': ' : '';
	return candidates
		.filter(name => loginKey(name).startsWith(prefix) && !named.has(loginKey(name)))
		.map(name => name + suffix);
}

const step = (index: number, length: number, direction: Direction): number =>
	(index + (direction === 'forward' ? 1 : length - 1)) % length;

function place(
	state: ComposerState,
	start: number,
	replacements: readonly string[],
	index: number,
): ComposerState {
	const replaced = replaceRange(state, {start, end: state.caret}, replacements[index] ?? '');
	return {...state, ...replaced, completion: {start, replacements, index}};
}

/**
 * Puts the likeliest of `candidates` that begin with the word before the caret (compared as logins are) in its place; the
 * next time the one after it, around and around, by the list of the first time. At the start of a line, alone or behind
 * other names and commas, `: ` follows the name, and nobody is named twice; elsewhere the name stands alone.
 *
 * @param isBare whether it stands alone in any case
 */
export function complete(
	state: ComposerState,
	candidates: readonly string[],
	direction: Direction,
	isBare = false,
): ComposerState {
	const {text, caret, completion} = state;
	if (completion) {
		const {start, replacements, index} = completion;
		return place(state, start, replacements, step(index, replacements.length, direction));
	}
	const line = text.slice(lineStart(text, caret), caret);
	const word = wordBefore.exec(line.slice(-longestWord))?.[0] ?? '';
	const beforeWord = line.slice(0, line.length - word.length);
	const after = text.slice(caret, caret + longestWord);
	const replacements = findReplacements(beforeWord, word, after, candidates, isBare);
	if (replacements.length === 0) return state;
	const first = direction === 'forward' ? 0 : replacements.length - 1;
	return place(state, caret - word.length, replacements, first);
}
