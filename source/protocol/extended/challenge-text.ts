/** What is signed by a client that owns a name's key. The label keeps the signature from meaning anything elsewhere. */
export const challengeText = ({
	srv,
	nonce,
	login,
	pub,
}: {
	readonly srv: string;
	readonly nonce: string;
	/** In NFC, as the client wrote it in its first line. */
	readonly login: string;
	readonly pub: string;
}): string => ['a-chat/1 login', srv, nonce, login, pub].join('\n');
