import fc from 'fast-check';
import {render} from 'ink';
import {afterAll, expect, test} from 'vitest';
import type {ChatAction} from '../../../source/chat/chat-state.ts';
import {Window} from '../../../source/ui/app.tsx';
import {startInkChrome} from '../../../source/ui/ink-chrome.tsx';
import {rowsOfChrome} from '../../../source/ui/screen/chrome.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../../source/ui/screen/screen-state.ts';
import {rowsAbove, viewWindow, type WindowView} from '../../../source/ui/screen/window-view.ts';
import {InkInput, InkOutput} from '../../../source/ui/terminal/ink-streams.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {foreignText} from '../text/foreign-text.ts';

const ignore = () => {};
const start = createScreenState({
	size: {columns: 60, rows: 10},
	login: 'alice',
	address: 'here:8080',
	theme: plainTheme,
});

/** Draws windows in one of the ways in which rows come from Ink. */
type Drawer = {readonly rowsOf: (view: WindowView) => readonly string[]; readonly unmount: () => void};

/** The whole window as a tree of components. */
function wholeByInk(): Drawer {
	let rows: readonly string[] = [];
	const output = new InkOutput(80, drawn => {
		rows = drawn;
	});
	const instance = render(null, {
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: new InkInput() as unknown as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
	});
	return {
		rowsOf({chrome, middle}) {
			output.columns = chrome.columns;
			instance.rerender(<Window chrome={chrome} middle={middle} onName={ignore} />);
			return rows;
		},
		unmount: () => instance.unmount(),
	};
}

/** The chrome by Ink, the conversation put between its rows. */
function splitByInk(): Drawer {
	let rows: readonly string[] = [];
	const ink = startInkChrome(viewWindow(start).chrome, {
		onName: ignore,
		onFault: ignore,
		onRows(drawn) {
			rows = drawn;
		},
	});
	return {
		rowsOf({chrome, middle}) {
			ink.draw(chrome);
			const above = rowsAbove(chrome);
			return [...rows.slice(0, above), ...middle, ...rows.slice(above)];
		},
		unmount: ink.unmount,
	};
}

function byHand({chrome, middle}: WindowView): readonly string[] {
	const {above, below} = rowsOfChrome(chrome);
	return [...above, ...middle, ...below];
}

const whole = wholeByInk();
const split = splitByInk();
afterAll(() => {
	whole.unmount();
	split.unmount();
});

const name = fc.constantFrom('bob', 'carol', 'dave', 'Zoë', '山田');
const text = fc.oneof(fc.string({maxLength: 200}), foreignText, fc.constant('bob: hi\nthere'));
const question = fc.oneof(
	fc.constant(undefined),
	fc.record({kind: fc.constant('leave' as const)}),
	fc.record({
		kind: fc.constant('stranger' as const),
		srv: fc.constant('s'),
		wants: fc.constantFrom('lines' as const, 'signature' as const),
		waiting: fc.nat(3),
	}),
	// One suggestion: a prompt keeps what stands in it as long as the reason is the same.
	fc.record({kind: fc.constant('name' as const), reason: text, suggestion: fc.constant('bob-2')}),
);
const action: fc.Arbitrary<ScreenAction> = fc.oneof(
	fc.record({
		type: fc.constant('chat' as const),
		action: fc.record({
			type: fc.constant('received' as const),
			at: fc.constant(0),
			messages: fc.array(fc.record({from: name, text}), {maxLength: 20}),
		}),
	}),
	fc.record({
		type: fc.constant('chat' as const),
		action: fc.record({type: fc.constant('noticed' as const), at: fc.constant(0), texts: fc.array(text)}),
	}),
	fc.record({
		type: fc.constant('composer' as const),
		action: fc.record({type: fc.constant('insert' as const), text}),
	}),
	fc.record({
		type: fc.constant('resized' as const),
		size: fc.record({columns: fc.integer({min: 1, max: 130}), rows: fc.integer({min: 1, max: 40})}),
	}),
	fc.record({
		type: fc.constant('scrolled' as const),
		by: fc.constantFrom('page-up' as const, 'page-down' as const),
	}),
	fc.record({type: fc.constant('asked' as const), question}),
	fc.record({
		type: fc.constant('overlay' as const),
		action: fc.oneof(
			fc.record({
				type: fc.constant('open' as const),
				kind: fc.constantFrom('go', 'help', 'keys'),
				query: name,
			}),
			fc.record({type: fc.constant('typed' as const), text}),
			fc.record({type: fc.constant('moved' as const), to: fc.nat(100)}),
			fc.constant({type: 'closed' as const}),
		),
	}),
	fc.record({
		type: fc.constant('composer' as const),
		action: fc.record({
			type: fc.constant('complete' as const),
			candidates: fc.array(fc.oneof(name, text), {maxLength: 9}),
			isBare: fc.boolean(),
		}),
	}),
	fc.record({type: fc.constant('went-away' as const), away: fc.option(text, {nil: undefined})}),
	fc.record({type: fc.constant('hinted' as const), hint: fc.constantFrom(undefined, 'a hint')}),
);

/** What is seen of rows: Ink cuts the spaces at their ends off. */
const seen = (rows: readonly string[]) => rows.map(row => row.trimEnd());

test('the window is the same rows as a tree of components, by the painter, and by hand', () => {
	fc.assert(
		fc.property(fc.array(action, {minLength: 1, maxLength: 12}), actions => {
			const state = actions.reduce(screenReducer, start);
			const view = viewWindow(state);
			const rows = seen(split.rowsOf(view));

			expect(rows).toHaveLength(state.size.rows);
			expect(seen(whole.rowsOf(view))).toEqual(rows);
			expect(seen(byHand(view))).toEqual(rows);
		}),
		{numRuns: 150},
	);
});

test('a message changes the conversation only: there is nothing for Ink to draw', () => {
	const people: ScreenAction = {
		type: 'chat',
		action: {type: 'people-listed', people: [{login: 'bob', state: 'here'}]},
	};
	const said = (from: string): ScreenAction => ({
		type: 'chat',
		action: {type: 'said', lines: [{kind: 'message', at: 0, from, to: ['alice'], text: 'hi'}]},
	});
	const before = [people, said('bob'), said('carol')].reduce(screenReducer, start);
	const view = viewWindow(before);
	const later = viewWindow(screenReducer(before, said('bob')));

	expect(later.chrome).toBe(view.chrome);
	expect(later.middle).not.toEqual(view.middle);
});

test('who is here stays in the status row until the list has come again after a moment without a connection', () => {
	const chat = (action: ChatAction): ScreenAction => ({type: 'chat', action});
	const before = [
		chat({type: 'connection-changed', connection: {phase: 'open'}}),
		chat({type: 'people-listed', people: [{login: 'bob', state: 'here'}]}),
		chat({type: 'received', at: 0, messages: [{from: 'carol', text: 'hi'}]}),
	].reduce(screenReducer, start);
	const lost = screenReducer(
		before,
		chat({type: 'connection-changed', connection: {phase: 'connecting', since: 0}}),
	);
	const back = screenReducer(lost, chat({type: 'connection-changed', connection: {phase: 'open'}}));
	for (const state of [before, lost, back]) expect(viewWindow(state).chrome.status).toContain('1 here: bob');
});
