import {setTimeout as sleep} from 'node:timers/promises';
import {Peer} from '../../support/peer.ts';
import {type Attack, closedOf, inLanes} from '../scene.ts';

/** Ways to go; what each of them waits for shows that the server went along. */
const ways: readonly ((peer: Peer) => Promise<void>)[] = [
	// A reset.
	async peer => peer.reset(),
	// A half-close, and the server closes as well.
	async peer => {
		peer.end();
		await peer.ended;
		peer.socket.destroy();
	},
	// A line right before the end, without its LF.
	async peer => {
		peer.write('nobody: last words');
		peer.end();
		await peer.ended;
		peer.socket.destroy();
	},
	// Closed both ways at once.
	async peer => {
		peer.socket.destroy();
	},
	// A reset with a line under way to it, that it never reads.
	async peer => {
		peer.socket.pause();
		peer.send('nobody: x', `${'x'.repeat(1000)}: y`);
		await sleep(1);
		peer.reset();
	},
];

/** `cycles` times connect, log in and drop, `lanes` at a time; each fifth drops before the server can have read the login. */
export const cycles: Attack = async ({address, size, count, problem}) => {
	await inLanes(size('cycles'), size('lanes'), async index => {
		const way = ways[index % ways.length] ?? (async () => {});
		const login = `cycle${index}`;
		const peer = await Peer.connect(address);
		if (Math.floor(index / ways.length) % 5 === 0) peer.send(login);
		else {
			peer.send(login, `${login}: here`);
			const line = await peer.line().catch((error: Error) => error.message);
			if (line !== `from ${login}: here`)
				problem(`${login} read ${JSON.stringify(line)} in place of its own line`);
		}
		await way(peer);
		await closedOf(peer.socket);
		count('cycles');
	});
};
