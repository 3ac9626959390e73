import {keyOf} from './names.ts';

/** Somebody who is here, as the host tells it. */
type Person = {
	readonly login: string;
	readonly state: 'here' | 'away';
};

/** Who is here, by folded login; undefined where nobody knows, as on a plain server. */
export type People = ReadonlyMap<string, Person>;

/** What is known of somebody: `unknown` where nobody knows. */
export type Presence = 'here' | 'away' | 'gone' | 'unknown';

/** Names that are held at most. A host has fewer connections by far. */
const maxPeople = 20_000;

/** Somebody came, changed, or has gone. */
export type PersonChange = {readonly login: string; readonly state: 'here' | 'away' | 'gone'};

/** The people after some changes; the same ones if nothing changed. */
export function changePeople(people: People, changes: readonly PersonChange[]): People {
	const changed = new Map(people);
	let isSame = true;
	for (const {login, state} of changes) {
		const key = keyOf(login);
		if (key === undefined || changed.get(key)?.state === state) continue;
		if (state === 'gone') isSame = !changed.delete(key) && isSame;
		else if (changed.size < maxPeople || changed.has(key)) {
			changed.set(key, {login, state});
			isSame = false;
		}
	}
	return isSame ? people : changed;
}

export function presenceOf(people: People | undefined, login: string): Presence {
	if (people === undefined) return 'unknown';
	const key = keyOf(login);
	return (key === undefined ? undefined : people.get(key)?.state) ?? 'gone';
}
