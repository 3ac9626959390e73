import {expect, test} from 'vitest';
import {createScreenState, type ScreenAction, screenReducer} from '../../../source/ui/screen/screen-state.ts';
import {layOutWindow} from '../../../source/ui/screen/window-layout.ts';
import {plainTheme} from '../../../source/ui/theme.ts';

const start = createScreenState({
	size: {columns: 40, rows: 12},
	login: 'alice',
	address: '',
	theme: plainTheme,
});
const after = (...actions: ScreenAction[]) => actions.reduce(screenReducer, start);
const typed = (text: string): ScreenAction => ({type: 'composer', action: {type: 'insert', text}});

test('a draft takes a third of the window at most, the pane the rest', () => {
	expect(layOutWindow(after(typed('one\ntwo')))).toMatchObject({
		paneRows: 8,
		composerRows: ['one', 'two'],
		caret: {row: 11, column: 5},
	});
	expect(layOutWindow(after(typed('1\n2\n3\n4\n5\n6')))).toMatchObject({
		paneRows: 6,
		composerRows: ['3', '4', '5', '6'],
	});
});

test('a message changes nothing in it, so the draft is not laid out again', () => {
	const received: ScreenAction = {
		type: 'chat',
		action: {type: 'received', at: 0, messages: [{from: 'bob', text: 'hi'}]},
	};

	const before = after(received, typed('bob: a draft'));

	expect(layOutWindow(screenReducer(before, received))).toBe(layOutWindow(before));
	expect(layOutWindow(screenReducer(before, typed('!')))).not.toBe(layOutWindow(before));
});

test('a window below 20×5 is too small', () => {
	const at = (columns: number, rows: number) => layOutWindow(after({type: 'resized', size: {columns, rows}}));

	expect(at(20, 5)).toMatchObject({isTooSmall: false, paneRows: 2});
	expect(at(19, 5)).toMatchObject({isTooSmall: true, caret: undefined});
	expect(at(20, 4)).toMatchObject({isTooSmall: true});
});

test('what is chosen from has no more rows than a long draft leaves', () => {
	const messages = ['bob', 'carol', 'dave', 'erin', 'frank', 'grace'].map(from => ({from, text: 'hi'}));
	const low = after(
		{type: 'resized', size: {columns: 60, rows: 10}},
		{type: 'chat', action: {type: 'received', at: 0, messages}},
		typed('1\n2\n3\n4'),
		{type: 'overlay', action: {type: 'open', kind: 'go'}},
	);
	expect(layOutWindow(low)).toMatchObject({hasBar: true, popupRows: 2, paneRows: 2});
	const [few] = layOutWindow(low).composerRows;
	expect(few).toBe('2');
});
