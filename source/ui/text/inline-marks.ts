import {linkAt} from './links.ts';
import type {Segment} from './sanitise.ts';
import type {Piece} from './wrap.ts';

/** How a part of a text is meant to look, by the marks that its writer has put around it. */
export type Look = {
	readonly isStrong?: boolean;
	readonly isEmphasised?: boolean;
	readonly isCode?: boolean;
	/** The marks themselves, and what is quoted. */
	readonly isQuiet?: boolean;
	readonly link?: {readonly target: string; readonly id: string};
};

const sign: Look = {isQuiet: true};
const code: Look = {isCode: true};

/** What can begin something; a text without it has no marks, and most have none. */
const special = /`+|\*+|_+|https?:\/\//gi;

const opensBehind = /[\s([{"'“‘«]/u;
const closesBefore = /[\s.,;:!?…)\]}"'”’»]/u;
/** What belongs to the character before it, and would be torn off. */
const joinsBefore = /[\p{M}\u200D]/u;
const isBlank = (character: string | undefined): boolean => character === undefined || character === ' ';

/**
 * The pieces of a sanitised line with the looks that its marks ask for: `code`, *strong* or **strong**, _emphasised_, and
 * addresses of pages. The marks stay, quietly: what is copied is what was written, and nobody can hide anything in them.
 * Only around whole words are they marks, so `snake_case`, `2*3*4` and paths stay as they are.
 *
 * @param linkPrefix what the ids of links begin with; letters, digits and `-`
 */
export function markInline(segments: readonly Segment[], linkPrefix: string): readonly Piece[] {
	const marker = new Marker(linkPrefix);
	return segments.flatMap((segment, index) =>
		segment.isToken ? [segment] : marker.mark(segment.text, {}, segments[index + 1] !== undefined),
	);
}

class Marker {
	readonly #linkPrefix: string;
	#links = 0;

	constructor(linkPrefix: string) {
		this.#linkPrefix = linkPrefix;
	}

	/** @param isCutOff whether a token follows */
	mark(text: string, look: Look, isCutOff: boolean): readonly Piece[] {
		const pieces: Piece[] = [];
		// Marks that are known to be closed nowhere further on: looking again would take the square of the length.
		const hopeless = new Set<string>();
		let from = 0;
		const put = (part: string, its: Look) => {
			if (part === '') return;
			const isPlain = Object.keys(its).length === 0;
			pieces.push(isPlain ? {text: part, isToken: false} : {text: part, isToken: false, look: its});
		};
		special.lastIndex = 0;
		for (let found = special.exec(text); found; found = special.exec(text)) {
			const [opening] = found;
			const start = found.index;
			let end = start + opening.length;
			const link = opening.length > 3 && opening.endsWith('/') ? linkAt(text, start, isCutOff) : undefined;
			if (link !== undefined) {
				end = start + link.length;
				put(text.slice(from, start), look);
				put(link, {...look, link: {target: link, id: `${this.#linkPrefix}-${++this.#links}`}});
				from = end;
			} else if (!hopeless.has(opening) && !has(look, opening) && opens(text, start, opening)) {
				const close = closeOf(text, end, opening);
				const inner = text.slice(end, close);
				if (close === undefined) hopeless.add(opening);
				else if (isWordOfMarks(inner, opening)) end = close;
				else {
					put(text.slice(from, start), look);
					put(opening, sign);
					if (opening.startsWith('`')) put(inner, code);
					else pieces.push(...this.mark(inner, {...look, ...lookOf(opening)}, false));
					put(opening, sign);
					from = close + opening.length;
					end = from;
				}
			}
			special.lastIndex = end;
		}
		put(text.slice(from), look);
		return pieces;
	}
}

const lookOf = (opening: string): Look => (opening === '_' ? {isEmphasised: true} : {isStrong: true});

/** Whether this is marked so already: then a mark within it stays as it is, which also bounds how deep marks nest. */
const has = (look: Look, opening: string): boolean =>
	(opening === '_' ? look.isEmphasised : look.isStrong) === true;

const isMark = (run: string): boolean => run === '*' || run === '**' || run === '_';

function opens(text: string, start: number, run: string): boolean {
	const [before, after] = [text[start - 1], text[start + run.length]];
	if (isBlank(after) ? !run.startsWith('`') : joinsBefore.test(after ?? '')) return false;
	return run.startsWith('`') || (isMark(run) && (before === undefined || opensBehind.test(before)));
}

/** Where the run that closes this one begins. */
function closeOf(text: string, from: number, run: string): number | undefined {
	const character = run[0] as string;
	for (let at = text.indexOf(run, from + 1); at !== -1; at = text.indexOf(run, at)) {
		let end = at;
		while (text[end] === character) end++;
		const after = text[end];
		const isExact = end - at === run.length && text[at - 1] !== character;
		if (isExact && character === '`' && !joinsBefore.test(after ?? '')) return at;
		if (isExact && !isBlank(text[at - 1]) && (after === undefined || closesBefore.test(after))) return at;
		at = end;
	}
	return undefined;
}

/** A single word with the mark within it, as `_private_name_`, is a name and not emphasised. */
const isWordOfMarks = (inner: string, run: string): boolean =>
	!run.startsWith('`') && inner.includes(run) && !inner.includes(' ');
