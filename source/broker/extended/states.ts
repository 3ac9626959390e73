import {loginKey} from '../../protocol/login.ts';
import type {Addressee} from './addressees.ts';
import type {Draft} from './draft.ts';
import type {Hall} from './hall.ts';

/** What becomes of a message for one person. */
export type State = 'sent' | 'queued' | 'delivered' | 'absent';

/**
 * What becomes of a message that was taken, for one of those whom it is for.
 *
 * @param n its number
 * @param known to whom it was handed, if it had been taken before
 */
export const stateOf = (
	hall: Hall,
	{sender}: Draft,
	addressee: Addressee,
	n: number,
	known: {readonly handed: readonly string[]} | undefined,
): State => {
	const {kind, name} = addressee;
	// Whoever writes to itself has it.
	if (kind === 'account' && addressee.member === sender) return 'delivered';
	if (known?.handed.some(other => loginKey(other) === loginKey(name))) return 'sent';
	// Whoever has the name since then only did not get it.
	if (kind === 'account' && addressee.member.account.since < n)
		return addressee.member.confirmed >= n ? 'delivered' : 'queued';
	if (known !== undefined) return 'absent';
	return kind === 'plain' && hall.plainPeer(addressee.key) !== undefined ? 'sent' : 'absent';
};
