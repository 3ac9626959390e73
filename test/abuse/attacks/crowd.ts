import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes} from '../scene.ts';

const full = /^from server: this server is full, it takes \d+ connections$/;

/** `connections` peers come at once to a server that has not room for so many; they stay until they are let go. */
export const crowd: Attack = async ({address, size, count, problem, reach}) => {
	const connections = size('connections');
	const peers: Peer[] = [];
	await inLanes(connections, connections, async () => {
		peers.push(await Peer.connect(address));
		count('connections');
	});
	await reach('held');
	for (const {lines} of peers) {
		if (lines.length === 0) continue;
		count('told that it is full');
		if (lines.length > 1 || !full.test(lines[0] ?? ''))
			problem(`one of a crowd read ${JSON.stringify(lines)}`);
	}
	for (const peer of peers) peer.reset();
	await reach('released');
};
