import type {WindowSize} from '../terminal/terminal.ts';
import {truncate} from '../text/wrap.ts';

/** Said in as few letters as possible, since that is what there is room for; as many rows as the window has. */
export function tooSmallRows({columns, rows}: WindowSize): readonly string[] {
	const words = ['window too', 'small: make', 'it 20×5'];
	return Array.from({length: rows}, (_, row) => truncate(words[row] ?? '', columns));
}
