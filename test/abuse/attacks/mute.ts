import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes, within} from '../scene.ts';

/**
 * `connections` peers never log in; half of them say nothing at all, half have begun their login. All are there for
 * `holdMs`; with `untilCut` 1 it then waits, 10 s at most, until the server has told each of them to go.
 */
export const mute: Attack = async ({address, size, count, problem}) => {
	const peers: Peer[] = [];
	await inLanes(size('connections'), 50, async index => {
		const peer = await Peer.connect(address);
		if (index % 2 === 1) peer.write(`mute${index}`);
		peers.push(peer);
		count('connections');
	});
	const since = performance.now();
	const isEarly = await within(size('holdMs'), Promise.race(peers.map(({ended}) => ended)));
	const seconds = () => `${((performance.now() - since) / 1000).toFixed(1)} s`;
	if (isEarly) problem(`somebody who had not logged in was cut after ${seconds()}`);
	if (size('untilCut') === 1) {
		if (!(await within(10_000, Promise.all(peers.map(({ended}) => ended)))))
			problem(`after ${seconds()} somebody is still there without a login`);
		const unexpected = peers.find(
			({lines}) => !/^from server: no login came within \d+ s$/.test(lines.join('|')),
		);
		if (unexpected !== undefined) problem(`without a login, one read ${JSON.stringify(unexpected.lines)}`);
		else count('told to go', peers.length);
	}
	for (const peer of peers) peer.reset();
};
