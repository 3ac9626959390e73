import type {ChatLine} from '../../chat/chat-line.ts';
import {keyOf} from '../../chat/names.ts';
import {type Block, blocksOf} from '../text/message-blocks.ts';
import {sanitiseSegments} from '../text/sanitise.ts';
import {shownName} from '../text/shown-name.ts';
import type {Piece} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {deliveryMark} from './delivery-mark.ts';
import {headOf, headOfOwn} from './line-head.ts';
import type {LineOptions} from './line-rows.ts';

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

export function partsOf(line: ChatLine, {theme, columns, isGone, login, lookAlikes}: LineOptions): LineParts {
	switch (line.kind) {
		case 'message': {
			const styleHead = (part: string) =>
				isGone ? theme.dim(part) : theme.name(part, keyOf(line.from) ?? line.from);
			const blocks = blocksOf(line.text, `m${line.id}`);
			const from = shownName(line.from, lookAlikes);
			const head = login === undefined ? headOf(from, line, columns, lookAlikes) : `${from}: `;
			return {head, styleHead, blocks, styleText: asIs, mark: ''};
		}
		case 'own': {
			const head = login === undefined ? headOfOwn(line.to, columns, lookAlikes) : `${shownName(login)}: `;
			const mark = deliveryMark(line, columns, lookAlikes);
			const blocks = blocksOf(line.text, `m${line.id}`);
			return {head, styleHead: theme.ownName, blocks, styleText: asIs, mark};
		}
		case 'notice': {
			const blocks = [{pieces: sanitiseSegments(line.text), isVerbatim: false}];
			return {head: '', styleHead: asIs, blocks, styleText: theme.dim, mark: ''};
		}
	}
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
