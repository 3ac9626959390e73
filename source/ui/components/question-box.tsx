import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {limits} from '../../protocol/limits.ts';
import type {Question} from '../screen/screen-state.ts';
import {sanitise} from '../text/sanitise.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';

type Props = {
	readonly question: Question;
	readonly columns: number;
	/** Own lines that were never written to a host. */
	readonly waiting: number;
	/** Whether the chat of the others lives in this process. */
	readonly isHosting: boolean;
	readonly onName: (name: string) => void;
	readonly theme: Theme;
};

/** Two rows in place of recipients and composer: what is asked, and where it is answered. */
export function QuestionBox({question, columns, waiting, isHosting, onName, theme}: Props) {
	const [name, setName] = useState(question.kind === 'name' ? question.suggestion : '');
	const takeName = (text: string) => setName(cleanName(text));
	if (question.kind === 'leave') {
		const lost = `${waiting} unsent ${waiting === 1 ? 'line' : 'lines'} would be lost`;
		const others = isHosting ? ' Leave the chat that you host?' : ' Leave the chat?';
		const words = waiting === 0 ? others : ` Leave? ${lost}`;
		return (
			<Box flexDirection="column" height={2}>
				<Text>{theme.warning(truncate(words, columns))}</Text>
				<Text>{truncate(' Enter leaves, any other key stays', columns)}</Text>
			</Box>
		);
	}
	return (
		<Box flexDirection="column" height={2}>
			<Text>{theme.warning(truncate(` ${sanitise(question.problem ?? question.reason)}`, columns))}</Text>
			<Box height={1}>
				<Box flexShrink={0}>
					<Text>{' your name: '}</Text>
				</Box>
				{/* A name that is wider than its room is wrapped: what is seen of it is the row that is being typed. */}
				<Box flexDirection="column" height={1} justifyContent="flex-end" overflow="hidden">
					<Box flexShrink={0}>
						<TextInput value={name} onChange={takeName} onSubmit={onName} />
					</Box>
				</Box>
			</Box>
		</Box>
	);
}

/** What was pasted may be anything. A little more than a name can have is kept, so that it is refused as too long. */
function cleanName(text: string): string {
	return [...text.slice(0, 4 * limits.loginCodePoints).replace(/\p{C}/gu, '')]
		.slice(0, limits.loginCodePoints + 8)
		.join('');
}
