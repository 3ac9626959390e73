import {Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** As `statusRow` makes it. */
	readonly row: string;
};

/** The first row of the window: where, as whom, how it stands with the connection, and who is there. */
export const StatusLine = memo(function StatusLine({row}: Props) {
	return <Text>{row}</Text>;
});
