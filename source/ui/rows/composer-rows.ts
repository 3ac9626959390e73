import {composerPrompt} from '../screen/window-layout.ts';
import type {Theme} from '../theme.ts';

export type ComposerRowsProps = {
	/** The rows of the draft that are visible, cut to the width. */
	readonly rows: readonly string[];
	readonly theme: Theme;
};

/** The draft behind its prompt. */
export function composerRows({rows, theme}: ComposerRowsProps): readonly string[] {
	const margin = ' '.repeat(composerPrompt.length);
	return rows.map((row, index) => theme.strong(index === 0 ? composerPrompt : margin) + row);
}
