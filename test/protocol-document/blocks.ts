import {readFileSync} from 'node:fs';
import path from 'node:path';

export const documentText = readFileSync(path.resolve(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

/** The lines of each fenced block. */
export const blocks: readonly (readonly string[])[] = [
	...documentText.matchAll(/^```[^\n]*\n(.*?)^```$/gms),
].map(([, text = '']) => text.split('\n').slice(0, -1));

/** One line of a dialogue: who stands at its beginning, and what is said. */
export type Said = {
	/** Whom it is about: the client that the dialogue is of, or somebody by name. */
	readonly who: string;
	readonly isFromServer: boolean;
	readonly line: string;
};

const client = 'C';
const server = 'S';

/** A block that is a dialogue of a client with a server; undefined if it is something else. */
export const readDialogue = (lines: readonly string[]): readonly Said[] | undefined => {
	const said = lines.map(line => /^(C|S|[a-z]+ [<>]) +(\S.*)$/.exec(line));
	if (said.some(found => found === null)) return undefined;
	return said.map(found => {
		const [, start = '', line = ''] = found ?? [];
		const [name = '', sign] = start.split(' ');
		if (sign !== undefined) return {who: name, isFromServer: sign === '<', line};
		return {who: client, isFromServer: start === server, line};
	});
};
