import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {limits} from '../../protocol/limits.ts';
import type {Asked} from '../screen/chrome.ts';

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

type NamePromptProps = {
	readonly prompt: string;
	readonly suggestion: string;
	readonly onName: (name: string) => void;
};

function NamePrompt({prompt, suggestion, onName}: NamePromptProps) {
	const [name, setName] = useState(suggestion);
	const [refused, setRefused] = useState<string | undefined>(suggestion);
	// Whoever types at once wants another name, not more of what stands there; to change that one begin with Backspace.
	const takeName = (text: string) => {
		const isOther = refused !== undefined && text.startsWith(refused);
		setName(cleanName(isOther ? text.slice(refused.length) : text));
		setRefused(undefined);
	};
	const giveName = (text: string) => {
		setRefused(text);
		onName(text);
	};
	return (
		<Box height={1}>
			<Box flexShrink={0}>
				<Text>{prompt}</Text>
			</Box>
			{/* A name that is wider than its room is wrapped: what is seen of it is the row that is being typed. */}
			<Box flexDirection="column" height={1} justifyContent="flex-end" overflow="hidden">
				<Box flexShrink={0}>
					<TextInput value={name} onChange={takeName} onSubmit={giveName} />
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
