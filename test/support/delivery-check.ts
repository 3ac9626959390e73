import {type Address, Peer} from './peer.ts';

/** Comes last from everybody to everybody, so that nobody has to guess whether more comes. */
const last = 'that was all';

/**
 * Has peers talk through a server, all at once and to each other, and looks whether each line arrives once and in order,
 * and whether a name is free when its owner has gone.
 *
 * @param linesEach how many lines each peer sends; they go to one, two or all of the others in turn
 * @returns what is wrong, one entry for each pair of sender and reader; nothing when all is well
 */
export const checkDelivery = async (address: Address, linesEach: number): Promise<string[]> => {
	const names = ['alice', 'bob', 'carol', 'dave'];
	const peers = await Promise.all(names.map(name => Peer.login(address, name)));
	const expected = new Map<string, string[]>();

	for (let number = 0; number < linesEach; number++) {
		for (const [index, name] of names.entries()) {
			const others = [1, 2, 3]
				.slice(0, (number % 3) + 1)
				.map(step => names[(index + step) % names.length] ?? '');
			peers[index]?.send(`${others.join(', ')}: ${number}`);
			for (const other of others) entry(expected, `${name} to ${other}`).push(String(number));
		}
	}

	for (const [index, peer] of peers.entries()) {
		peer.send(`${names.filter((_, other) => other !== index).join(', ')}: ${last}`);
	}
	const problems: string[] = [];
	for (const [index, reader] of names.entries()) {
		const got = new Map<string, string[]>();
		for (let ends = 0; ends < names.length - 1; ) {
			const line = (await peers[index]?.line()) ?? '';
			const [, sender = '', text = line] = /^from (\w+): (.*)$/.exec(line) ?? [];
			if (text === last) ends++;
			else entry(got, sender).push(text);
		}
		for (const sender of names) {
			const problem = compare(expected.get(`${sender} to ${reader}`) ?? [], got.get(sender) ?? []);
			if (problem !== undefined) problems.push(`${sender} to ${reader}: ${problem}`);
		}
	}

	await Promise.all(peers.map(async peer => peer.leave()));
	const again = await Peer.login(address, 'alice').catch(() => undefined);
	if (again === undefined) problems.push('alice: the name is not free after she has gone');
	await again?.leave();
	return problems;
};

const entry = (map: Map<string, string[]>, key: string): string[] => {
	const list = map.get(key) ?? [];
	map.set(key, list);
	return list;
};

const compare = (expected: readonly string[], got: readonly string[]): string | undefined => {
	const at = expected.findIndex((text, index) => text !== got[index]);
	if (at === -1) return got.length > expected.length ? `${got.length - expected.length} too many` : undefined;
	if (got.length < expected.length) return `lost ${expected.length - got.length}, first ${expected[at]}`;
	if (got.length > expected.length) return `doubled at ${expected[at]}`;
	return `out of order at ${expected[at]}`;
};
