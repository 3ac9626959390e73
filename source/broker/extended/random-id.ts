import {randomFillSync} from 'node:crypto';

/** Bytes of an id, which are 16 characters. */
const idBytes = 12;

/** For many ids at once: to ask for one takes longer than all else that is done for such a message. */
const random = Buffer.allocUnsafeSlow(512 * idBytes);
let unused = 0;

/** The id of a message that came without a key. */
export const randomId = (): string => {
	if (unused === 0) unused = randomFillSync(random).length;
	unused -= idBytes;
	return random.toString('base64url', unused, unused + idBytes);
};
