import {Client, openMany, type Target} from './client.ts';
import {addExample, type Faults, noFaults} from './faults.ts';
import {between, type Exchange, look} from './meter.ts';

const atOnce = 200;
// Both sides have compiled what they need after so many.
const warmUpClients = 200;

/**
 * Connects `count` clients, 200 on their way at most. The clock runs from the first connect until every client has
 * been reached under its login.
 */
export async function connecting(
	target: Target,
	count: number,
	group: number,
): Promise<{faults: Faults; exchange: Exchange | undefined}> {
	const faults = noFaults();
	const early = await openMany(target, 'w', warmUpClients);
	await Promise.all(early.map(client => client.leave()));
	const start = look(group);
	try {
		const clients = await openMany(target, 'c', count, {atOnce});
		const exchange = between(start, look(group), count);
		for (const client of clients) client.reset();
		return {faults, exchange};
	} catch (error) {
		faults.lost++;
		addExample(faults, (error as Error).message);
		return {faults, exchange: undefined};
	}
}

// So many are forgotten at once.
const lot = 1000;

/** Lets `count` clients log in and leave again, each under a login of its own. */
export async function comeAndGo(target: Target, count: number): Promise<void> {
	const open = async (target: Target, login: string) => {
		const client = await Client.open(target, login);
		client.reset();
		return client;
	};
	for (let first = 0; first < count; first += lot)
		await openMany(target, 'k', Math.min(lot, count - first), {first, atOnce, open});
}
