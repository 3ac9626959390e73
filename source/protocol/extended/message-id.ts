import {hash} from 'node:crypto';

/**
 * The id of a message that its sender gave a key: the same on every host, so that a message that went to two of them is
 * known as one, and its sender knows it when it comes back.
 *
 * @param identity the sender's public key, or `guestIdentity` of one that has none
 */
export const messageId = (identity: string, key: string): string => {
	const whole = hash('sha256', `${identity} ${key}`, 'base64url');
	// Of two short pieces, as V8 copies these: one longer slice keeps the whole hash in memory for as long as the id.
	return whole.slice(0, 8) + whole.slice(8, 16);
};

/**
 * What the keys of a guest's messages belong to: the folded login, so that what is sent again to a host that has started
 * anew is known. Nobody else knows those keys.
 */
export const guestIdentity = (key: string): string => `guest ${key}`;
