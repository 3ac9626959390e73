import {Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** As `recipientRow` makes it, or those of a hint. */
	readonly rows: readonly string[];
};

/** What stands above the composer: whom the draft goes to, before it goes; or what keeps it here. */
export const RecipientLine = memo(function RecipientLine({rows}: Props) {
	return <Text>{rows.join('\n')}</Text>;
});
