import {Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** As `recipientRow` makes it. */
	readonly row: string;
};

/** The row above the composer: whom the draft goes to, before it goes; or what keeps it here. */
export const RecipientLine = memo(function RecipientLine({row}: Props) {
	return <Text>{row}</Text>;
});
