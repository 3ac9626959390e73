import {isIPv6} from 'node:net';

/** Networks that are remembered; beyond that the ones that bound names the longest ago are forgotten. */
const maxNetworks = 10_000;

const hourMs = 3_600_000;

/** How much a network may still bind, and when that was counted. */
type Allowance = {readonly names: number; readonly at: number};

/**
 * Bounds how many names are bound to keys from one network (a token bucket for each), as a name that is bound is taken for
 * half a year. While less than half of all names is free each counts for more, so nobody gets the last ones alone.
 */
export class NewNames {
	readonly #anHour: number;
	readonly #all: number;
	readonly #networks = new Map<string, Allowance>();

	/**
	 * @param anHour names that a network may bind an hour, or at once if it has bound none before
	 * @param all how many names there can be
	 */
	constructor(anHour: number, all: number) {
		this.#anHour = anHour;
		this.#all = all;
	}

	/**
	 * Counts a name that is about to be bound.
	 *
	 * @param free how many names can still be bound, by all
	 * @param now in ms, of a clock that never goes back
	 * @returns after how many seconds to try again, if it is one too many
	 */
	take(network: string, free: number, now: number): number | undefined {
		if (this.#anHour === Number.POSITIVE_INFINITY) return undefined;
		const cost = Math.min(Math.max(1, this.#all / 2 / Math.max(free, 1)), Math.max(1, this.#anHour));
		const names = this.#left(network, now);
		if (names < cost) {
			const hours = (cost - names) / this.#anHour;
			return Math.ceil((Math.min(hours, 1) * hourMs) / 1000);
		}
		// Put at the end again: the first of the map is the oldest.
		this.#networks.delete(network);
		this.#networks.set(network, {names: names - cost, at: now});
		const [oldest] = this.#networks.keys();
		if (this.#networks.size > maxNetworks && oldest !== undefined) this.#networks.delete(oldest);
		return undefined;
	}

	/** It was not bound after all. */
	giveBack(network: string): void {
		const known = this.#networks.get(network);
		if (known !== undefined) this.#networks.set(network, {...known, names: known.names + 1});
	}

	#left(network: string, now: number): number {
		const known = this.#networks.get(network);
		if (known === undefined) return this.#anHour;
		return Math.min(this.#anHour, known.names + ((now - known.at) * this.#anHour) / hourMs);
	}
}

/** Groups of an address of IPv6 that say which network it is in; the others each machine there chooses as it likes. */
const networkGroups = 4;

/** The network of an address: of IPv4 the address itself, of IPv6 the first 64 bits, as `2001:db8:0:1`. */
export const networkOf = (address: string): string => {
	const host = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
	if (!isIPv6(host)) return host;
	const [front = '', back] = host.split('::');
	const groups = front === '' ? [] : front.split(':');
	if (back !== undefined) {
		const count = back === '' ? 0 : back.split(':').length + (back.includes('.') ? 1 : 0);
		while (groups.length + count < 8) groups.push('0');
		groups.push(...back.split(':'));
	}
	return groups
		.slice(0, networkGroups)
		.map(group => group.replace(/^0+(?=.)/, '').toLowerCase())
		.join(':');
};
