import {Box, Text} from 'ink';
import type {Asked} from '../screen/chrome.ts';
import {NamePrompt} from './name-prompt.tsx';

type Props = {
	readonly asked: Asked;
	readonly onName: (name: string) => void;
};

/** Two rows in place of recipients and composer: what is asked, and where it is answered. */
export function QuestionBox({asked, onName}: Props) {
	const [question, answer] = asked.rows;
	return (
		<Box flexDirection="column" height={2}>
			<Text>{question}</Text>
			{asked.suggestion === undefined ? (
				<Text>{answer}</Text>
			) : (
				<NamePrompt prompt={answer} suggestion={asked.suggestion} onName={onName} />
			)}
		</Box>
	);
}
