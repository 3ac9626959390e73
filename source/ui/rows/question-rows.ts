import type {Question} from '../screen/screen-state.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import {maxSentenceRows, sentenceRows} from './sentence-rows.ts';

export type QuestionRowsProps = {
	readonly question: Question;
	readonly columns: number;
	/** Rows that there are for it; 4 at least. */
	readonly room: number;
	/** Own lines that were never written to a host. */
	readonly waiting: number;
	/** Whether the chat of the others lives in this process. */
	readonly isHosting: boolean;
	/** Whether those lines are still there at the next start. */
	readonly isKeeping: boolean;
	/** The end of what is being written, which waits meanwhile. */
	readonly draft: string;
};

/** The rows of a question, each cut to the width. */
export type QuestionRows = {
	readonly asked: readonly string[];
	/** How it is answered; where a name is asked for, the one row that it is typed in. */
	readonly answer: readonly string[];
};

/** What stands in front of the name that is being typed. */
const namePrompt = ' your name: ';

/** Rows that the keys of an answer have at most. */
const maxKeyRows = 2;

/** Cells behind the keys that are worth beginning with what waits in: else the keys would be cut for it. */
const minDraftColumns = 12;

/** In place of recipients and composer: what is asked, and where or how it is answered, which is never cut off. */
export function questionRows({
	question,
	columns,
	room,
	draft,
	...circumstances
}: QuestionRowsProps): QuestionRows {
	const isName = question.kind === 'name';
	const [words, keys] = isName
		? [sanitise(question.problem ?? question.reason), '']
		: wordsOf(question, circumstances);
	const answer = isName ? [namePrompt] : [...sentenceRows(keys, columns, maxKeyRows)];
	const [line = ''] = isName || question.kind === 'leave' ? [] : draft.split('\n').slice(-1);
	const hasRoom = columns - displayWidth(answer.at(-1) ?? '') >= minDraftColumns;
	if (line !== '' && hasRoom) answer.push(truncate(`${answer.pop()} · waits: ${sanitise(line)}`, columns));
	return {asked: sentenceRows(words, columns, Math.min(maxSentenceRows, room - answer.length)), answer};
}

type Words = readonly [words: string, keys: string];
type Circumstances = Pick<QuestionRowsProps, 'waiting' | 'isHosting' | 'isKeeping'>;

function wordsOf(question: Exclude<Question, {readonly kind: 'name'}>, circumstances: Circumstances): Words {
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

function askToSendAgain({count}: Question & {readonly kind: 'stale'}): Words {
	const what = count === 1 ? 'An old line' : `${count} old lines`;
	return [`${what} may have arrived already: send again?`, 'y sends, n does not'];
}

function askToLeave({waiting, isHosting, isKeeping}: Circumstances): Words {
	const others = isHosting ? 'Leave the chat that you host?' : 'Leave the chat?';
	const unsent = `${waiting} unsent ${waiting === 1 ? 'line' : 'lines'}`;
	const words =
		waiting === 0
			? others
			: `Leave? ${unsent} ${isKeeping ? 'will go out when you are back' : 'would be lost'}`;
	return [words, 'Enter leaves, any other key stays'];
}

function askToTrust({wants, waiting}: Question & {readonly kind: 'stranger'}): Words {
	if (wants === 'lines')
		return [`Another host than before: send it ${linesOf(waiting)}?`, 'y sends, n does not'];
	return ['Another host than before wants a proof of your name: trust it?', 'y trusts it, n leaves'];
}

const linesOf = (count: number): string =>
	count === 1 ? 'the line that waits' : `the ${count} lines that wait`;
