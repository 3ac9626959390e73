import {describe, expect, it} from 'vitest';
import {type ComposerState, composerReducer} from '../../../source/ui/composer/composer.ts';
import {drawn, type} from './type.ts';

/** Latest speaker first. */
const speakers = ['carol', 'bob', 'Alice', 'Carlos', '#dev'];

function tab(state: ComposerState, times = 1, direction?: 'backward'): ComposerState {
	let next = state;
	for (let count = 0; count < times; count++) {
		next = composerReducer(next, {type: 'complete', candidates: speakers, ...(direction && {direction})});
	}
	return next;
}

const completed = (keystrokes: string, times = 1): string => drawn(tab(type(keystrokes), times));

describe('Tab', () => {
	it('completes a name at the start of a line, with what has to follow it', () => {
		expect(completed('b')).toBe('bob: |');
		expect(completed('hi<ctrl+j>b')).toBe('hi\nbob: |');
	});

	it('compares as names are compared', () => {
		expect(completed('CAR')).toBe('carol: |');
		expect(completed('a')).toBe('Alice: |');
	});

	it('goes on to the next, around and around', () => {
		expect(completed('ca', 2)).toBe('Carlos: |');
		expect(completed('ca', 3)).toBe('carol: |');
		expect(drawn(tab(tab(type('ca')), 1, 'backward'))).toBe('Carlos: |');
	});

	it('goes around in the names of its first time, whoever speaks meanwhile', () => {
		const next = composerReducer(tab(type('ca')), {type: 'complete', candidates: ['cat', ...speakers]});
		expect(drawn(next)).toBe('Carlos: |');
	});

	it('begins anew behind any other key', () => {
		expect(drawn(tab(type('<backspace><backspace>', tab(type('ca')))))).toBe('carol: |');
	});

	it('adds names behind commas, each once', () => {
		expect(completed('bob, ca')).toBe('bob, carol: |');
		expect(completed('carol, ca')).toBe('carol, Carlos: |');
		expect(completed('bob,')).toBe('bob,carol: |');
	});

	it('makes room for a comma behind it, since that means another name', () => {
		expect(drawn(type(', ', tab(type('b'))))).toBe('bob, |');
		expect(drawn(type(',', tab(type('bob: ask ca'))))).toBe('bob: ask carol,|');
		expect(drawn(type('x', tab(type('b'))))).toBe('bob: x|');
	});

	it('offers the latest speaker where nothing was typed', () => {
		expect(completed('')).toBe('carol: |');
		expect(completed('', 2)).toBe('bob: |');
	});

	it('puts the name alone in the middle of a text', () => {
		expect(completed('bob: ask ca')).toBe('bob: ask carol|');
		expect(completed('(b')).toBe('(bob|');
	});

	it('adds no second colon or comma', () => {
		expect(completed('bo: hi<home><right><right>')).toBe('bob|: hi');
		expect(completed('bo, carol: hi<home><right><right>')).toBe('bob|, carol: hi');
	});

	it('completes a room', () => {
		expect(completed('#d')).toBe('#dev: |');
	});

	it('changes nothing where no name fits', () => {
		expect(completed('xyz')).toBe('xyz|');
		expect(completed('bob: hi ')).toBe('bob: hi |');
	});
});
