import {Box, Text} from 'ink';
import type {Asked} from '../screen/chrome.ts';
import {NamePrompt} from './name-prompt.tsx';

type Props = {
	readonly asked: Asked;
	readonly onName: (name: string) => void;
};

/** In place of recipients and composer: what is asked, and where or how it is answered. */
export function QuestionBox({asked: {rows, suggestion}, onName}: Props) {
	if (suggestion === undefined) return <Text>{rows.join('\n')}</Text>;
	return (
		<Box flexDirection="column" height={rows.length}>
			<Text>{rows.slice(0, -1).join('\n')}</Text>
			<NamePrompt prompt={rows.at(-1) ?? ''} suggestion={suggestion} onName={onName} />
		</Box>
	);
}
