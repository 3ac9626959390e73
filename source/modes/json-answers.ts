import type {HostCommands} from '../session/extended/host-commands.ts';
import type {JsonCommand} from './json-commands.ts';

/** A command that cannot be followed; the message is a sentence. */
export class CommandError extends Error {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/**
 * Asks the host what a command says. Resolves to what the answer holds beside `type` and `req`.
 *
 * @throws what `HostCommands` throws
 */
export async function answer(host: HostCommands, command: JsonCommand): Promise<object> {
	switch (command.type) {
		case 'who':
			return {users: await host.who(command.room)};
		case 'rooms':
			return {rooms: await host.rooms()};
		case 'history':
			return host.history(command.room ?? command.with ?? [], command);
		case 'search':
			return host.search(command.text);
		case 'room-join':
			await host.join(command.room);
			return {room: command.room};
		case 'room-leave':
			await host.leave(command.room);
			return {room: command.room};
		default:
			return {};
	}
}
