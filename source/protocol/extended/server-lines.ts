import {bytes, code, flag, list, number, oneOf, optional, someOf, token, word} from './fields.ts';
import {formatAs, type LineOf, type Parsed, parseAs} from './schema.ts';

const stored = oneOf('memory', 'disk', 'cluster');

/** What a server sends to a client that said hello (docs/protocol.md, "What a server sends"). */
export const serverVerbs = {
	challenge: {fields: {nonce: bytes, srv: token}},
	welcome: {
		fields: {
			'a-chat': number,
			srv: token,
			you: word,
			caps: list,
			n: number,
			ts: number,
			stored,
			text: number,
			line: number,
			dests: number,
			rate: number,
			ping: number,
			keys: number,
		},
	},
	msg: {
		fields: {
			req: optional(token),
			n: optional(number),
			prev: optional(number),
			id: token,
			ts: number,
			from: word,
			to: someOf,
			ml: optional(flag),
			act: optional(flag),
		},
		text: 'required',
	},
	live: {fields: {}},
	gap: {fields: {from: number, to: number, code}},
	ack: {
		fields: {
			key: optional(token),
			id: token,
			n: optional(number),
			ts: number,
			to: someOf,
			stored,
			dup: optional(flag),
		},
	},
	status: {fields: {id: token, to: word, state: oneOf('sent', 'queued', 'delivered', 'absent')}},
	join: {fields: {login: word}},
	leave: {fields: {login: word, reason: optional(code)}},
	user: {
		fields: {
			req: optional(token),
			login: word,
			state: oneOf('here', 'away'),
			kind: oneOf('plain', 'extended'),
		},
		text: 'optional',
	},
	'room-joined': {fields: {room: word, login: word}},
	'room-left': {fields: {room: word, login: word}},
	room: {fields: {req: optional(token), room: word, members: number}},
	typing: {fields: {from: word, to: someOf, state: oneOf('active', 'done')}},
	end: {fields: {req: token, more: optional(flag)}},
	slow: {fields: {wait: number}},
	fail: {
		fields: {
			code,
			key: optional(token),
			to: optional(word),
			verb: optional(word),
			req: optional(token),
			retry: optional(number),
		},
		text: 'required',
	},
	note: {fields: {code}, text: 'required'},
	bye: {fields: {code, in: optional(number)}, text: 'required'},
	ping: {fields: {n: number}},
	pong: {fields: {n: number}},
} as const;

/** A line of a server, by its `type`. */
export type ServerLine = LineOf<typeof serverVerbs>;

/** Nearly every line that a client reads, of which nothing is encoded: it takes a third as long as to look at each part. */
const usualMessage =
	/^@msg n=(0|[1-9]\d{0,14}) prev=(0|[1-9]\d{0,14}) id=([\w-]{1,64}) ts=(0|[1-9]\d{0,14}) from=([\w.#/+~!-]+) to=([\w.#/+~!-]+(?:,[\w.#/+~!-]+)*) :([\t -~\u00A0-\uFFFF]*)$/;

export const parseServerLine = (line: string): Parsed<ServerLine> => {
	const usual = usualMessage.exec(line);
	if (usual === null) return parseAs(serverVerbs, line);
	const [, n, prev, id = '', ts, from = '', to = '', text = ''] = usual;
	return {
		ok: true,
		line: {
			...{type: 'msg', n: Number(n), prev: Number(prev), id, ts: Number(ts), from},
			...{to: to.includes(',') ? to.split(',') : [to], text},
		},
	};
};

/** @throws {RangeError} for a text with control characters */
export const formatServerLine = (line: ServerLine): string => formatAs(serverVerbs, line);
