import {type ClientLine, parseClientLine} from '../../protocol/extended/client-lines.ts';
import type {Hall} from './hall.ts';
import {answer} from './requests.ts';
import {post, send, tellTyping} from './sending.ts';
import type {Session} from './session.ts';

const faults = {
	BAD_SYNTAX: 'this line is not understood',
	BAD_TEXT: 'a text holds no control characters other than TAB',
	UNKNOWN_VERB: 'this host does not know that verb',
} as const;

/** Does what a line asks for. A line without `@` is that of a plain peer. */
export function takeLine(hall: Hall, session: Session, line: string): void {
	if (!line.startsWith('@')) {
		post(hall, session, line);
		return;
	}
	const parsed = parseClientLine(line);
	if (parsed.ok) {
		act(hall, session, parsed.line);
		return;
	}
	const {code, ...quoted} = parsed.fault;
	session.fail(code, faults[code], quoted);
}

function act(hall: Hall, session: Session, line: ClientLine): void {
	switch (line.type) {
		case 'send':
			send(hall, session, line);
			break;
		case 'got':
			session.got(line.n);
			break;
		case 'typing':
			tellTyping(hall, session, line);
			break;
		case 'state':
			session.setState(line.state, line.text);
			break;
		case 'ping':
			session.say({type: 'pong', n: line.n});
			break;
		case 'pong':
			session.answered();
			break;
		case 'hello':
		case 'auth':
			session.fail('BAD_SYNTAX', 'it has been said already', {verb: line.type});
			break;
		default:
			void session.busy(() => answer(hall, session, line));
	}
}
