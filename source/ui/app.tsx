import {Box} from 'ink';
import {countWaiting} from '../chat/scrollback.ts';
import {Composer} from './components/composer.tsx';
import {MessagePane} from './components/message-pane.tsx';
import {QuestionBox} from './components/question-box.tsx';
import {RecipientLine} from './components/recipient-line.tsx';
import {StatusLine} from './components/status-line.tsx';
import {TooSmall} from './components/too-small.tsx';
import {textOf} from './composer/composer.ts';
import {useScreen} from './hooks/use-screen.ts';
import {useViewport} from './hooks/use-viewport.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {layOutWindow} from './screen/window-layout.ts';

type Props = {
	readonly store: Store<ScreenState, ScreenAction>;
	/** Called with the answer to the question for a name. */
	readonly onName: (name: string) => void;
};

/** The whole window, from the top: status, conversation, recipients, composer. Exactly as high as the window. */
export function App({store, onName}: Props) {
	const state = useScreen(store);
	const layout = layOutWindow(state);
	const {rows, linesBelow} = useViewport(state, layout.paneRows);
	const {chat, size, theme, question} = state;
	if (layout.isTooSmall) return <TooSmall size={size} />;
	return (
		<Box flexDirection="column" width={size.columns} height={size.rows}>
			<StatusLine
				columns={size.columns}
				address={state.address}
				login={state.login}
				isHosting={state.isHosting}
				seen={chat.seen}
				people={chat.people}
				lookAlikes={chat.lookAlikes}
				connection={chat.connection}
				now={state.now}
				theme={theme}
			/>
			<MessagePane rows={rows} />
			{question ? (
				<QuestionBox
					// Another question is another box: a name that was typed for one is no answer to the next.
					key={question.kind === 'name' ? question.reason : question.kind}
					question={question}
					columns={size.columns}
					waiting={countWaiting(chat.scrollback)}
					isHosting={state.isHosting}
					isKeeping={state.isKeeping}
					onName={onName}
					theme={theme}
				/>
			) : (
				<>
					<RecipientLine
						columns={size.columns}
						draft={textOf(state.composer)}
						seen={chat.seen}
						people={chat.people}
						lookAlikes={chat.lookAlikes}
						typing={chat.typing}
						hint={state.hint}
						linesBelow={linesBelow}
						theme={theme}
					/>
					<Composer rows={layout.composerRows} theme={theme} />
				</>
			)}
		</Box>
	);
}
