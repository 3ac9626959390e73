import type {DraftMeaning} from '../../chat/commands/parse.ts';
import {readNamesAndText} from '../../chat/commands/parse.ts';
import {commandOf, usageOf} from '../../chat/commands/table.ts';
import {everything, type Party, partyOf} from '../../chat/conversation.ts';
import {isIgnored} from '../../chat/ignored.ts';
import {keyOf, memberKeyOf} from '../../chat/names.ts';
import {countWaiting} from '../../chat/scrollback.ts';
import {parseRoom} from '../../protocol/extended/room.ts';
import {limits} from '../../protocol/limits.ts';
import {nameDoubt} from '../doubts.ts';
import type {ScreenPorts} from '../ports.ts';
import {strangersAmong} from '../screen/addressing.ts';
import type {ScreenAction, ScreenState} from '../screen/screen-state.ts';
import type {Store} from '../screen/store.ts';
import {isRoom, sendText, showSent, takeToRoom} from '../submit.ts';
import {sanitise} from '../text/sanitise.ts';

/** What a command has at hand. */
type Desk = {
	readonly store: Store<ScreenState, ScreenAction>;
	readonly ports: ScreenPorts;
	readonly answered: string | undefined;
};

/** Why something is not done; or what is asked before it is. */
type Problem = string | {readonly doubt: string};

type Read = DraftMeaning & {readonly kind: 'command'};

/**
 * Does what was typed behind a slash. What cannot be done so is said, and stands in the composer again.
 *
 * @param draft as it was typed
 * @param answered the question that this Enter has said yes to
 */
export function runCommand(
	read: Read,
	draft: string,
	answered: string | undefined,
	store: Desk['store'],
	ports: ScreenPorts,
): void {
	const problem = run(read, {store, ports, answered});
	if (problem === undefined) return;
	store.dispatch({type: 'composer', action: {type: 'set', text: draft}});
	store.dispatch(
		typeof problem === 'string' ? {type: 'hinted', hint: problem} : {type: 'doubted', hint: problem.doubt},
	);
}

/** Undefined if it is done or under way. */
function run({name, rest}: Read, desk: Desk): Problem | undefined {
	const {store, ports} = desk;
	const {chat} = store.current;
	const usage = usageOf(commandOf(name));
	switch (name) {
		case 'help':
		case 'keys':
			store.dispatch({type: 'overlay', action: {type: 'open', kind: name, query: rest}});
			return undefined;
		case 'msg':
			return message(rest, usage, desk);
		case 'who':
			return rest === '' ? hand({type: 'who'}) : withRoom(rest, room => hand({type: 'who', room}));
		case 'rooms':
			return hand({type: 'rooms'});
		case 'join':
			if (rest === '') return `${usage}: which room?`;
			return withRoom(rest, room => hand({type: 'join', room}));
		case 'part':
			return part(rest, desk);
		case 'search':
			store.dispatch({type: 'search', action: {type: 'begun'}});
			store.dispatch({type: 'search', action: {type: 'typed', text: rest}});
			return undefined;
		case 'ignore':
			return ignore(rest, desk);
		case 'mute':
			return mute(desk);
		case 'clear':
			store.dispatch({type: 'chat', action: {type: 'cleared', view: chat.open}});
			store.dispatch({type: 'scrolled-to-end'});
			return undefined;
		case 'away': {
			const isBack = rest === '' && store.current.away !== undefined;
			return hand({type: 'state', away: isBack ? undefined : rest});
		}
		case 'quit':
			return quit(desk);
		case 'me':
			return undefined;
	}

	function hand(command: Parameters<ScreenPorts['command']>[0]): undefined {
		ports.command(command);
	}
}

function message(rest: string, usage: string, {store, ports, answered}: Desk): Problem | undefined {
	const read = readNamesAndText(rest);
	if (read === undefined) return `${usage}: to whom?`;
	const wrong = read.names.find(name => memberKeyOf(name) === undefined);
	if (wrong !== undefined) return `"${sanitise(wrong)}" is no name`;
	if (read.names.length > limits.destinations)
		return `a message goes to ${limits.destinations} people at most`;
	const party = partyOf(read.names, store.current.chat.login);
	if (read.text === '') {
		if (party) open(party, store);
		return undefined;
	}
	const strangers = strangersAmong(read.names, store.current.chat);
	const doubt = nameDoubt(strangers, read.names, store.current.chat);
	if (doubt !== undefined && doubt !== answered) return {doubt};
	const room = strangers.find(isRoom);
	if (room !== undefined) {
		takeToRoom(room, read.names, read.text, {}, store, ports);
		return undefined;
	}
	if (sendText(read.names, read.text, {}, store, ports)) showSent(read.names, store);
	return undefined;
}

/** The room of a name with or without its `#`. */
function withRoom(typed: string, go: (room: string) => void): string | undefined {
	const parsed = parseRoom(typed.startsWith('#') ? typed : `#${typed}`);
	if (!parsed.ok) return `"${sanitise(typed)}" is no room: ${parsed.problem}`;
	go(parsed.room);
	return undefined;
}

/** Leaves a room; any other conversation is only closed. */
function part(rest: string, {store, ports}: Desk): string | undefined {
	const {chat} = store.current;
	const named = partyOf(rest.split(/[\s,:]+/).filter(Boolean), chat.login);
	if (rest !== '' && named && chat.conversations.has(named.id) && !/^#[^,]*$/.test(named.id)) {
		store.dispatch({type: 'closed', id: named.id});
		return undefined;
	}
	const members = chat.conversations.get(chat.open)?.members ?? [];
	const [only] = members;
	const room = rest !== '' ? rest : members.length === 1 && only?.startsWith('#') ? only : undefined;
	if (room !== undefined) return withRoom(room, name => ports.command({type: 'part', room: name}));
	if (chat.open === everything)
		return 'what is to be left? /part #ROOM, or /part NAMES closes a conversation';
	store.dispatch({type: 'closed', id: chat.open});
	return undefined;
}

function ignore(rest: string, {store}: Desk): string | undefined {
	const {ignored} = store.current.chat;
	if (rest === '') {
		const names = [...ignored.values()].map(sanitise).join(', ');
		tell(store, names === '' ? 'nobody is ignored' : `ignored: ${names}`);
		return undefined;
	}
	if (keyOf(rest) === undefined) return `"${sanitise(rest)}" is no name`;
	const isNew = !isIgnored(ignored, rest);
	store.dispatch({type: 'chat', action: {type: 'ignored', login: rest, isIgnored: isNew}});
	const shown = sanitise(rest);
	tell(
		store,
		isNew
			? `what ${shown} says is hidden: /ignore ${shown} shows it again`
			: `what ${shown} says is shown again`,
	);
	return undefined;
}

function mute({store}: Desk): string | undefined {
	const {chat} = store.current;
	const conversation = chat.conversations.get(chat.open);
	if (conversation === undefined) return 'open the conversation that is to be muted first';
	const isMuted = !conversation.isMuted;
	store.dispatch({type: 'chat', action: {type: 'muted', id: chat.open, isMuted}});
	tell(store, isMuted ? 'muted: nobody calls you here until /mute' : 'no longer muted');
	return undefined;
}

/** Who says so means it; only what would be lost is asked about. */
function quit({store, ports}: Desk): undefined {
	const {chat, isKeeping} = store.current;
	if (!isKeeping && countWaiting(chat.scrollback) > 0)
		store.dispatch({type: 'asked', question: {kind: 'leave'}});
	else ports.leave();
}

const open = (party: Party, store: Desk['store']): void => store.dispatch({type: 'opened', party});

/** Words of the program in the view that is open. */
function tell(store: Desk['store'], text: string): void {
	const view = store.current.chat.open;
	store.dispatch({type: 'chat', action: {type: 'noticed', texts: [text], at: Date.now(), view}});
	store.dispatch({type: 'scrolled-to-end'});
}
