/** Why a store cannot be used; the message says what to do. */
export class StoreError extends Error {
	readonly code: 'NEWER' | 'DAMAGED' | 'LOCKED' | 'UNREADABLE' | 'CLOSED';

	constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'StoreError';
		this.code = code;
	}
}
