import {type Address, formatAddress} from './address.ts';
import {Connection} from './connection.ts';
import {Dialogue} from './extended/dialogue.ts';
import type {Identity} from './identity.ts';
import {type KnownHost, strangerAt} from './known-host.ts';
import {SessionError} from './session-error.ts';

export type TakeOverOptions = {
	readonly address: Address;
	readonly login: string;
	/** What we are and in which version, as `a-chat-tui/0.1.0`. */
	readonly agent: string;
	/** The key that the login is bound to; only it says that we are the same person. */
	readonly identity: Identity | undefined;
	readonly knownHost: KnownHost;
};

/**
 * Has a host end whatever session this person has under a login, wherever that is, and leaves again. What waits for the
 * login stays there: nothing is confirmed.
 *
 * @throws {SessionError} why the host did not, or cannot
 */
export const takeOver = ({address, login, agent, identity, knownHost}: TakeOverOptions): Promise<void> =>
	new Promise((resolve, reject) => {
		const where = formatAddress(address);
		const fail = (reason: SessionError) => {
			reject(reason);
			connection.destroy();
		};
		const dialogue = new Dialogue({
			// Without this one all that is written would count as confirmed.
			...{login, agent, identity, caps: ['ack'], cursor: undefined},
			trusts: srv => knownHost.trusts(srv),
			write: line => connection.write(`${line}\n`),
			onEvent(event) {
				if (event.type === 'stranger') fail(strangerAt(where));
				if (event.type !== 'welcomed') return;
				resolve();
				connection.destroy();
			},
		});
		const connection: Connection = new Connection({
			...{address, login, dialogue},
			onSettled: () =>
				fail(new SessionError('NOT_EXTENDED', `${where} knows no more than names: end the other one first.`)),
			onLines() {},
			onClose(error) {
				dialogue.stop();
				// Whoever was let in is told so before.
				reject(error ?? new SessionError('LOST', `${where} closed the connection.`));
			},
		});
	});
