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
	/** Whether those lines are still there at the next start. */
	readonly isKeeping: boolean;
	readonly onName: (name: string) => void;
	readonly theme: Theme;
};

/** Two rows in place of recipients and composer: what is asked, and where it is answered. */
export function QuestionBox({question, columns, waiting, isHosting, isKeeping, onName, theme}: Props) {
	const [name, setName] = useState(question.kind === 'name' ? question.suggestion : '');
	const takeName = (text: string) => setName(cleanName(text));
	if (question.kind !== 'name') {
		const [words, keys] = wordsOf(question, {waiting, isHosting, isKeeping});
		return (
			<Box flexDirection="column" height={2}>
				<Text>{theme.warning(truncate(` ${words}`, columns))}</Text>
				<Text>{truncate(` ${keys}`, columns)}</Text>
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

type Circumstances = Pick<Props, 'waiting' | 'isHosting' | 'isKeeping'>;

function wordsOf(
	question: Exclude<Question, {readonly kind: 'name'}>,
	circumstances: Circumstances,
): readonly [words: string, keys: string] {
	switch (question.kind) {
		case 'leave':
			return askToLeave(circumstances);
		case 'stranger':
			return askToTrust(question);
		case 'stale':
			return askToSendAgain(question);
		case 'open-here':
			return [
				`"${sanitise(question.login)}" is open in another terminal here`,
				'y takes it over, n another name',
			];
		case 'taken-over':
			return [`"${sanitise(question.login)}" went on in another terminal`, 'y takes it back, n another name'];
	}
}

function askToSendAgain({
	count,
}: Question & {readonly kind: 'stale'}): readonly [words: string, keys: string] {
	const what = count === 1 ? 'An old line' : `${count} old lines`;
	return [`${what} may have arrived already: send again?`, 'y sends, n does not'];
}

function askToLeave({waiting, isHosting, isKeeping}: Circumstances): readonly [words: string, keys: string] {
	const others = isHosting ? 'Leave the chat that you host?' : 'Leave the chat?';
	const unsent = `${waiting} unsent ${waiting === 1 ? 'line' : 'lines'}`;
	const words =
		waiting === 0
			? others
			: `Leave? ${unsent} ${isKeeping ? 'will go out when you are back' : 'would be lost'}`;
	return [words, 'Enter leaves, any other key stays'];
}

function askToTrust({
	wants,
	waiting,
}: Question & {readonly kind: 'stranger'}): readonly [words: string, keys: string] {
	if (wants === 'lines')
		return [`Another host than before: send it ${linesOf(waiting)}?`, 'y sends, n does not'];
	return ['Another host than before wants a proof of your name: trust it?', 'y trusts it, n leaves'];
}

const linesOf = (count: number): string =>
	count === 1 ? 'the line that waits' : `the ${count} lines that wait`;

/** What was pasted may be anything. A little more than a name can have is kept, so that it is refused as too long. */
function cleanName(text: string): string {
	return [...text.slice(0, 4 * limits.loginCodePoints).replace(/\p{C}/gu, '')]
		.slice(0, limits.loginCodePoints + 8)
		.join('');
}
