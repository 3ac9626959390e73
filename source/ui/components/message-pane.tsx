import {Box, Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** The rows of the pane, styled and cut to its width, as many as it has. */
	readonly rows: readonly string[];
};

/** The conversation. Its rows are laid out once for each line and width, so that Ink has nothing left to measure. */
export const MessagePane = memo(function MessagePane({rows}: Props) {
	return (
		<Box flexDirection="column" height={rows.length}>
			{/* A row of its own for an empty text: Ink gives an empty one no height. */}
			<Text wrap="truncate">{rows.map(row => row || ' ').join('\n')}</Text>
		</Box>
	);
});
