import type {HostileCase} from './case.ts';
import {controls} from './controls.ts';
import {fakes} from './fakes.ts';
import {sequences} from './sequences.ts';
import {unseen} from './unseen.ts';

/** All cases of one line; those of 64 KiB are `longLines`. */
export const corpus: readonly HostileCase[] = [...controls, ...sequences, ...unseen, ...fakes];

/** How many cases there are of each kind, for people. */
export const countKinds = (cases: readonly HostileCase[]): string =>
	Object.entries(Object.groupBy(cases, ({kind}) => kind))
		.map(([kind, {length} = []]) => `${length} ${kind}`)
		.join(', ');
