import {Box, Text} from 'ink';

type Props = {
	/** As `tooSmallRows` makes them. */
	readonly rows: readonly string[];
};

/** The whole of a window in which nothing else has room. */
export function TooSmall({rows}: Props) {
	return (
		<Box flexDirection="column" height={rows.length}>
			<Text>{rows.join('\n')}</Text>
		</Box>
	);
}
