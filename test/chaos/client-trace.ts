import {existsSync, readFileSync} from 'node:fs';

/**
 * What a client was told, a JSON value a line; each is written before the client does anything else. `number` is that of
 * a line of its own, `at` in ms since 1970, with fractions.
 */
export type TraceEvent =
	/** It has started, with these messages, by their ids, and these own lines that still wait. */
	| {readonly type: 'started'; readonly messages: readonly string[]; readonly outbox: readonly number[]}
	| {readonly type: 'phase'; readonly phase: string; readonly reason?: string}
	/** It is about to say this. */
	| {readonly type: 'said'; readonly number: number; readonly to: readonly string[]}
	/** That line is in the outbox on disk: from now on it may not get lost. */
	| {readonly type: 'kept'; readonly number: number}
	| {readonly type: 'accepted' | 'refused' | 'unsure' | 'written'; readonly number: number}
	| {readonly type: 'told'; readonly number: number; readonly to: string; readonly state: string}
	| {readonly type: 'message'; readonly id: string; readonly from: string; readonly text: string}
	| {readonly type: 'notice'; readonly text: string};

export type Traced = TraceEvent & {readonly at: number};

/** Reads a trace; its last line may be half a line, as who wrote it may have been killed. */
export const readTrace = (file: string): readonly Traced[] => {
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
	return lines.map(line => JSON.parse(line) as Traced);
};
