import {setTimeout as sleep} from 'node:timers/promises';
import {connect as connectTls} from 'node:tls';
import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes, type Scene, within} from '../scene.ts';

const post = (type: string, body: string) =>
	[
		'POST / HTTP/1.1',
		'Host: 127.0.0.1:8080',
		'Origin: https://example.org',
		'Referer: https://example.org/',
		`Content-Type: ${type}`,
		`Content-Length: ${body.length}`,
		'Connection: keep-alive',
		'',
		body,
	].join('\r\n');

/** What others say who took the port for something else; each would reach a talker if it were taken for chat. */
const greetings: Readonly<Record<string, string>> = {
	'HTTP GET': 'GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n',
	'HTTP/0.9': 'GET /alice\r\n\r\nalice: hi\r\n',
	'a POST from a web page': post('text/plain', 'mallory\r\nalice: hi\r\nbob: hi\r\n'),
	'a form from a web page': post('text/plain', 'mallory\nalice: hi\n'),
	'a WebSocket from a web page':
		'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nOrigin: https://example.org\r\n\r\nalice: hi\r\n',
	'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
	'an SSH banner': 'SSH-2.0-OpenSSH_9.9\r\n',
	'an SMTP client': 'EHLO example.org\r\nMAIL FROM: <mallory@example.org>\r\nalice: hi\r\n',
	'a Redis client': '*2\r\n$4\r\nINFO\r\n$6\r\nalice: hi\r\n',
	'an IRC client': 'NICK mallory\r\nUSER m 0 * :m\r\nPRIVMSG alice : hi\r\n',
};

/** Bytes that look random and are the same each time. */
const randomBytes = (seed: number, length: number): Buffer => {
	const bytes = Buffer.alloc(length);
	let state = seed * 2 + 1;
	for (let at = 0; at < length; at++) {
		state = Math.imul(state ^ (state >>> 15), 0x2c_1b_3c_6d) + 0x9e_37_79_b9;
		bytes[at] = (state ^ (state >>> 13)) & 0xff;
	}
	return bytes;
};

/** Waits until the server has closed, and looks whether it said more than one sentence of its own. */
const seeOff = async ({count, problem, size}: Scene, what: string, peer: Peer): Promise<void> => {
	const isClosed = await within(size('patienceMs'), peer.ended);
	if (!isClosed) problem(`${what}: not closed after ${size('patienceMs') / 1000} s`);
	const lines = peer.lines.join('\n');
	if (lines !== '' && !/^from server: [^\n]+$/.test(lines))
		problem(`${what}: was told ${JSON.stringify(lines)}`);
	peer.socket.destroy();
	count('connections');
};

const greet = async (scene: Scene, what: string, bytes: Buffer, cut: number): Promise<void> => {
	const peer = await Peer.connect(scene.address);
	peer.write(bytes.subarray(0, cut));
	if (cut < bytes.length) {
		await sleep(5);
		peer.write(bytes.subarray(cut));
	}
	await seeOff(scene, what, peer);
};

/** A real client of TLS, which wants to hear a hello of the server. */
const greetWithTls = async (scene: Scene): Promise<void> => {
	const socket = connectTls({...scene.address, rejectUnauthorized: false});
	const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
	socket.on('error', () => {});
	socket.once('secureConnect', () => scene.problem('TLS was spoken'));
	if (!(await within(scene.size('patienceMs'), closed)))
		scene.problem(`a TLS client: not closed after ${scene.size('patienceMs') / 1000} s`);
	socket.destroy();
	scene.count('connections');
};

/**
 * What is no chat at all, `rounds` times each; whole, and in two parts. Each is to be closed within `patienceMs`. With
 * `isPatient` 1 also what the server has to wait for, as no line of it ever ends.
 */
export const foreign: Attack = async scene => {
	const plays: (() => Promise<void>)[] = [];
	const isPatient = scene.size('isPatient') === 1;
	for (let round = 0; round < scene.size('rounds'); round++) {
		for (const [what, text] of Object.entries(greetings)) {
			const bytes = Buffer.from(text);
			const cut = 1 + ((round * 13 + what.length) % (bytes.length - 1));
			plays.push(
				() => greet(scene, what, bytes, bytes.length),
				() => greet(scene, `${what}, in two parts`, bytes, cut),
			);
		}
		const random = randomBytes(round, 1 + ((round * 97) % 3000));
		// Without an LF the server waits for more, for as long as for any login.
		const whole = isPatient ? random : Buffer.concat([random, Buffer.from('\n')]);
		plays.push(() => greet(scene, `${random.length} random bytes (${round})`, whole, whole.length));
		if (isPatient) plays.push(() => greetWithTls(scene));
	}
	await inLanes(plays.length, 50, async index => plays[index]?.());
};
