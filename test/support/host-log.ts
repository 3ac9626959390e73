import {expect} from 'vitest';
import {addressOf} from './chat-screen.ts';
import {Peer} from './peer.ts';

/** What both forms of a host's log tell. */
export type LogLine = {
	readonly time: number;
	readonly level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
	readonly text: string;
	readonly address?: string;
	/** Only JSON tells it by itself; in the text form it stands in the sentence. */
	readonly code?: string;
	readonly leftOut?: number;
};

const textLine =
	/^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d) (?<level>DEBUG|INFO|WARN|ERROR) {1,2}(?<text>\S.*?)(?:; peer (?<address>\S+:\d+))?$/;

const jsonSchema = {
	'@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
	level: expect.stringMatching(/^(DEBUG|INFO|WARN|ERROR)$/),
	message: expect.stringMatching(/^\S/),
	logger: 'a-chat-tui',
	code: expect.stringMatching(/^[A-Z][A-Z_0-9]+$/),
};
const jsonDetails: Readonly<Record<string, unknown>> = {
	address: expect.stringMatching(/^(\d+(\.\d+){3}|\[[0-9a-f:.%\w]+\]):\d+$/),
	leftOut: expect.any(Number),
	at: expect.stringMatching(/:\d+$/),
	limit: expect.any(Number),
	connections: expect.any(Number),
	seconds: expect.any(Number),
	lines: expect.any(Number),
};

/** The lines of a log; fails if one does not have the form that `docs/limits.md` promises. */
export const readLog = (form: 'text' | 'json', log: string): LogLine[] => {
	expect(log).toMatch(/(^|\n)$/);
	return log
		.split('\n')
		.slice(0, -1)
		.map(form === 'json' ? readJson : readText);
};

const readText = (line: string): LogLine => {
	expect(line).toMatch(textLine);
	const {time = '', level = '', text = '', address} = textLine.exec(line)?.groups ?? {};
	return {
		time: Date.parse(time),
		level: level as LogLine['level'],
		text,
		...(address === undefined ? {} : {address}),
	};
};

const readJson = (line: string): LogLine => {
	const entry = JSON.parse(line) as Record<string, string> & {readonly leftOut?: number};
	const details = Object.entries(jsonDetails).filter(([name]) => name in entry);
	expect(entry).toEqual({...jsonSchema, ...Object.fromEntries(details)});
	const {level, message = '', code = '', address, leftOut} = entry;
	return {
		time: Date.parse(entry['@timestamp'] ?? ''),
		level: level as LogLine['level'],
		text: message,
		code,
		...(address === undefined ? {} : {address}),
		...(leftOut === undefined ? {} : {leftOut}),
	};
};

/** Logs in with a name that is none, and waits until that is refused. */
export const beRefused = async (port: number, login: string): Promise<number> => {
	const peer = await Peer.connect(addressOf(port));
	const localPort = peer.socket.localPort ?? 0;
	peer.send(login, 'alice: sesame');
	expect(await peer.ended).toBe('FIN');
	peer.socket.destroy();
	return localPort;
};
