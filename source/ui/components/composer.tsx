import {Box, Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** The prompt and the rows of the draft that are visible, as `composerRows` makes them. */
	readonly rows: readonly string[];
};

/** The input box. The cursor in it is the terminal's own; the painter puts it there. */
export const Composer = memo(function Composer({rows}: Props) {
	return (
		<Box flexDirection="column" height={rows.length}>
			{rows.map((row, index) => (
				// Rows have no identity but their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: see above
				<Text key={index} wrap="truncate">
					{row}
				</Text>
			))}
		</Box>
	);
});
