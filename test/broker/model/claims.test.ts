import fc from 'fast-check';
import {expect, it} from 'vitest';
import {startBroker} from '../../../source/broker/index.ts';
import {Client, turns, until} from './client.ts';
import {trim} from './rules.ts';
import {check, timeout} from './runs.ts';
import {quoted} from './texts.ts';

type Claim = {
	readonly name: string;
	/** Turns before it connects, and before it goes after that. */
	readonly after: number;
	readonly stays: number;
	readonly leaves: 'end' | 'reset' | 'never';
};

type Claims = {
	/** How long a name that is taken is waited for: not at all, a little, or as long as it takes. */
	readonly nameRetryMs: number;
	readonly claims: readonly Claim[];
};

const never = 1e6;

/** All one name. */
const names = ['Straße', 'STRASSE', 'strasse', ' STRAẞE\u0085'];

const claims: fc.Arbitrary<Claims> = fc.record({
	nameRetryMs: fc.constantFrom(0, 2, never),
	claims: fc.array(
		fc.record({
			name: fc.constantFrom(...names),
			after: fc.nat(20),
			stays: fc.nat(12),
			leaves: fc.constantFrom('end' as const, 'reset' as const, 'never' as const),
		}),
		{minLength: 1, maxLength: 8},
	),
});

type Outcome = {readonly claimants: readonly Client[]; readonly bob: Client};

const play = async ({nameRetryMs, claims: all}: Claims): Promise<Outcome> => {
	const broker = await startBroker({port: 0, nameRetryMs, refusalWaitMs: 0, shutdownLingerMs: 0});
	const events: string[] = [];
	broker.on('join', login => events.push(`+${login}`));
	broker.on('leave', login => events.push(`-${login}`));
	const clients: Client[] = [];
	const connect = async (): Promise<Client> => {
		const client = await Client.connect(broker.address);
		clients.push(client);
		return client;
	};
	try {
		const bob = await connect();
		bob.write(Buffer.from('bob\n'));
		await until(
			() => broker.logins.length === 1,
			clients,
			() => 'bob is not here',
		);

		let isDone = false;
		const talk = async (): Promise<void> => {
			for (let count = 0; !isDone; count++) {
				bob.write(Buffer.from(`strasse: ${count}\n`));
				await turns(1);
			}
		};
		const talking = talk();
		const claimants = await Promise.all(
			all.map(async (claim, index) => {
				await turns(claim.after);
				const client = await connect();
				client.write(Buffer.from(`${claim.name}\n${claim.name}: ${index} is me\nbob: ${index} was here\n`));
				await turns(claim.stays);
				if (claim.leaves === 'end') client.end();
				if (claim.leaves === 'reset') client.reset();
				return client;
			}),
		);
		// Now nobody stays for ever, so that whoever waits comes next.
		for (const client of claimants) if (!client.hasEnded) client.end();
		await until(
			() =>
				broker.logins.join() === 'bob' && claimants.every(client => client.hasReset || client.ending !== ''),
			clients,
			() => `${broker.logins} are still here`,
		);
		isDone = true;
		await talking;
		bob.write(Buffer.from('bob: all\n'));
		// A reset is seen late at times, and so are the words before it.
		await until(
			() => linesOf(bob).includes('from bob: all'),
			clients,
			() => 'bob hears nothing',
		);
		await broker.close();
		await turns(1);
		checkEvents(events);
		return {claimants, bob};
	} finally {
		for (const client of clients) client.forget();
		await broker.close();
	}
};

/** A name has one owner at a time, and who has it is told once to have come and once to have gone. */
const checkEvents = (events: readonly string[]): void => {
	let owner: string | undefined;
	for (const event of events.filter(one => one.slice(1) !== 'bob')) {
		const login = event.slice(1);
		if (event.startsWith('+') ? owner !== undefined : owner !== login) throw new Error(`Wrong: ${events}`);
		owner = event.startsWith('+') ? login : undefined;
	}
	if (owner !== undefined) throw new Error(`Nobody told that ${owner} has gone`);
};

const linesOf = (client: Client): string[] => client.received.toString().split('\n').slice(0, -1);

const judge = ({nameRetryMs, claims: all}: Claims, {claimants, bob}: Outcome): void => {
	const heard = linesOf(bob);
	const numbers: number[] = [];
	let owners = 0;
	for (const [index, client] of claimants.entries()) {
		const login = trim(all[index]?.name ?? '').normalize('NFC');
		const greetings = heard.filter(line => line === `from ${login}: ${index} was here`).length;
		const lines = linesOf(client);
		const fromBob = lines.flatMap(line => /^from bob: (\d+)$/.exec(line)?.[1] ?? []).map(Number);
		const others = lines.filter(line => !line.startsWith('from bob: '));
		const first = fromBob[0] ?? 0;
		expect(fromBob, 'what bob said while this one was here').toEqual(fromBob.map((_, at) => first + at));
		numbers.push(...fromBob);
		const isRefused = others[0]?.startsWith('from server: ') ?? false;
		if (isRefused) {
			expect(lines).toEqual([`from server: the name "${login}" is taken`]);
			expect(nameRetryMs, 'the wait after which it was refused').not.toBe(never);
		} else if (!client.hasReset) {
			expect(others).toEqual([`from ${login}: ${index} is me`]);
		} else {
			expect([[], [`from ${login}: ${index} is me`]]).toContainEqual(others);
		}
		if (isRefused) expect(greetings, `words of ${index} to bob`).toBe(0);
		else if (client.hasReset) expect(greetings, `words of ${index} to bob`).toBeLessThanOrEqual(1);
		else expect(greetings, `words of ${index} to bob`).toBe(1);
		if (!client.hasReset) expect(client.ending).toBe('FIN');
		if (!isRefused) owners++;
	}
	expect(new Set(numbers).size, 'words of bob that reached one owner of the name').toBe(numbers.length);
	expect(owners, 'claimants that were not refused').toBeGreaterThan(0);
};

const describeClaims = ({nameRetryMs, claims: all}: Claims): string =>
	[
		`a broker that waits ${nameRetryMs} ms for a name`,
		...all.map(
			({name, after, stays, leaves}, index) =>
				`${index}. ${quoted(name)} comes after ${after} turns, stays for ${stays}, leaves: ${leaves}`,
		),
	].join('\n');

it('a name that many claim has one owner at a time, who gets all that is for it', {timeout}, async () => {
	await check(claims, 100, async one => {
		try {
			judge(one, await play(one));
		} catch (error) {
			throw new Error(`${String(error)}\n\n${describeClaims(one)}`, {cause: error});
		}
	});
});
