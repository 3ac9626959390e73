import type {KeyEvent} from '../keys/key-event.ts';
import type {ComposerAction} from './composer-state.ts';

const move = (to: Extract<ComposerAction, {type: 'move'}>['to']): ComposerAction => ({type: 'move', to});
const kill = (to: Extract<ComposerAction, {type: 'kill'}>['to']): ComposerAction => ({type: 'kill', to});
const newline: ComposerAction = {type: 'insert', text: '\n'};
const deleteBackward: ComposerAction = {type: 'delete', direction: 'backward'};
const deleteForward: ComposerAction = {type: 'delete', direction: 'forward'};

/** The keys of readline and of the input boxes of chat clients, by `ctrl+`, `alt+`, `shift+` and the key's name. */
const actions: ReadonlyMap<string, ComposerAction> = new Map([
	['left', move('left')],
	['ctrl+b', move('left')],
	['right', move('right')],
	['ctrl+f', move('right')],
	['ctrl+left', move('word-left')],
	['alt+left', move('word-left')],
	['alt+b', move('word-left')],
	['ctrl+right', move('word-right')],
	['alt+right', move('word-right')],
	['alt+f', move('word-right')],
	['home', move('line-start')],
	['ctrl+a', move('line-start')],
	['end', move('line-end')],
	['ctrl+e', move('line-end')],
	['up', {type: 'up'}],
	['down', {type: 'down'}],
	['backspace', deleteBackward],
	['shift+backspace', deleteBackward],
	['ctrl+h', deleteBackward],
	['delete', deleteForward],
	['ctrl+d', deleteForward],
	['ctrl+k', kill('line-end')],
	['ctrl+u', kill('line-start')],
	['ctrl+w', kill('blank-word-start')],
	['alt+backspace', kill('word-start')],
	['ctrl+backspace', kill('word-start')],
	['alt+d', kill('word-end')],
	['alt+delete', kill('word-end')],
	['ctrl+delete', kill('word-end')],
	['ctrl+y', {type: 'yank'}],
	['ctrl+t', {type: 'transpose'}],
	['alt+enter', newline],
	['shift+enter', newline],
	['ctrl+j', newline],
]);

/** What a key does to the draft; `undefined` for the keys that belong to the window: Enter, Tab, Ctrl+C, PageUp. */
export function actionForKey(event: KeyEvent): ComposerAction | undefined {
	if (event.type === 'text') return {type: 'insert', text: event.text};
	if (event.type === 'paste') return {type: 'paste', text: event.text, isCut: event.isCut};
	if (event.type === 'focus') return undefined;
	const modifiers = `${event.ctrl ? 'ctrl+' : ''}${event.alt ? 'alt+' : ''}${event.shift ? 'shift+' : ''}`;
	return actions.get(modifiers + event.name);
}
