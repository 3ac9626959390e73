/** Why a store cannot be used; the message says what to do. */
export class StoreError extends Error {
	/** `GONE`: its file is not there any more; `REPLACED`: another one, or an earlier state of it, is in its place. */
	readonly code: 'NEWER' | 'DAMAGED' | 'LOCKED' | 'UNREADABLE' | 'CLOSED' | 'GONE' | 'REPLACED';

	constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'StoreError';
		this.code = code;
	}
}
