import {Peer} from '../../support/peer.ts';
import {type Attack, inLanes, type Scene, within} from '../scene.ts';
import {fillUp} from './fill.ts';

/** A name as different people write it who mean the same. */
const spellings: readonly ((name: string) => string)[] = [
	name => name,
	name => name.toUpperCase(),
	// In full width.
	name => name.replace(/[!-~]/g, letter => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
];

/** Ways in which an owner goes at once; the name has to be free for who asks for it in the same moment. */
const ways: readonly ((owner: Peer) => Promise<void> | void)[] = [
	owner => owner.reset(),
	owner => endOf(owner),
	owner => {
		owner.socket.destroy();
	},
];

/** Ends a peer's side; settles when the FIN is on its way. */
const endOf = (peer: Peer): Promise<void> =>
	new Promise(resolve => {
		peer.socket.end(resolve);
	});

const refusalMs = 2000;

/** One name, and somebody who looks who has it. */
type Round = {readonly scene: Scene; readonly prober: Peer; readonly asker: string; readonly name: string};

const nextLine = (peer: Peer): Promise<string> => peer.line().catch((error: Error) => error.message);

/** Two claim a name in the same moment; one has to have it, the other to be told so. Settles with the owner. */
const claimTwice = async ({scene, prober, asker, name}: Round, number: number): Promise<Peer | undefined> => {
	const {address, problem, count} = scene;
	const pair = await Promise.all([Peer.connect(address), Peer.connect(address)]);
	const spelled = [0, 1].map(index => spellings[(number + index) % spellings.length]?.(name) ?? name);
	for (const [index, peer] of pair.entries()) peer.send(spelled[index] ?? name, `${asker}: I am ${index}`);
	count('claims', 2);
	const speaker = await nextLine(prober);
	prober.send(`${name}: to the owner`);
	const refused = Promise.race(pair.map(peer => peer.ended.then(() => peer)));
	if (!(await within(refusalMs, refused))) {
		problem(`${name}: of two who claimed it, none was refused`);
		for (const peer of pair) peer.reset();
		return undefined;
	}
	const loser = await refused;
	const owner = pair[loser === pair[0] ? 1 : 0];
	const index = owner === pair[0] ? 0 : 1;
	if (speaker !== `from ${spelled[index]}: I am ${index}`)
		problem(`${name}: ${JSON.stringify(speaker)} was said in its name, and number ${index} owns it`);
	if (!/^from server: the name "[^"]+" is taken$/.test(loser.lines.join('|')))
		problem(`${name}: who did not get it read ${JSON.stringify(loser.lines)}`);
	loser.socket.destroy();
	const line = owner === undefined ? '' : await nextLine(owner);
	if (line !== `from ${asker}: to the owner`) problem(`${name}: its owner read ${JSON.stringify(line)}`);
	return owner;
};

/** The owner goes, and in the same moment somebody else takes the name, to whom alone everything goes from then on. */
const handOver = async (round: Round, owner: Peer, number: number, isSlow: boolean): Promise<void> => {
	const {scene, prober, asker, name} = round;
	const heir = await Peer.connect(scene.address);
	if (isSlow) {
		owner.socket.pause();
		await fillUp(prober, asker, name);
		// Its end is read at once, while what waits for it keeps the old socket.
		await endOf(owner);
	} else await ways[number % ways.length]?.(owner);
	heir.send(name, `${name}: mine`);
	const line = await nextLine(heir);
	if (line !== `from ${name}: mine`)
		scene.problem(`${name}: taken over from one who had gone, and read ${JSON.stringify(line)}`);
	prober.send(`${name}: to the heir`);
	const next = await nextLine(heir);
	if (next !== `from ${asker}: to the heir`) scene.problem(`${name}: its heir read ${JSON.stringify(next)}`);
	scene.count('taken over');
	if (isSlow) {
		owner.socket.resume();
		if (!(await within(refusalMs, owner.ended)))
			scene.problem(`${name}: its former owner is still connected`);
		if (owner.lines.some(text => text.includes('heir') || text.includes('mine')))
			scene.problem(`${name}: what was for the heir came to the former owner`);
	}
	owner.socket.destroy();
	await heir.leave();
};

/** `rounds` times two claim one name; its owner goes, by turns in each way, every `slowEvery`th with much still to come. */
export const oneName: Attack = async scene => {
	const lanes = scene.size('lanes');
	const probers = await Promise.all(
		Array.from({length: lanes}, (_, lane) => Peer.login(scene.address, `asker${lane}`)),
	);
	await inLanes(scene.size('rounds'), lanes, async (number, lane) => {
		const prober = probers[lane];
		if (prober === undefined) return;
		const round = {scene, prober, asker: `asker${lane}`, name: `one${lane}`};
		const owner = await claimTwice(round, number);
		if (owner !== undefined) await handOver(round, owner, number, number % scene.size('slowEvery') === 1);
	});
	for (const prober of probers) await prober.leave();
};
