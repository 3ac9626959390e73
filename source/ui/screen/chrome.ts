import {type Scrollback, waitedFor} from '../../chat/scrollback.ts';
import {membersOf} from '../../chat/views.ts';
import type {Overlay} from '../overlay/overlay.ts';
import {pageHeight} from '../overlay/page.ts';
import {barRow} from '../pane/conversation-list.ts';
import {composerRows} from '../rows/composer-rows.ts';
import {overlayRow} from '../rows/overlay-row.ts';
import type {QuestionRows} from '../rows/question-rows.ts';
import {recipientRow} from '../rows/recipient-row.ts';
import {statusRow} from '../rows/status-row.ts';
import {tooSmallRows} from '../rows/too-small-rows.ts';
import {searchRow} from '../search/search-row.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {addressingOf} from './addressing.ts';
import {lossOf} from './connection-lost.ts';
import {keepLast} from './keep-last.ts';
import type {Middle} from './middle.ts';
import type {Question, ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** A question as it is shown. */
export type Asked = {
	/** Another question is another box: a name that was typed for one is no answer to the next. */
	readonly key: string;
	/** What is asked, and how it is answered: where a name is, the last of them is the prompt. */
	readonly rows: readonly string[];
	/** The name that is there to begin with, if a name is asked for. */
	readonly suggestion: string | undefined;
};

/**
 * What is around the conversation, as rows that are styled and cut to the width. The same object as long as nothing of it
 * changes, so that a message that changes nothing but the conversation is no work for React.
 */
export type Chrome = {
	readonly columns: number;
	/** All there is of a window that is too small for anything else. */
	readonly tooSmall: readonly string[] | undefined;
	readonly status: string;
	/** The conversations, where there is no room for a list of them. */
	readonly bar: string | undefined;
	/** In place of recipients and composer. */
	readonly asked: Asked | undefined;
	/** The row above the composer; a hint may take more. */
	readonly recipients: readonly string[];
	readonly composer: readonly string[];
};

const keptStatus = keepLast(statusRow);
const keptBar = keepLast(barRow);
const keptAddressing = keepLast(addressingOf);
const keptRecipients = keepLast(recipientRow);
const keptOverlay = keepLast(overlayRow);
const keptWaiting = keepLast(({scrollback}: {readonly scrollback: Scrollback}) => waitedFor(scrollback));
const keptComposer = keepLast(composerRows);
const keptTooSmall = keepLast(tooSmallRows);
const keptHint = keepLast(({rows, theme}: {readonly rows: readonly string[]; readonly theme: Theme}) =>
	rows.map(theme.warning),
);
const keptRow = keepLast(({row}: {readonly row: string}): readonly string[] => [row]);
const keptAsked = keepLast((asked: Asked) => asked);
const keptAskedRows = keepLast(
	({asked, answer, theme}: QuestionRows & {readonly theme: Theme}): readonly string[] => [
		...asked.map(theme.warning),
		...answer,
	],
);
const keptChrome = keepLast((chrome: Chrome) => chrome);

/** What is around the conversation, of which `linesBelow` lines are out of sight. */
export function chromeOf(state: ScreenState, layout: WindowLayout, {linesBelow}: Middle): Chrome {
	const {chat, size, theme} = state;
	const {columns} = size;
	if (layout.isTooSmall) return keptChrome({...empty, columns, tooSmall: keptTooSmall(size)});
	const status = keptStatus({
		columns,
		address: state.address,
		login: state.login,
		away: state.away,
		isHosting: state.isHosting,
		seen: chat.seen,
		// Until the list has come again who was here is the best that is known, and the row stays as it was.
		people: chat.people ?? chat.peopleBefore,
		lookAlikes: chat.lookAlikes,
		connection: chat.connection,
		loss: lossOf(state),
		now: state.now,
		theme,
	});
	const bar = layout.hasBar
		? keptBar({
				conversations: chat.conversations,
				open: chat.open,
				lookAlikes: chat.lookAlikes,
				drafts: state.drafts,
				theme,
				columns,
			})
		: undefined;
	const {question, search, overlay} = state;
	if (question && layout.question) {
		const asked = askedOf(question, layout.question, theme);
		return keptChrome({...empty, columns, status, bar, asked});
	}
	const composer = keptComposer({rows: layout.composerRows, theme});
	if (layout.hintRows.length > 0) {
		const recipients = keptHint({rows: layout.hintRows, theme});
		return keptChrome({...empty, columns, status, bar, recipients, composer});
	}
	const row = search
		? searchRow({search, columns, theme}).row
		: overlay
			? overlayOf(state, overlay, layout)
			: keptRecipients({
					columns,
					addressing: keptAddressing({
						composer: state.composer,
						conversations: chat.conversations,
						open: chat.open,
						people: chat.people,
						seen: chat.seen,
						login: chat.login,
					}),
					members: membersOf(chat, chat.open),
					seen: chat.seen,
					people: chat.people,
					login: chat.login,
					isConnected: chat.connection.phase === 'open',
					lookAlikes: chat.lookAlikes,
					waiting: keptWaiting({scrollback: chat.scrollback}),
					typing: chat.typing,
					linesBelow,
					theme,
				});
	return keptChrome({...empty, columns, status, bar, recipients: keptRow({row}), composer});
}

function overlayOf(state: ScreenState, overlay: Overlay, {popup, popupRows, paneRows}: WindowLayout): string {
	const {size, theme, hint} = state;
	const first = popup?.items[popup.index]?.label ?? 'nobody and nothing of that name';
	// Where the choice has no rows of its own the chosen one stands here.
	const chosen = popupRows === 0 || popup?.items.length === 0 ? first : '';
	const hasMore = overlay.kind !== 'go' && overlay.row + paneRows < pageHeight(state);
	const found = overlay.kind === 'go' ? chosen : hasMore ? 'PageDown: more' : '';
	return keptOverlay({overlay, found: hint ?? found, columns: size.columns, theme});
}

/** The rows of the chrome without Ink: what stands above the conversation, and what below it. */
export function rowsOfChrome({columns, tooSmall, status, bar, asked, recipients, composer}: Chrome): {
	readonly above: readonly string[];
	readonly below: readonly string[];
} {
	if (tooSmall) return {above: tooSmall, below: []};
	const above = bar === undefined ? [status] : [status, bar];
	if (!asked) return {above, below: [...recipients, ...composer]};
	if (asked.suggestion === undefined) return {above, below: asked.rows};
	const prompt = asked.rows.at(-1) ?? '';
	return {above, below: [...asked.rows.slice(0, -1), truncate(prompt + asked.suggestion, columns)]};
}

/**
 * Whether something of it lives in a component of its own, with a state: then Ink has to draw. Everything else is rows,
 * which are the same by hand.
 */
export const needsInk = ({asked}: Chrome): boolean => asked?.suggestion !== undefined;

const empty = {
	tooSmall: undefined,
	status: '',
	bar: undefined,
	asked: undefined,
	recipients: [],
	composer: [],
} as const satisfies Partial<Chrome>;

function askedOf(question: Question, {asked, answer}: QuestionRows, theme: Theme): Asked {
	const isName = question.kind === 'name';
	return keptAsked({
		key: isName ? `${question.reason} ${question.emptied ?? 0}` : question.kind,
		rows: keptAskedRows({asked, answer, theme}),
		suggestion: isName ? question.suggestion : undefined,
	});
}
