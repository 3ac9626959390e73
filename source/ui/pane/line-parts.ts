import type {ChatLine} from '../../chat/chat-line.ts';
import {keyOf} from '../../chat/names.ts';
import {type Block, blocksOf} from '../text/message-blocks.ts';
import {sanitise, sanitiseSegments} from '../text/sanitise.ts';
import type {Piece} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {deliveryMark} from './delivery-mark.ts';

/** The parts of a line, before they are put into rows. */
export type LineParts = {
	/** What stands in front of the text, with no styles in it. */
	readonly head: string;
	readonly styleHead: (text: string) => string;
	readonly blocks: readonly Block[];
	readonly styleText: (text: string) => string;
	/** What became of it; empty if there is nothing to tell. */
	readonly mark: string;
};

const asIs = (text: string): string => text;

export type PartsOptions = {
	/** Whoever said it, as it may be printed. */
	readonly from: string;
	readonly theme: Theme;
	readonly columns: number;
	/** Whether that person is known not to be here any more. */
	readonly isGone?: boolean | undefined;
	/** Our own login in a conversation, where nobody has to be told whom a line is for; undefined elsewhere. */
	readonly self?: string | undefined;
};

export function partsOf(line: ChatLine, {from, theme, columns, isGone, self}: PartsOptions): LineParts {
	switch (line.kind) {
		case 'message': {
			const styleHead = (part: string) =>
				isGone ? theme.dim(part) : theme.name(part, keyOf(line.from) ?? line.from);
			const blocks = blocksOf(line.text, `m${line.id}`);
			return {
				head: `${self === undefined ? headOf(from, line.to) : from}: `,
				styleHead,
				blocks,
				styleText: asIs,
				mark: '',
			};
		}
		case 'own': {
			const head = `${self === undefined ? `→ ${line.to.map(sanitise).join(', ')}` : sanitise(self)}: `;
			const blocks = blocksOf(line.text, `m${line.id}`);
			return {head, styleHead: theme.ownName, blocks, styleText: asIs, mark: deliveryMark(line, columns)};
		}
		case 'notice': {
			const blocks = [{pieces: sanitiseSegments(line.text), isVerbatim: false}];
			return {head: '', styleHead: asIs, blocks, styleText: theme.dim, mark: ''};
		}
	}
}

/** Who said it; and to whom, if others got it too. */
function headOf(from: string, to: readonly string[] = []): string {
	const isForMore = to.length > 1 || to.some(name => name.startsWith('#'));
	return isForMore ? `${from} → ${to.map(sanitise).join(', ')}` : from;
}

/** A piece as it is written to the terminal. */
export function stylePiece({text, isToken, look}: Piece, theme: Theme, styleText = asIs): string {
	if (isToken || look?.isQuiet) return theme.dim(text);
	if (look === undefined) return styleText(text);
	let styled = look.link ? theme.link(text, look.link.target, look.link.id) : text;
	if (look.isCode) styled = theme.code(styled);
	if (look.isEmphasised) styled = theme.emphasis(styled);
	return look.isStrong ? theme.strong(styled) : styled;
}
