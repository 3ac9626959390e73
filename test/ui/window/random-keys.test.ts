import {setImmediate} from 'node:timers/promises';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {everything} from '../../../source/chat/conversation.ts';
import {withoutExcerpt} from '../../../source/ui/excerpt/excerpt.ts';
import type {ScreenState} from '../../../source/ui/screen/screen-state.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {type Happening, happening} from './happening.ts';
import {frameOf, Person} from './person.ts';

/** The styles that we make, and nothing else; a link is one that leads nowhere in what is measured. */
const styles = /\x1b\[[\d;]*m|\x1b\]8;[\x20-\x7e]*\x1b\\/g;

/** How many messages are unread in each conversation, and for us, as a person would count them. */
class Unread {
	readonly #counts = new Map<string, {unread: number; mentions: number}>();

	told(id: string, isForUs: boolean, state: ScreenState): void {
		const {unread, mentions} = this.#counts.get(id) ?? {unread: 0, mentions: 0};
		this.#counts.set(id, {unread: unread + 1, mentions: mentions + (isForUs ? 1 : 0)});
		this.look(state);
	}

	/** What is shown at its end is read, as long as the terminal has the keyboard. */
	look({chat, isFocused, scroll, excerpt}: ScreenState): void {
		if (!isFocused || scroll !== undefined || excerpt !== undefined) return;
		if (chat.open === everything) this.#counts.clear();
		else this.#counts.delete(chat.open);
	}

	expectIn({chat}: ScreenState): void {
		for (const {id, unread, mentions} of chat.conversations.values())
			expect({id, unread, mentions}).toEqual({id, ...(this.#counts.get(id) ?? {unread: 0, mentions: 0})});
	}
}

const keyOf = (name: string): string => name.toLowerCase().normalize('NFKC');

/** The conversation that a message belongs to, as the id is written. */
const idOf = (from: string, to: readonly string[]): string =>
	to[0]?.startsWith('#')
		? to.join()
		: [...new Set([from, ...to].filter(name => name !== 'alice').map(keyOf))].toSorted().join();

/** Whoever goes away from an excerpt comes back to where the conversation was read otherwise. */
const draftOf = (state: ScreenState) => ({
	text: state.composer.text,
	caret: state.composer.caret,
	view: state.chat.open,
	scroll: withoutExcerpt(state).scroll,
});

/** Whether letters go to something else than the draft. */
const isElsewhere = ({question, overlay, search}: ScreenState): boolean =>
	question !== undefined || overlay !== undefined || search !== undefined;

const hasMarksBehindCaret = ({composer: {text, caret}}: ScreenState): boolean =>
	/^[\p{M}\u200D]/u.test(text.slice(caret));

function isPressed(what: Happening, state: ScreenState): boolean {
	if (what.type === 'undone' || what.type === 'away') return !isElsewhere(state);
	return what.type === 'keys' || what.type === 'pasted' || (what.type === 'written' && what.bytes !== '');
}

async function happen(person: Person, unread: Unread, what: Happening): Promise<void> {
	const {state} = person;
	// Who presses a key looks at the screen, before it does anything.
	if (isPressed(what, state)) unread.look({...state, isFocused: true});
	switch (what.type) {
		case 'keys':
			for (const key of what.keys) {
				person.press(key);
				unread.look(person.state);
			}
			break;
		case 'written':
			person.write(what.bytes);
			break;
		case 'pasted':
			person.paste(what.text);
			break;
		case 'undone':
			if (isElsewhere(state)) return;
			// Else the first letter would be Alt's.
			person.press('left', 'right');
			// A letter in front of marks that stood alone takes them, and takes them with it.
			if (hasMarksBehindCaret(person.state)) return;
			expectSame(person, () => {
				for (const letter of what.letters) person.write(letter);
				person.press(...what.letters.map(() => 'backspace'));
			});
			break;
		case 'away':
			if (isElsewhere(state)) return;
			person.press('left', 'right');
			expectSame(person, () => {
				person.press(what.there);
				unread.look(person.state);
				person.press(what.back);
			});
			break;
		case 'messages': {
			const {from, to, texts} = what;
			const lines = texts.map(text => ({kind: 'message', at: 0, from, to, text}) as const);
			person.act({type: 'chat', action: {type: 'said', lines}});
			for (const text of texts) {
				const isForUs = (to.length === 1 && to[0] === 'alice') || text.includes('alice');
				unread.told(idOf(from, to), isForUs, person.state);
			}
			break;
		}
		case 'focused':
			person.focus(what.isFocused);
			break;
		case 'action':
			person.act(what.action);
	}
	// The prompt for a name takes a key a turn.
	if (person.state.question?.kind === 'name') await setImmediate();
	unread.look(person.state);
}

function expectSame(person: Person, detour: () => void): void {
	const before = draftOf(person.state);
	detour();
	expect(draftOf(person.state)).toEqual(before);
}

function expectWhole(state: ScreenState): void {
	const {columns, rows: height} = state.size;
	const {rows, caret} = frameOf(state);
	expect(rows.length).toBe(height);
	const shown = rows.map(row => row.replaceAll(styles, ''));
	expect(shown.filter(row => displayWidth(row) > columns || /\p{Cc}/u.test(row))).toEqual([]);
	const isInside =
		!caret || (caret.row >= 0 && caret.row < height && caret.column >= 0 && caret.column < columns);
	expect(isInside, `the caret at ${caret?.row}, ${caret?.column} in ${height} rows`).toBe(true);
}

/** The same state without anything that may be remembered of it. */
const copyOf = ({theme, ...state}: ScreenState): ScreenState => ({
	...structuredClone(state),
	theme: {...theme},
});

test('whatever keys come and whatever happens, the window is whole and nothing is lost', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(happening, {minLength: 20, maxLength: 60}), async happenings => {
			const person = new Person({columns: 80, rows: 24});
			const unread = new Unread();
			for (const what of happenings) {
				await happen(person, unread, what);
				expectWhole(person.state);
				unread.expectIn(person.state);
			}
			expect(frameOf(copyOf(person.state))).toEqual(frameOf(person.state));
		}),
		{numRuns: 200},
	);
});
