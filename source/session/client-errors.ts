import {SessionError} from './session-error.ts';

/** Why the connection of a program ends, or nothing can be sent any more; `where` is an address. */
export const lost = (): SessionError => new SessionError('LOST', 'The connection is closed: connect again.');

export const broken = (where: string, what: string): SessionError =>
	new SessionError('LOST', `${where} ${what}: connect again.`);

export const neverTaken = (messages: number): SessionError =>
	new SessionError('LOST', `${messages} messages waited for a loop that takes them: loop over the client.`);

export const takenOver = (login: string): SessionError =>
	new SessionError('TAKEN_OVER', `"${login}" has logged in at another place: end that one first.`);
