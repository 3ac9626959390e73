export type SessionErrorCode =
	| 'UNREACHABLE'
	| 'REFUSED'
	/** Nobody hosts there, and neither can we. */
	| 'NOT_HOSTED'
	| 'NOT_FOUND'
	| 'TIMEOUT'
	| 'NOT_CHAT'
	| 'LOST'
	| 'NAME_TAKEN'
	| 'TAKEN_OVER'
	| 'STRANGER'
	| 'REFUSED_MESSAGE'
	| 'REFUSED_REQUEST'
	| 'NOT_EXTENDED'
	| 'TURNED_AWAY';

/** Why a session cannot begin or go on. The message is one sentence for people that says what to do next. */
export class SessionError extends Error {
	override readonly name = 'SessionError';
	readonly code: SessionErrorCode;
	/** The code with which a host of a-chat/1 has refused something, such as `FORBIDDEN`. */
	readonly hostCode: string | undefined;

	constructor(
		code: SessionErrorCode,
		message: string,
		{hostCode, ...options}: ErrorOptions & {readonly hostCode?: string} = {},
	) {
		super(message, options);
		this.code = code;
		this.hostCode = hostCode;
	}
}
