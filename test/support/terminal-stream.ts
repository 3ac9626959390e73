import {type Allowed, allowedSequences, allowedStrings, inPlace} from './allowed-sequences.ts';

/** A piece of what a program writes to a terminal: printable text, or one control, escape or control string (ECMA-48). */
type StreamPiece = {
	readonly kind: 'text' | 'control' | 'escape' | 'csi' | 'string';
	readonly raw: string;
};

// The C1 controls stand for ESC and a letter, so each form is read in both. What breaks off is a lone control.
const piece = new RegExp(
	[
		'(?<csi>(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~])',
		'(?<string>(?:\\x1B[\\]PX^_]|[\\x90\\x98\\x9D-\\x9F])[^\\x07\\x18\\x1A\\x1B\\x9C]*(?:\\x07|\\x1B\\\\|\\x9C))',
		'(?<escape>\\x1B[ -/]*[0-Z\\\\`-~])',
		'(?<control>[\\x00-\\x1F\\x7F-\\x9F])',
		'(?<text>[^\\x00-\\x1F\\x7F-\\x9F]+)',
	].join('|'),
	'gu',
);

/** The pieces of `stream` in order; joined they are the stream again. */
const piecesOf = (stream: string): StreamPiece[] =>
	Array.from(stream.matchAll(piece), ({0: raw, groups = {}}) => {
		const [kind] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
		return {kind: kind as StreamPiece['kind'], raw};
	});

/** What nobody sees and what is no character; joiners and selectors are looked at by their place. */
const invisible =
	/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|\p{M}{7}/u;

const nameOf = (text: string): string =>
	Array.from(text, character =>
		/[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(character)
			? `<${character.codePointAt(0)?.toString(16).toUpperCase()}>`
			: character,
	).join('');

const isAllowed = ({kind, raw}: StreamPiece, allowed: readonly Allowed[]): boolean =>
	kind === 'string'
		? allowedStrings.some(({pattern}) => pattern.test(raw))
		: kind === 'csi' && raw.startsWith('\u001B[') && allowed.some(({pattern}) => pattern.test(raw.slice(2)));

/**
 * Everything in a stream to the terminal that is neither printable text nor a sequence of the list, each once, with its
 * invisible characters by number: `<1B>]0;owned<7>`. Empty if the stream parses wholly.
 */
export const strangersIn = (stream: string, allowed: readonly Allowed[] = allowedSequences): string[] => {
	const strangers = new Set<string>();
	for (const part of piecesOf(stream)) {
		if (part.kind !== 'text') {
			if (!isAllowed(part, allowed)) strangers.add(nameOf(part.raw));
			continue;
		}
		const rest = inPlace.reduce((text, {pattern}) => text.replace(pattern, ''), part.raw);
		const found = invisible.exec(rest)?.[0];
		if (found !== undefined) strangers.add(nameOf(found));
	}
	return [...strangers];
};

const link = /\x1B\]8;[^;]*;(?<target>[^\x07\x1B]+)(?:\x07|\x1B\\)(?<shown>.*?)\x1B\]8;;(?:\x07|\x1B\\)/gs;

/** The links in a stream of which what is shown is no part of where they lead, as `shown → target`. */
export const misleadingLinks = (stream: string): string[] =>
	Array.from(stream.matchAll(link), ({groups: {target = '', shown = ''} = {}}) => {
		const text = shown.replaceAll(/\x1B\[[\d;]*m/g, '');
		return text !== '' && target.includes(text) ? '' : `${nameOf(text)} → ${target}`;
	}).filter(Boolean);
