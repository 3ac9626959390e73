import {Box} from 'ink';
import {Composer} from './components/composer.tsx';
import {ConversationBar} from './components/conversation-bar.tsx';
import {MessagePane} from './components/message-pane.tsx';
import {QuestionBox} from './components/question-box.tsx';
import {RecipientLine} from './components/recipient-line.tsx';
import {StatusLine} from './components/status-line.tsx';
import {TooSmall} from './components/too-small.tsx';
import {useScreen} from './hooks/use-screen.ts';
import type {Chrome} from './screen/chrome.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {viewWindow} from './screen/window-view.ts';

type Props = {
	readonly store: Store<ScreenState, ScreenAction>;
	/** Called with the answer to the question for a name. */
	readonly onName: (name: string) => void;
};

/** The whole window, from the top: status, conversation, recipients, composer. Exactly as high as the window. */
export function App({store, onName}: Props) {
	const {chrome, middle} = viewWindow(useScreen(store));
	return <Window chrome={chrome} middle={middle} onName={onName} />;
}

type WindowProps = Pick<Props, 'onName'> & {
	readonly chrome: Chrome;
	/** The rows of the conversation; none where the painter puts them between the other rows by itself. */
	readonly middle?: readonly string[];
};

/** What is around the conversation, and the conversation if it is given. */
export function Window({chrome, middle = [], onName}: WindowProps) {
	const {columns, tooSmall, status, bar, asked, recipients, composer} = chrome;
	if (tooSmall) return <TooSmall rows={tooSmall} />;
	return (
		<Box flexDirection="column" width={columns}>
			<StatusLine row={status} />
			{bar !== undefined && <ConversationBar row={bar} />}
			{middle.length > 0 && <MessagePane rows={middle} />}
			{asked ? (
				<QuestionBox key={asked.key} asked={asked} onName={onName} />
			) : (
				<>
					<RecipientLine rows={recipients} />
					<Composer rows={composer} />
				</>
			)}
		</Box>
	);
}
