import {limits} from '../protocol/limits.ts';
import {loginKey, parseLogin} from '../protocol/login.ts';
import {formatPost, parsePost} from '../protocol/plain.ts';
import {type People, type Presence, presenceOf} from './people.ts';

/** Whom a draft would go to, or what keeps it from being sent. */
export type Addressing =
	| {
			readonly ok: true;
			readonly to: readonly string[];
			/** What is said, a line each; a draft of several lines goes out as so many. */
			readonly texts: readonly string[];
	  }
	| {
			readonly ok: false;
			readonly problem: 'empty' | 'no-recipient' | 'bad-name' | 'too-many' | 'too-long';
			readonly detail?: string;
	  };

/**
 * Reads a draft as `bob, carol: text`; further lines of it go to the same people. Line ends behind the last line, as
 * most pasted texts have them, are no lines.
 */
export function readAddressing(draft: string): Addressing {
	if (draft.trim() === '') return {ok: false, problem: 'empty'};
	const [first = '', ...rest] = draft.trimEnd().split('\n');
	const post = parsePost(first);
	if (!post || post.to.length === 0) return {ok: false, problem: 'no-recipient'};
	for (const name of post.to) {
		const result = parseLogin(name);
		if (!result.ok) return {ok: false, problem: 'bad-name', detail: result.problem};
	}
	const to = withoutDoubles(post.to);
	if (to.length > limits.destinations) return {ok: false, problem: 'too-many'};
	const texts = post.text === '' && rest.length > 0 ? rest : [post.text, ...rest];
	const overhead = Buffer.byteLength(formatPost(to, ''));
	if (texts.some(text => Buffer.byteLength(text) + overhead > limits.plainLineBytes)) {
		return {ok: false, problem: 'too-long'};
	}
	return {ok: true, to, texts};
}

/** Tells for each recipient whether that person is here; where nobody knows, whether the name was ever seen. */
export function describeRecipients(
	to: readonly string[],
	seen: readonly string[],
	people: People | undefined,
): readonly {readonly name: string; readonly presence: Presence; readonly isSeen: boolean}[] {
	const keys = new Set(seen.map(loginKey));
	return to.map(name => ({name, presence: presenceOf(people, name), isSeen: keys.has(loginKey(name))}));
}

/** Names to complete from: who spoke, the latest first, then whoever else is here. */
export function knownNames(seen: readonly string[], people: People | undefined): readonly string[] {
	if (people === undefined) return seen;
	const keys = new Set(seen.map(loginKey));
	return [...seen, ...[...people].flatMap(([key, {login}]) => (keys.has(key) ? [] : [login]))];
}

function withoutDoubles(names: readonly string[]): readonly string[] {
	return [...new Map(names.map(name => [loginKey(name), name])).values()];
}
