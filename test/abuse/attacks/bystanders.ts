import {Peer} from '../../support/peer.ts';
import {type Attack, type Scene, within} from '../scene.ts';
import {filling, fillUp} from './fill.ts';

const expectLine = async (
	{problem, count}: Scene,
	peer: Peer,
	who: string,
	expected: string,
): Promise<void> => {
	const line = await peer.line().catch((error: Error) => error.message);
	if (line !== expected)
		problem(`${who} read ${JSON.stringify(line.slice(0, 80))} in place of ${JSON.stringify(expected)}`);
	count('lines that came');
};

const openMany = async (count: number, open: (index: number) => Promise<Peer>): Promise<Peer[]> =>
	Promise.all(Array.from({length: count}, (_, index) => open(index)));

/**
 * Peers in every state, `each` of them: idle, with half a line, not logged in, one that does not read while much waits
 * for it, and such that come while something happens to the server. Afterwards nobody may have been cut, and all that
 * was sent before or meanwhile has to be there.
 */
export const bystanders: Attack = async scene => {
	const {address, size, count, problem, reach} = scene;
	const each = size('each');
	const slow = await Peer.login(address, 'slow');
	slow.socket.pause();
	const filler = await Peer.login(address, 'filler');
	const filled = await fillUp(filler, 'filler', 'slow');
	const idle = await openMany(each, index => Peer.login(address, `idle${index}`));
	const half = await openMany(each, async index => {
		const peer = await Peer.login(address, `half${index}`);
		peer.write(`half${index}: the whole `);
		return peer;
	});
	const mute = await openMany(each, () => Peer.connect(address));
	count('bystanders', 2 + 3 * each);
	await reach('ready');
	const newcomers = await openMany(each, async index => {
		const peer = await Peer.connect(address);
		peer.send(`new${index}`, `new${index}: hello`);
		return peer;
	});
	count('newcomers', each);
	for (const [index, peer] of idle.entries()) peer.send(`idle${(index + 1) % each}: meanwhile`);
	await reach('meanwhile');
	for (const [index, peer] of newcomers.entries())
		await expectLine(scene, peer, 'a newcomer', `from new${index}: hello`);
	for (const [index, peer] of idle.entries())
		await expectLine(scene, peer, 'an idle peer', `from idle${(index + each - 1) % each}: meanwhile`);
	for (const [index, peer] of half.entries()) {
		peer.write('line\n');
		await expectLine(scene, peer, 'a peer with half a line', `from half${index}: the whole line`);
	}
	for (const [index, peer] of mute.entries()) {
		peer.send(`mute${index}`, `mute${index}: at last`);
		await expectLine(scene, peer, 'a peer without a login', `from mute${index}: at last`);
	}
	slow.socket.resume();
	const all = slow.take(filled).then(
		lines => lines.every(line => line === `from filler: ${filling}`),
		() => false,
	);
	if (!(await within(10_000, all)) || !(await all))
		problem(
			`who read nothing meanwhile has ${slow.lines.length} of ${filled} lines left to take, and not all as they were`,
		);
	count('lines that waited', filled);
	for (const peer of [slow, filler, ...idle, ...half, ...mute, ...newcomers]) await peer.leave();
};
