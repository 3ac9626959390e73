import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes} from '../scene.ts';
import {filling, fillUp} from './fill.ts';

/** `readers` peers do not read until much waits in the server for each of them; then they read, and get all of it. */
export const slowReaders: Attack = async ({address, size, count, problem}) => {
	const readers = size('readers');
	const waiting: {
		readonly reader: Peer;
		readonly sender: Peer;
		readonly from: string;
		readonly sent: number;
	}[] = [];
	await inLanes(readers, readers, async index => {
		const [login, from] = [`late${index}`, `early${index}`];
		const [reader, sender] = [await Peer.login(address, login), await Peer.login(address, from)];
		reader.socket.pause();
		waiting.push({reader, sender, from, sent: await fillUp(sender, from, login)});
	});
	await inLanes(readers, readers, async index => {
		const one = waiting[index];
		if (one === undefined) return;
		const {reader, sender, from, sent} = one;
		reader.socket.resume();
		const lines = await reader.take(sent).catch((error: Error) => [error.message]);
		const wrong = lines.find(line => line !== `from ${from}: ${filling}`);
		if (wrong !== undefined)
			problem(`a slow reader of ${sent} lines read ${JSON.stringify(wrong.slice(0, 80))}`);
		count('slow readers');
		await reader.leave();
		await sender.leave();
	});
};
