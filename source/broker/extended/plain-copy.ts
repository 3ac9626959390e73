import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import {formatDelivery} from '../../protocol/plain.ts';
import type {Message} from '../store/store.ts';

/** The lines of a plain server that say what a message says, each with its LF. */
export const plainCopy = ({
	from,
	text,
	isLong,
	isAction,
}: Pick<Message, 'from' | 'text' | 'isLong' | 'isAction'>): Buffer[] => {
	const said = isLong ? (splitLines(text) ?? text).split('\n') : [text];
	return said.map((line, at) => {
		const shown = withoutControls(`${isAction && at === 0 ? '* ' : ''}${line}`);
		return Buffer.from(`${formatDelivery(from, shown)}\n`);
	});
};
