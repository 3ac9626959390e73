import {createHash, createPrivateKey, createPublicKey} from 'node:crypto';
import type {Identity} from './talker.ts';

// How DER writes an Ed25519 key in front of its 32 bytes (RFC 8410).
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicBytes = 32;

/** The key of a login in stores that the bench has made: always the same, so that it need not be kept. */
export function identityOf(login: string): Identity {
	const seed = createHash('sha256').update(`a-chat-tui bench ${login}`).digest();
	const key = createPrivateKey({key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8'});
	const der = createPublicKey(key).export({format: 'der', type: 'spki'});
	return {pub: der.subarray(-publicBytes).toString('base64url'), key};
}
