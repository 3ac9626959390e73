import {isFinal} from '../../protocol/extended/codes.ts';

/**
 * Keeps the order of what one client sends when something of it is refused for now: all that comes behind it is refused
 * as well, until it comes again.
 */
export class SendOrder {
	#blocked: {readonly key: string; readonly code: string} | undefined;

	/** A send was refused. */
	refused(code: string, key: string | undefined): void {
		if (key !== undefined && !isFinal(code)) this.#blocked ??= {key, code};
	}

	/** The code with which a send is refused because an earlier one has to come first; undefined if it may pass. */
	codeFor(key: string | undefined): string | undefined {
		if (this.#blocked !== undefined && key === this.#blocked.key) this.#blocked = undefined;
		return this.#blocked?.code;
	}
}
