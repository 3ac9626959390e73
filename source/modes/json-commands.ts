/** A command, as a line of standard input; docs/json.schema.json describes them. */
export type JsonCommand = {readonly req?: string | number | undefined} & (
	| {
			readonly type: 'send';
			readonly to: readonly string[];
			readonly text: string;
			readonly key?: string | undefined;
			readonly action?: boolean | undefined;
	  }
	| {readonly type: 'who'; readonly room?: string | undefined}
	| {readonly type: 'rooms'}
	| {readonly type: 'room-join' | 'room-leave'; readonly room: string}
	| {
			readonly type: 'history';
			readonly with?: readonly string[] | undefined;
			readonly room?: string | undefined;
			readonly before?: number | undefined;
			readonly after?: number | undefined;
			readonly limit?: number | undefined;
	  }
	| {readonly type: 'search'; readonly text: string}
	| {readonly type: 'typing'; readonly to: readonly string[]; readonly state: 'active' | 'done'}
	| {readonly type: 'state'; readonly state: 'here' | 'away'; readonly note?: string | undefined}
	| {readonly type: 'trust'; readonly srv: string}
	| {readonly type: 'distrust'}
);

/** What is wrong with a line, as a sentence, and by what its answer is recognised. */
export type ReadCommand =
	| {readonly ok: true; readonly command: JsonCommand}
	| {
			readonly ok: false;
			readonly problem: string;
			readonly req?: string | number | undefined;
			readonly key?: string | undefined;
	  };

/** What a value may be, for a sentence, and whether it is that. */
type Kind = {readonly is: (value: unknown) => boolean; readonly what: string};

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isToken = (value: unknown): boolean => isString(value) && /^[\w-]{1,64}$/.test(value);

const text: Kind = {is: isString, what: 'a text'};
const names: Kind = {
	is: value => Array.isArray(value) && value.length > 0 && value.every(isString),
	what: 'a list of names, as in ["bob"]',
};
const number: Kind = {is: isNumber, what: 'a whole number of at least 0'};
const token: Kind = {is: isToken, what: '1 to 64 letters, digits, "_" or "-" of ASCII'};
const boolean: Kind = {is: value => typeof value === 'boolean', what: 'true or false'};
const oneOf = (...words: readonly string[]): Kind => ({
	is: value => words.includes(value as string),
	what: words.map(word => `"${word}"`).join(' or '),
});
const request: Kind = {
	is: value => isNumber(value) || (isString(value) && value.length > 0 && value.length <= 64),
	what: 'a text of 1 to 64 characters or a whole number',
};

/** The members of each command: those that it has to have, and those that it may have. */
const shapes: Readonly<
	Record<
		JsonCommand['type'],
		{readonly has?: Readonly<Record<string, Kind>>; readonly may?: Readonly<Record<string, Kind>>}
	>
> = {
	send: {has: {to: names, text}, may: {key: token, action: boolean}},
	who: {may: {room: text}},
	rooms: {},
	'room-join': {has: {room: text}},
	'room-leave': {has: {room: text}},
	history: {may: {with: names, room: text, before: number, after: number, limit: number}},
	search: {has: {text}},
	typing: {has: {to: names, state: oneOf('active', 'done')}},
	state: {has: {state: oneOf('here', 'away')}, may: {note: text}},
	trust: {has: {srv: token}},
	distrust: {},
};

/** Reads a line of standard input, of so many bytes at most. Members that mean nothing are left aside. */
export function readCommand(line: string, maxBytes: number): ReadCommand {
	if (Buffer.byteLength(line) > maxBytes)
		return {ok: false, problem: `A line has ${maxBytes} bytes at most: write shorter ones.`};
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return {ok: false, problem: 'This line is no JSON: write one object a line.'};
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return {ok: false, problem: 'This line is no JSON object: write one object a line.'};
	const given = value as Readonly<Record<string, unknown>>;
	const known = {
		req: request.is(given.req) ? (given.req as string | number) : undefined,
		key: token.is(given.key) ? (given.key as string) : undefined,
	};
	const wrong = (problem: string): ReadCommand => ({ok: false, problem, ...known});
	if (!isString(given.type) || !Object.hasOwn(shapes, given.type))
		return wrong(`"type" has to be one of ${Object.keys(shapes).join(', ')}.`);
	const {has = {}, may = {}} = shapes[given.type as JsonCommand['type']];
	for (const [name, kind] of Object.entries({...may, ...has, req: request})) {
		const isThere = given[name] !== undefined && given[name] !== null;
		if (isThere ? !kind.is(given[name]) : name in has)
			return wrong(`"${name}" of "${given.type}" has to be ${kind.what}.`);
	}
	if (given.type === 'history' && (given.with == null) === (given.room == null))
		return wrong('"history" needs either "with", a list of names, or "room".');
	const members = ['type', 'req', ...Object.keys({...has, ...may})];
	const command = Object.fromEntries(members.map(name => [name, given[name] ?? undefined]));
	return {ok: true, command: command as JsonCommand};
}
