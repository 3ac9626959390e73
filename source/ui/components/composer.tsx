import {Box, Text} from 'ink';
import {memo} from 'react';
import {composerPrompt} from '../screen/window-layout.ts';
import type {Theme} from '../theme.ts';

type Props = {
	/** The rows of the draft that are visible, cut to the width. */
	readonly rows: readonly string[];
	readonly theme: Theme;
};

/** The input box. The cursor in it is the terminal's own; the painter puts it there. */
export const Composer = memo(function Composer({rows, theme}: Props) {
	return (
		<Box flexDirection="column" height={rows.length}>
			{rows.map((row, index) => (
				// Rows have no identity but their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: see above
				<Text key={index} wrap="truncate">
					{theme.strong(index === 0 ? composerPrompt : ' '.repeat(composerPrompt.length))}
					{row}
				</Text>
			))}
		</Box>
	);
});
