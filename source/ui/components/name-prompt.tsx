import {Box, type Key, Text, useInput} from 'ink';
import {useState} from 'react';
import {limits} from '../../protocol/limits.ts';
import {nextBorder} from '../composer/borders.ts';
import {actionForKey, type ComposerState, composerReducer, emptyComposer} from '../composer/composer.ts';
import {type KeyEvent, key} from '../keys/key-event.ts';

type Props = {
	readonly prompt: string;
	readonly suggestion: string;
	readonly onName: (name: string) => void;
};

/** A box of one row for a name, with the keys of the composer. */
export function NamePrompt({prompt, suggestion, onName}: Props) {
	const [composer, setComposer] = useState(() => withText(emptyComposer, suggestion));
	// Whoever types at once wants another name, not more of what stands there; any other key begins to change that one.
	const [isFresh, setIsFresh] = useState(true);
	useInput((input, pressed) => {
		setIsFresh(pressed.return);
		if (pressed.return) {
			onName(composer.text);
			return;
		}
		const action = actionForKey(eventOf(input, pressed));
		if (action === undefined) return;
		const isOther = isFresh && action.type === 'insert';
		setComposer(cleaned(composerReducer(isOther ? withText(composer, '') : composer, action)));
	});
	const {text, caret} = composer;
	const end = nextBorder(text, caret);
	return (
		<Box height={1}>
			<Box flexShrink={0}>
				<Text>{prompt}</Text>
			</Box>
			{/* A name that is wider than its room is wrapped: what is seen of it is the row that is being typed. */}
			<Box flexDirection="column" height={1} justifyContent="flex-end" overflow="hidden">
				<Box flexShrink={0}>
					<Text>
						{text.slice(0, caret)}
						<Text inverse>{text.slice(caret, end) || ' '}</Text>
						{text.slice(end)}
					</Text>
				</Box>
			</Box>
		</Box>
	);
}

const withText = (state: ComposerState, text: string): ComposerState =>
	composerReducer(state, {type: 'set', text});

const named = [
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['home', 'home'],
	['end', 'end'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** The key that Ink has read, as it is known everywhere else. */
function eventOf(input: string, pressed: Key): KeyEvent {
	const modifiers = {ctrl: pressed.ctrl, alt: pressed.meta};
	const [, name] = named.find(([flag]) => pressed[flag]) ?? [];
	if (name !== undefined) return key(name, modifiers);
	return pressed.ctrl || pressed.meta ? key(input, modifiers) : {type: 'text', text: input};
}

/** What was pasted may be anything. A little more than a name can have is kept, so that it is refused as too long. */
function cleaned(composer: ComposerState): ComposerState {
	const name = [...composer.text.slice(0, 4 * limits.loginCodePoints).replace(/\p{C}/gu, '')]
		.slice(0, limits.loginCodePoints + 8)
		.join('');
	return name === composer.text ? composer : withText(composer, name);
}
