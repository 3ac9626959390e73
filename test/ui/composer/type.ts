import {
	actionForKey,
	type ComposerState,
	composerReducer,
	emptyComposer,
} from '../../../source/ui/composer/composer.ts';
import {KeyParser} from '../../../source/ui/keys/key-parser.ts';

/** What keys send, by the names that people have for them. */
const keys: Readonly<Record<string, string>> = {
	left: '\u001B[D',
	right: '\u001B[C',
	up: '\u001B[A',
	down: '\u001B[B',
	home: '\u001B[H',
	end: '\u001B[F',
	delete: '\u001B[3~',
	backspace: '\u007F',
	'ctrl+left': '\u001B[1;5D',
	'ctrl+right': '\u001B[1;5C',
	'alt+enter': '\u001B\r',
	'alt+backspace': '\u001B\u007F',
};

const bytesOf = (key: string): string => {
	const known = keys[key];
	if (known !== undefined) return known;
	const letter = key.at(-1) ?? '';
	return key.startsWith('ctrl+') ? String.fromCharCode(letter.charCodeAt(0) & 0x1f) : `\u001B${letter}`;
};

/**
 * The composer after `keystrokes` came from the keyboard: text as it stands, keys in angle brackets (`<ctrl+a>`). Enter
 * is `<enter>` and submits, `<clear>` is what the first Ctrl+C does.
 */
export function type(keystrokes: string, start: ComposerState = emptyComposer): ComposerState {
	let state = start;
	for (const [, key, text] of keystrokes.matchAll(/<([a-z+]+)>|([^<]+)/g)) {
		if (key === 'enter') state = composerReducer(state, {type: 'submit'});
		else if (key === 'clear') state = composerReducer(state, {type: 'clear'});
		else {
			for (const event of new KeyParser().push(Buffer.from(key ? bytesOf(key) : (text ?? '')))) {
				const action = actionForKey(event);
				if (!action) throw new Error(`no action for ${JSON.stringify(event)}`);
				state = composerReducer(state, action);
			}
		}
	}
	return state;
}

/** The draft with `|` where its caret stands. */
export const drawn = ({text, caret}: ComposerState): string => `${text.slice(0, caret)}|${text.slice(caret)}`;

/** The draft, with its caret, that these keystrokes make. */
export const typed = (keystrokes: string, start?: ComposerState): string => drawn(type(keystrokes, start));
