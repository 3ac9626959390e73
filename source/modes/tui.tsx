import process from 'node:process';
import type {Broker} from '../broker/index.ts';
import {parseLogin} from '../protocol/login.ts';
import {type Address, formatAddress, isLoopback} from '../session/address.ts';
import type {Post} from '../session/outbox.ts';
import type {Session} from '../session/session.ts';
import type {SessionError} from '../session/session-error.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {Controller} from '../ui/controller.ts';
import {EarlyKeys} from '../ui/early-keys.ts';
import {mountScreen} from '../ui/mount.ts';
import {createScreenState, mergeScreenActions, screenReducer} from '../ui/screen/screen-state.ts';
import {Store} from '../ui/screen/store.ts';
import {readKeys} from '../ui/terminal/read-keys.ts';
import {Terminal} from '../ui/terminal/terminal.ts';
import {createTheme, wantsColor} from '../ui/theme.ts';
import {linesOf} from './held-lines.ts';
import {describeListening} from './invitation.ts';
import {findLogin, rememberLogin} from './login-name.ts';
import {nextLogin} from './next-login.ts';
import type {Options} from './options.ts';
import {endScreen} from './screen-end.ts';
import type {ScreenHost} from './screen-host.ts';
import {steadyHeap} from './steady-heap.ts';
import {TypingNotices} from './typing-notices.ts';

/** How often countdowns are counted on, in ms. */
const tickMs = 500;

/** Messages that are loaded at once when the reader comes near the oldest one. */
const earlierMessages = 200;

/** When a screen has certainly started, in ms. */
const startedMs = 1000;

/** The chat on the whole terminal: puts terminal, keys, state, session and, if need be, a broker together. */
export async function runScreen(options: Options): Promise<void> {
	const terminal = new Terminal(process.stdin, process.stdout);
	const store = new Store(
		screenReducer,
		createScreenState({
			size: terminal.size,
			login: options.login ?? findLogin(process.env)?.login ?? '',
			address: formatAddress(options.address),
			theme: createTheme(wantsColor(process.env)),
		}),
		mergeScreenActions,
	);
	let host: ScreenHost | undefined;
	let session: Session | undefined;
	let kept: SessionStore | undefined;
	/** The id of the oldest message that is shown, if there may be older ones. */
	let oldestShown: string | undefined;
	/** Lines that a session held when its login was refused: the next one sends them. */
	let held: readonly Post[] = [];

	const end = endScreen(
		terminal,
		async () => {
			await session?.stop();
			await kept?.close();
			await host?.broker?.close();
		},
		() => host?.broker !== undefined,
	);
	const screen = mountScreen(terminal, store, {onName: answerName, onFault: error => end.fail(error)});
	const controller = new Controller(store, {
		send(to, text) {
			const id = session?.send(to, text)?.id;
			if (id !== undefined) typing.sent();
			return id;
		},
		loadEarlier,
		tellTyping: to => typing.write(to),
		takeBack() {
			const post = session?.takeBack();
			return post && {to: post.to, text: post.text, post: post.id};
		},
		leave: () => end.leave(),
		trust,
		suspend,
		redraw: screen.redraw,
		passToInk: screen.passToInk,
	});
	const typing = new TypingNotices((to, isActive) =>
		session?.say({type: 'typing', to, state: isActive ? 'active' : 'done'}),
	);
	const keys = new EarlyKeys(event => controller.handle(event));
	if (store.current.login === '') askName('choose a name to be known by', '');
	readKeys(terminal, keys.handle);
	screen.enter();
	setTimeout(steadyHeap, startedMs).unref();
	process.on('SIGCONT', () => {
		terminal.reenter();
		screen.redraw();
	});
	setInterval(() => {
		const {phase} = store.current.chat.connection;
		if (phase === 'connecting' || phase === 'waiting' || store.current.chat.typing.length > 0)
			store.dispatchSoon({type: 'ticked', now: performance.now()});
	}, tickMs);

	// The window is there and takes what is typed; all that costs time to load comes now.
	const {SessionError, ScreenHost, notice, openExtended, passingOptions, startScreenSession} = await import(
		'./screen-parts.ts'
	);
	host = new ScreenHost(options, showHosting);
	if (options.isHost) {
		try {
			await host.start(({text}) => notice(store, text));
		} catch (error) {
			end.fail(error);
			return;
		}
	}
	if (store.current.login !== '') join(store.current.login);
	keys.release();

	function join(login: string): void {
		const address = host?.broker?.address ?? options.address;
		// Only a chat of this machine, at the usual place, is started by whoever comes first.
		const mayHost = !options.isAddressGiven && !options.isHost && isLoopback(address.host);
		store.dispatch({type: 'named', login});
		session = startScreenSession(store, {
			address,
			login,
			open: () => openSession(address, login),
			rescue: mayHost ? host?.rescue : undefined,
			onIn: () => rememberLogin(login, process.env),
			onStopped(reason) {
				// It is asked about.
				if (reason.code !== 'STRANGER') turnedAway(login, reason);
			},
		});
		for (const {id, to, text} of held) {
			// Each session numbers its lines anew.
			const post = session.send(to, text)?.id;
			if (post === undefined) continue;
			store.dispatchSoon({type: 'chat', action: {type: 'post-taken-back', post: id}});
			store.dispatchSoon({type: 'chat', action: {type: 'posted', post, to, text, at: Date.now()}});
		}
		held = [];
	}

	/** What is needed for a-chat/1; undefined if another screen uses the name, and so another one is asked for. */
	async function openSession(address: Address, login: string): Promise<ExtendedOptions | undefined> {
		// A port that was picked anew is not found again.
		if (options.isHost && options.address.port === 0) return passingOptions();
		try {
			const extended = await openExtended(address, login, process.env);
			kept = extended.store;
			oldestShown = kept.held.messages[0]?.id;
			store.dispatchSoon({type: 'keeping', isKeeping: extended.identity !== undefined});
			return extended;
		} catch (error) {
			const {code, message} = error as Error & {code?: string};
			if (code === 'LOCKED') {
				turnedAway(login, new SessionError('NAME_TAKEN', message));
				return undefined;
			}
			notice(store, message, 'so what waits to be sent is lost when this screen ends');
			return passingOptions();
		}
	}

	async function loadEarlier(): Promise<void> {
		const oldest = oldestShown;
		// One page at a time, and none behind the last.
		oldestShown = undefined;
		if (oldest === undefined || kept === undefined) return;
		const messages = await kept.earlier(oldest, earlierMessages).catch(() => []);
		oldestShown = messages[0]?.id;
		const {login} = store.current;
		store.dispatch({type: 'chat', action: {type: 'earlier', lines: linesOf(messages, login)}});
	}

	function trust(srv: string, isTrusted: boolean): void {
		const reason = session?.status.phase === 'stopped' ? session.status.reason : undefined;
		if (isTrusted) session?.trust(srv);
		else if (reason === undefined) session?.distrust();
		else end.fail(reason);
	}

	function turnedAway(login: string, reason: SessionError): void {
		if (reason.code !== 'NAME_TAKEN') {
			// What waits stays where it is kept, for the next start.
			end.fail(reason);
			return;
		}
		const posts: Post[] = [];
		for (let post = session?.takeBack(); post; post = session?.takeBack()) posts.unshift(post);
		held = posts;
		session = undefined;
		void kept?.close();
		kept = undefined;
		askName(`"${login}" is taken: choose another name`, nextLogin(login));
	}

	function askName(reason: string, suggestion: string): void {
		store.dispatch({type: 'asked', question: {kind: 'name', reason, suggestion}});
	}

	function answerName(text: string): void {
		const {question} = store.current;
		const parsed = parseLogin(text);
		if (parsed.ok) {
			store.dispatch({type: 'asked', question: undefined});
			join(parsed.login);
		} else if (question?.kind === 'name') {
			store.dispatch({type: 'asked', question: {...question, problem: parsed.problem}});
		}
	}

	function showHosting(broker: Broker): void {
		store.dispatchSoon({type: 'hosting', isHosting: true, address: formatAddress(broker.address)});
		notice(store, 'you host this chat; others join it with', ...describeListening(broker.address));
		broker.on('log', ({text}) => notice(store, text));
	}

	function suspend(): string | undefined {
		if ((host?.broker?.connections ?? 0) > 1) {
			return 'this screen hosts others: stopping it would stop their chat';
		}
		terminal.leave();
		// The whole group, as the terminal itself would do it: the shell waits for npm or npx, not for us alone.
		process.kill(0, 'SIGTSTP');
		// Where no shell does job control the signal is ignored; waiting for its counterpart would last for ever.
		setTimeout(() => {
			terminal.enter();
			screen.redraw();
		}, 50);
		return undefined;
	}
}
