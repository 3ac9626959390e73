import type {Client} from './client.ts';
import type {Dialect} from './dialect.ts';

const LF = '\n';
const echoText = 'ready';

/**
 * Lets `client` write `opening`, then a message to itself: at once, or when it `waits` and was welcomed. Resolves when
 * that is back, with who the client is to those who read its messages. Rejects with a sentence if anything else comes,
 * or nothing for `patience` ms.
 */
export function converse(
	client: Client,
	dialect: Dialect,
	opening: string,
	waits: boolean,
	patience: number,
): Promise<string> {
	const {login, socket} = client;
	const echo = dialect.message([login], echoText);
	return new Promise((resolve, reject) => {
		let origin: string | undefined;
		let rest = '';
		const end = () => {
			clearTimeout(timer);
			client.onCut = () => {};
			client.onBytes = () => {};
		};
		const fail = (what: string, line: string) => {
			end();
			reject(new Error(`${login} ${what}${line && `: ${JSON.stringify(line.slice(0, 80))}`}`));
		};
		const timer = setTimeout(() => fail(`got no answer in ${patience} ms`, rest), patience);

		/** Whether such a line may come; writes what it asks for. */
		const take = (line: string): boolean => {
			if (origin !== undefined) return false;
			const message = dialect.parse(line);
			if (message !== undefined) {
				origin = message.from;
				return dialect.loginOf(origin) === login && line + LF === dialect.received(origin, login, echoText);
			}
			const answer = dialect.answer(line);
			if (answer === undefined) return false;
			if (waits && dialect.isWelcome(line)) socket.write(echo);
			else if (answer !== '') socket.write(answer);
			return true;
		};

		client.onCut = () => fail('was cut', rest);
		client.onBytes = (chunk, length) => {
			const lines = (rest + chunk.toString('latin1', 0, length)).split(LF);
			rest = lines.pop() ?? '';
			const strange = lines.findIndex(line => !take(line));
			if (strange !== -1) fail('was answered otherwise', lines[strange] ?? '');
			else if (origin !== undefined && rest !== '') fail('was told more', rest);
			else if (origin !== undefined) {
				end();
				resolve(origin);
			}
		};
		socket.write(waits ? opening : opening + echo);
	});
}
