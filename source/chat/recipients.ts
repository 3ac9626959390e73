import {parseRoom} from '../protocol/extended/room.ts';
import {limits} from '../protocol/limits.ts';
import {loginKey, parseLogin} from '../protocol/login.ts';
import {formatPost, parsePost} from '../protocol/plain.ts';
import {memberKeyOf} from './names.ts';
import {type People, type Presence, presenceOf} from './people.ts';

/** Whom a draft would go to, or what keeps it from being sent. */
export type Addressing =
	| {
			readonly ok: true;
			readonly to: readonly string[];
			/** What is said, a line each. */
			readonly texts: readonly string[];
			/** Names in front of it that nobody knows: perhaps it was meant for them, and perhaps they are words. */
			readonly doubt?: readonly string[];
			/** Whether it tells what somebody does. */
			readonly isAction?: boolean;
	  }
	| {
			readonly ok: false;
			/** `command`: it is something to do. */
			readonly problem: 'empty' | 'no-recipient' | 'bad-name' | 'too-many' | 'too-long' | 'command';
			/** What is wrong; of `no-recipient`: how to say it to somebody, in words of its own. */
			readonly detail?: string;
	  };

/**
 * Reads a draft as `bob, carol: text`; further lines of it go to the same people. Line ends behind the last line, as
 * most pasted texts have them, are no lines.
 */
export function readAddressing(draft: string): Addressing {
	if (draft.trim() === '') return {ok: false, problem: 'empty'};
	const [first = '', ...rest] = draft.trimEnd().split('\n');
	const post = postIn(first);
	if (!post || post.to.length === 0) return {ok: false, problem: 'no-recipient'};
	for (const name of post.to) {
		const result = name.startsWith('#') ? parseRoom(name) : parseLogin(name);
		if (!result.ok) return {ok: false, problem: 'bad-name', detail: result.problem};
	}
	const to = withoutDoubles(post.to);
	if (to.length > limits.destinations) return {ok: false, problem: 'too-many'};
	const texts = post.text === '' && rest.length > 0 ? rest : [post.text, ...rest];
	return checkLength(to, texts);
}

/**
 * Reads a draft in a conversation: names in front of it mean other recipients only if some of them are known, since
 * `note: call carol` is a text. Else all of it is said there, with a doubt about it.
 *
 * @param members whom the conversation is with; nobody where everything is shown
 */
export function readDraft(
	draft: string,
	members: readonly string[],
	isKnown: (name: string) => boolean,
): Addressing {
	if (members.length === 0) return readAddressing(draft);
	if (draft.trim() === '') return {ok: false, problem: 'empty'};
	const texts = draft.trimEnd().split('\n');
	const post = postIn(texts[0] ?? '');
	if (post?.to.some(isKnown)) return readAddressing(draft);
	const checked = checkLength(members, texts);
	const isAddress = post && post.to.length > 0 && addressLike.test(texts[0] ?? '');
	return checked.ok && isAddress && post.to.every(isName) ? {...checked, doubt: post.to} : checked;
}

/** A link is a text, also where somebody calls himself `https` to be sent all that are pasted. */
const postIn = (line: string) => (/^\s*[a-z][a-z\d+.-]*:\/\//i.test(line) ? undefined : parsePost(line));

/** A colon as it stands behind names; a link has no space there. */
const addressLike = /^[^:]*:(?:\s|$)/;

const isName = (name: string): boolean => memberKeyOf(name) !== undefined;

const checkLength = (to: readonly string[], texts: readonly string[]): Addressing => {
	const overhead = Buffer.byteLength(formatPost(to, ''));
	const isTooLong = texts.some(text => Buffer.byteLength(text) + overhead > limits.plainLineBytes);
	return isTooLong ? {ok: false, problem: 'too-long'} : {ok: true, to, texts};
};

/** Tells for each recipient whether that person is here; where nobody knows, whether the name was ever seen. */
export function describeRecipients(
	to: readonly string[],
	seen: readonly string[],
	people: People | undefined,
): readonly {readonly name: string; readonly presence: Presence; readonly isSeen: boolean}[] {
	const keys = new Set(seen.map(loginKey));
	return to.map(name => {
		// Who is in a room is told by what is said there.
		const presence = name.startsWith('#') ? 'here' : presenceOf(people, name);
		return {name, presence, isSeen: keys.has(loginKey(name))};
	});
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
