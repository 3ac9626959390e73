import {createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {linkSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../database/make-folder.ts';
import {challengeText} from '../protocol/extended/challenge-text.ts';

const fileName = 'identity.pem';

/** The key that a person's names are bound to. Whoever has the file is that person. */
export class Identity {
	/** The public key, as a hello has it. */
	readonly pub: string;
	readonly #secret: KeyObject;

	constructor(secret: KeyObject) {
		this.#secret = secret;
		this.pub = createPublicKey(secret).export({format: 'jwk'}).x ?? '';
	}

	/** Answers a host's challenge. Only for the host that is known to be at that address. */
	sign(srv: string, nonce: string, login: string): string {
		const text = challengeText({srv, nonce, login, pub: this.pub});
		return sign(null, Buffer.from(text), this.#secret).toString('base64url');
	}
}

/**
 * The key in a folder; made, for nobody else to read, if there is none.
 *
 * @throws {Error} with a sentence that says what to do, if the file holds something else or cannot be used
 */
export function loadIdentity(folder: string): Identity {
	const file = path.join(folder, fileName);
	try {
		return read(file) ?? make(folder, file);
	} catch (error) {
		const {message} = error as Error;
		throw new Error(
			`The key in ${file} cannot be used (${message}): check its rights, or move it away to get a new one.`,
			{
				cause: error,
			},
		);
	}
}

function read(file: string): Identity | undefined {
	let pem: string;
	try {
		pem = readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	const secret = createPrivateKey(pem);
	if (secret.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key');
	return new Identity(secret);
}

/** Two programs may start for the first time at once: whole, under its own name, the first file wins. */
function make(folder: string, file: string): Identity {
	makeFolder(folder);
	const {privateKey} = generateKeyPairSync('ed25519');
	const draft = `${file}.${process.pid}`;
	writeFileSync(draft, privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600, flag: 'wx'});
	try {
		linkSync(draft, file);
		return new Identity(privateKey);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return read(file) ?? new Identity(privateKey);
	} finally {
		rmSync(draft, {force: true});
	}
}
