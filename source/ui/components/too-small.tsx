import {Box, Text} from 'ink';
import type {WindowSize} from '../terminal/terminal.ts';
import {truncate} from '../text/wrap.ts';

type Props = {readonly size: WindowSize};

/** Said in as few letters as possible, since that is what there is room for. */
export function TooSmall({size}: Props) {
	const lines = ['window too', 'small: make', 'it 20×5'].slice(0, size.rows);
	return (
		<Box flexDirection="column" height={size.rows}>
			{lines.map(line => (
				<Text key={line}>{truncate(line, size.columns)}</Text>
			))}
		</Box>
	);
}
