import type {Figure} from './figures.ts';
import type {StoreKind} from './stores/kinds.ts';

export type Scenario = {
	/** What `--only` looks at. */
	readonly name: string;
	readonly title: string;
	/** Connections at once; each needs an open file on either side. */
	readonly clients: number;
	/** Flags of the load generator. */
	readonly flags: readonly string[];
	/** The same again on another fresh server, to compare with; the whole set of flags. */
	readonly control?: readonly string[];
	readonly figures: readonly Figure[];
	/** Whether its figures are not of a server that works as fast as it can: it is idle for part of the time. */
	readonly isPaced: boolean;
	/** Whether several load generators can share it. */
	readonly canShare: boolean;
	/** Measured with `--all`, or when `--only` asks for it. */
	readonly isExtra: boolean;
	/** Whether it makes no sense in IRC, where absent destinations are complained about. */
	readonly isPlainOnly: boolean;
	/** Which of the hosts of `--host` take part instead of the servers, by their names by default. */
	readonly hosts?: readonly string[];
	/** The host that the ratios are to; without it there are none. */
	readonly base?: string;
	/** What the store of a host holds before it starts; left out, nothing. */
	readonly store?: StoreKind;
};

export type Traits = Partial<
	Pick<Scenario, 'control' | 'isPaced' | 'canShare' | 'isExtra' | 'isPlainOnly' | 'hosts' | 'base' | 'store'>
> & {
	readonly flags?: readonly string[];
};

/** A scenario with figures that bear its name and title, unless they have their own. */
export function scenario(
	name: string,
	title: string,
	kind: string,
	clients: number,
	figures: (named: {name: string; title: string}) => readonly Figure[],
	{flags = [], ...traits}: Traits = {},
): Scenario {
	return {
		name,
		title,
		clients,
		flags: ['--scenario', kind, '--clients', String(clients), ...flags],
		figures: figures({name, title}),
		isPaced: false,
		canShare: false,
		isExtra: false,
		isPlainOnly: false,
		...traits,
	};
}
