import {Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** As `barRow` makes it. */
	readonly row: string;
};

/** The conversations in one row, where there is no room for a list. */
export const ConversationBar = memo(function ConversationBar({row}: Props) {
	return <Text>{row}</Text>;
});
