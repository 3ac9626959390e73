import {Text} from 'ink';
import {memo} from 'react';
import {barRow, type Listed} from '../pane/conversation-list.ts';

type Props = Listed & {readonly columns: number};

/** The conversations in one row, where there is no room for a list. */
export const ConversationBar = memo(function ConversationBar({columns, ...listed}: Props) {
	return <Text>{barRow(listed, columns)}</Text>;
});
