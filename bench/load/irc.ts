import type {Dialect} from './dialect.ts';

// The end of the message of the day, or that there is none.
const welcomes = ['376', '422'];

/**
 * As much of IRC (RFC 2812) as messages from person to person need. The server must neither add tags nor greet later
 * than with the message of the day, and must not ask for a PONG while messages are on their way.
 */
export const irc: Dialect = {
	login: login => `NICK ${login}\r\nUSER ${login} 0 * :${login}\r\n`,
	isQuick: false,
	isWelcome: line => welcomes.includes(line.split(' ')[1] ?? ''),
	message: (to, text) => `PRIVMSG ${to.join(',')} :${text}\r\n`,
	received: (from, to, text) => `:${from} PRIVMSG ${to} :${text}\r\n`,
	parse(line) {
		const match = /^:(?<from>\S+) PRIVMSG \S+ :(?<text>.*?)\r?$/s.exec(line);
		return match?.groups && {from: match.groups.from ?? '', text: match.groups.text ?? ''};
	},
	loginOf: from => from.split('!')[0] ?? '',
	answer(line) {
		const [first = '', second = ''] = line.trimEnd().split(' ');
		if (first === 'PING') return `PONG ${line.slice('PING '.length).trimEnd()}\r\n`;
		// ERROR, or a numeric that refuses something; 422 only says that there is no message of the day.
		if (first === 'ERROR' || (/^[45]\d\d$/.test(second) && !welcomes.includes(second))) return undefined;
		return '';
	},
};
