import type {ChatAction} from '../chat/chat-state.ts';
import type {PersonChange} from '../chat/people.ts';
import type {ServerLine} from '../protocol/extended/server-lines.ts';
import type {Answer, Request} from '../session/extended/requests.ts';

/** Who is here, from a list that is asked for at each connection and what is told from then on. */
export class PresenceFeed {
	readonly #tell: (action: ChatAction) => void;
	/** What was told while the list is on its way: it may be newer. */
	#changes: PersonChange[] | undefined;

	constructor(tell: (action: ChatAction) => void) {
		this.#tell = tell;
	}

	/** Asks who is here. Without an answer nobody knows, as on a plain host. */
	async begin(ask: (request: Request) => Promise<Answer>): Promise<void> {
		this.#changes = [];
		try {
			const {lines} = await ask({type: 'who'});
			const people = [...lines.flatMap(toChange), ...this.#changes];
			this.#tell({type: 'people-listed', people, at: Date.now()});
		} catch {}
		this.#changes = undefined;
	}

	/** Takes what a host told of somebody. */
	hear(line: ServerLine): void {
		if (line.type === 'room-joined' || line.type === 'room-left') {
			const {room, login} = line;
			const hasCome = line.type === 'room-joined';
			this.#tell({type: 'room-changed', room, login, hasCome, at: Date.now()});
		}
		const changes = toChange(line);
		if (changes.length === 0) return;
		if (this.#changes === undefined) this.#tell({type: 'people-changed', changes, at: Date.now()});
		else this.#changes.push(...changes);
	}
}

function toChange(line: ServerLine): readonly PersonChange[] {
	switch (line.type) {
		case 'join':
			return [{login: line.login, state: 'here'}];
		case 'leave':
			return [{login: line.login, state: 'gone'}];
		case 'user':
			return [{login: line.login, state: line.state}];
		default:
			return [];
	}
}
