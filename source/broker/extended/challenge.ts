import {createPublicKey, randomBytes, verify} from 'node:crypto';
import {challengeText} from '../../protocol/extended/challenge-text.ts';

/** How DER writes an Ed25519 key in front of its 32 bytes (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const keyBytes = 32;

/** Whether a text is a public key: 32 bytes in base64url. */
export const isPublicKey = (pub: string): boolean => {
	const key = Buffer.from(pub, 'base64url');
	return key.length === keyBytes && key.toString('base64url') === pub;
};

/** What a client has to sign: nobody can know it before. */
export const makeNonce = (): string => randomBytes(24).toString('base64url');

/** Whether a signature is that of the key's owner, for this host, this name and this connection. */
export const isSignature = (
	sig: string,
	{srv, nonce, login, pub}: {srv: string; nonce: string; login: string; pub: string},
): boolean => {
	try {
		const der = Buffer.concat([derPrefix, Buffer.from(pub, 'base64url')]);
		const key = createPublicKey({key: der, format: 'der', type: 'spki'});
		const text = challengeText({srv, nonce, login, pub});
		return verify(null, Buffer.from(text), key, Buffer.from(sig, 'base64url'));
	} catch {
		// Not every 32 bytes are a point of the curve.
		return false;
	}
};
