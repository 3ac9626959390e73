import {bytes, flag, list, number, oneOf, optional, someOf, token, word} from './fields.ts';
import {formatAs, type LineOf, type Parsed, parseAs} from './schema.ts';

/** What a client sends (docs/protocol.md, "What a client sends"). */
export const clientVerbs = {
	hello: {
		fields: {
			'a-chat': someOf,
			caps: optional(list),
			agent: optional(word),
			pub: optional(bytes),
			srv: optional(token),
			seen: optional(number),
			role: optional(oneOf('send')),
		},
	},
	auth: {fields: {sig: bytes}},
	send: {fields: {key: token, to: someOf, ml: optional(flag), act: optional(flag)}, text: 'required'},
	got: {fields: {n: number}},
	who: {fields: {room: optional(word), req: token}},
	rooms: {fields: {req: token}},
	'room-join': {fields: {room: word}},
	'room-leave': {fields: {room: word}},
	history: {
		fields: {
			with: optional(someOf),
			room: optional(word),
			before: optional(number),
			after: optional(number),
			limit: optional(number),
			req: token,
		},
	},
	search: {fields: {req: token}, text: 'required'},
	typing: {fields: {to: someOf, state: oneOf('active', 'done')}},
	state: {fields: {state: oneOf('here', 'away')}, text: 'optional'},
	ping: {fields: {n: number}},
	pong: {fields: {n: number}},
} as const;

/** A line of a client, by its `type`. */
export type ClientLine = LineOf<typeof clientVerbs>;

/** Nearly every line that a host reads, of which nothing is encoded. It takes a third as long as to look at each part. */
const usualSend = /^@send key=([\w-]{1,64}) to=([\w.#/+~!-]+(?:,[\w.#/+~!-]+)*) :([\t -~\u00A0-\uFFFF]*)$/;

export const parseClientLine = (line: string): Parsed<ClientLine> => {
	const usual = usualSend.exec(line);
	if (usual === null) return parseAs(clientVerbs, line);
	const [, key = '', to = '', text = ''] = usual;
	return {ok: true, line: {type: 'send', key, to: to.includes(',') ? to.split(',') : [to], text}};
};

/** @throws {RangeError} for a text with control characters */
export const formatClientLine = (line: ClientLine): string => formatAs(clientVerbs, line);
