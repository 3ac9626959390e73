import fc from 'fast-check';
import type {ChatAction} from '../../../source/chat/chat-state.ts';
import type {ExcerptAction} from '../../../source/ui/excerpt/excerpt.ts';
import type {Question, ScreenAction} from '../../../source/ui/screen/screen-state.ts';
import {createTheme, plainTheme} from '../../../source/ui/theme.ts';

/** What happens to a screen, one after the other. */
export type Happening =
	| {readonly type: 'keys'; readonly keys: readonly string[]}
	| {readonly type: 'written'; readonly bytes: string}
	| {readonly type: 'pasted'; readonly text: string}
	/** Typed, and taken back letter by letter. */
	| {readonly type: 'undone'; readonly letters: readonly string[]}
	/** To another view and back. */
	| {readonly type: 'away'; readonly there: string; readonly back: string}
	| {
			readonly type: 'messages';
			readonly from: string;
			readonly to: readonly string[];
			readonly texts: readonly string[];
	  }
	| {readonly type: 'focused'; readonly isFocused: boolean}
	| {readonly type: 'action'; readonly action: ScreenAction};

const names = ['bob', 'carol', 'Åsa', '李雷', 'a_name_as_long_as_one_can_ever_be'.slice(0, 32)];

/** Characters of which none joins the one before it, so that as many of them as were typed are taken back. */
const letters = ['a', 'B', ' ', ':', ',', '日', 'é', 'e\u0301', '👩‍🚀', '؟', '\u202E', '\u200B'];

const text = fc.oneof(
	{weight: 6, arbitrary: fc.array(fc.constantFrom(...letters), {maxLength: 12}).map(found => found.join(''))},
	fc.constantFrom(
		'alice: look',
		'two\nlines',
		'*strong* _not_ `code` https://example.org/a?b=c',
		'> quoted\n```\nverbatim\tcode\n```',
		'\x1b[31mred\x1b]0;title\x07\x9b2J',
		'\u0301\u0301piled\u200D',
		'שלום עולם',
		`${'long '.repeat(300)}end`,
		'x'.repeat(400),
	),
);

const keys = [
	...['enter', 'alt+enter', 'ctrl+j', 'backspace', 'delete', 'left', 'right', 'up', 'down', 'home', 'end'],
	...['ctrl+a', 'ctrl+e', 'ctrl+b', 'ctrl+f', 'ctrl+k', 'ctrl+u', 'ctrl+w', 'ctrl+y', 'ctrl+t', 'ctrl+d'],
	...['alt+b', 'alt+f', 'alt+d', 'alt+backspace', 'ctrl+left', 'ctrl+right', 'ctrl+c', 'ctrl+l', 'ctrl+z'],
	...[
		'pageup',
		'pageup',
		'pageup',
		'pagedown',
		'ctrl+end',
		'ctrl+n',
		'ctrl+p',
		'alt+a',
		'alt+p',
		'alt+n',
		'alt+/',
	],
	...['alt+0', 'alt+1', 'alt+2', 'alt+3', 'alt+9', 'alt+e', 'alt+e', 'alt+v', 'alt+c', 'escape', 'y', 'n'],
	...['tab', 'tab', 'shift+tab'],
];

const name = fc.constantFrom(...names);
const size = fc.oneof(
	fc.record({columns: fc.integer({min: 20, max: 120}), rows: fc.integer({min: 5, max: 30})}),
	fc.record({columns: fc.integer({min: 1, max: 24}), rows: fc.integer({min: 1, max: 8})}),
	fc.constantFrom({columns: 200, rows: 60}, {columns: 70, rows: 5}, {columns: 69, rows: 10}),
);

const question: fc.Arbitrary<Question> = fc.constantFrom(
	{kind: 'stale', count: 2},
	{kind: 'stranger', srv: 's1', wants: 'lines', waiting: 3},
	{kind: 'open-here', login: 'alice'},
	{kind: 'taken-over', login: 'alice'},
	{kind: 'name', reason: '"alice" is taken', suggestion: 'alice-2'},
);

const chatAction: fc.Arbitrary<ChatAction> = fc.oneof(
	fc.constantFrom<ChatAction>(
		{type: 'connection-changed', connection: {phase: 'open'}},
		{type: 'connection-changed', connection: {phase: 'connecting', since: 0}},
		{type: 'connection-changed', connection: {phase: 'waiting', until: 9000, reason: 'nobody there'}},
	),
	fc.array(name, {maxLength: 5}).map(
		(logins): ChatAction => ({
			type: 'people-listed',
			people: logins.map((login, index) => ({login, state: index % 3 === 0 ? 'away' : 'here'})),
		}),
	),
	fc
		.tuple(name, fc.constantFrom('here', 'away', 'gone'))
		.map(([login, state]): ChatAction => ({type: 'people-changed', changes: [{login, state}], at: 60_000})),
	fc
		.tuple(name, fc.boolean())
		.map(([login, isActive]): ChatAction => ({type: 'typing', login, isActive, now: 0})),
	text.map((said): ChatAction => ({type: 'noticed', texts: [said], at: 0})),
	fc.tuple(name, text).map(
		([from, said]): ChatAction => ({
			type: 'earlier',
			view: '',
			lines: [{kind: 'message', at: 0, from, text: said}],
		}),
	),
);

const action: fc.Arbitrary<ScreenAction> = fc.oneof(
	{weight: 4, arbitrary: size.map((now): ScreenAction => ({type: 'resized', size: now}))},
	{weight: 4, arbitrary: chatAction.map((found): ScreenAction => ({type: 'chat', action: found}))},
	question.map((asked): ScreenAction => ({type: 'asked', question: asked})),
	fc.constantFrom<ScreenAction>(
		{type: 'ticked', now: 5000},
		{type: 'returned', messages: 3},
		{type: 'hosting', isHosting: true, address: '0.0.0.0:8080'},
		{type: 'themed', theme: plainTheme},
		{type: 'themed', theme: createTheme({colors: 256, background: undefined, takesStrings: true})},
	),
);

/** What was found of long ago, and what was said around it. */
const old = ['before', `${'long '.repeat(300)}end`, 'אחרי', 'two\nlines', ...Array(20).fill('after')].map(
	(said, at) => ({
		...({kind: 'message', id: at + 1, at: 0, from: 'bob', to: ['alice'], text: said} as const),
		party: {id: 'bob', members: ['bob']},
	}),
);
const found = {...(old[1] as (typeof old)[0]), n: 2};
const excerpt = fc
	.constantFrom<ExcerptAction>(
		{type: 'opened', found, words: ['end']},
		{type: 'loaded', found, part: {lines: old, before: 1, after: undefined}},
		{type: 'waited', found},
		{type: 'failed', found, problem: 'not-reached'},
	)
	.map((happened): Happening => ({type: 'action', action: {type: 'excerpt', action: happened}}));

/** More than fit into most windows. */
const many = fc
	.tuple(text, fc.integer({min: 2, max: 40}))
	.map(([said, count]): readonly string[] => Array.from({length: count}, (_, index) => `${index} ${said}`));

/** Where a message goes: to us, to us and others, to a room. */
const addressees = fc.oneof(
	fc.constant(['alice']),
	name.map(other => ['alice', other]),
	fc.constantFrom(['#dev'], ['#ops']),
);

export const happening: fc.Arbitrary<Happening> = fc.oneof(
	{
		weight: 10,
		arbitrary: fc
			.array(fc.constantFrom(...keys), {minLength: 1, maxLength: 4})
			.map((pressed): Happening => ({type: 'keys', keys: pressed})),
	},
	{
		weight: 5,
		arbitrary: text.map((bytes): Happening => ({type: 'written', bytes: bytes.replaceAll(/\p{Cc}/gu, '')})),
	},
	{
		weight: 3,
		arbitrary: fc
			.tuple(name, text)
			.map(
				([to, said]): Happening => ({type: 'written', bytes: `${to}: ${said.replaceAll(/\p{Cc}/gu, '')}\r`}),
			),
	},
	// Something is looked at in front of the conversation, and mostly put away again.
	{
		weight: 2,
		arbitrary: fc
			.tuple(
				fc.constantFrom('f1', 'ctrl+g', 'ctrl+r'),
				fc.array(fc.constantFrom('b', 'a', 'down', 'up', 'pagedown', 'backspace', 'ctrl+n')),
				fc.constantFrom('escape', 'escape', 'enter', 'ctrl+c', 'ctrl+l'),
			)
			.map(([opener, pressed, end]): Happening => ({type: 'keys', keys: [opener, ...pressed, end]})),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('/me waves', '/msg carol hi', '/msg bob', '/who', '/nothing')
			.map((command): Happening => ({type: 'written', bytes: `${command}\r`})),
	},
	{weight: 2, arbitrary: text.map((pasted): Happening => ({type: 'pasted', text: pasted}))},
	{
		weight: 4,
		arbitrary: fc
			.array(fc.constantFrom(...letters), {minLength: 1, maxLength: 4})
			.map((typed): Happening => ({type: 'undone', letters: typed})),
	},
	{
		weight: 4,
		arbitrary: fc
			.constantFrom(['ctrl+n', 'ctrl+p'], ['ctrl+p', 'ctrl+n'], ['alt+/', 'alt+/'])
			.map(([there = '', back = '']): Happening => ({type: 'away', there, back})),
	},
	{
		weight: 8,
		arbitrary: fc
			.tuple(name, addressees, fc.oneof({weight: 4, arbitrary: text.map(said => [said])}, many))
			.map(([from, to, texts]): Happening => ({type: 'messages', from, to, texts})),
	},
	{weight: 2, arbitrary: fc.boolean().map((isFocused): Happening => ({type: 'focused', isFocused}))},
	{weight: 4, arbitrary: excerpt},
	{weight: 6, arbitrary: action.map((found): Happening => ({type: 'action', action: found}))},
);
