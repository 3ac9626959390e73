import process from 'node:process';
import type {Broker} from '../broker/index.ts';
import {parseLogin} from '../protocol/login.ts';
import {formatAddress, isLoopback} from '../session/address.ts';
import type {Request} from '../session/extended/requests.ts';
import {Controller} from '../ui/controller.ts';
import {EarlyKeys} from '../ui/early-keys.ts';
import {mountScreen} from '../ui/mount.ts';
import {
	createScreenState,
	mergeScreenActions,
	screenReducer,
	type YesOrNo,
} from '../ui/screen/screen-state.ts';
import {Store} from '../ui/screen/store.ts';
import type {Aside} from '../ui/terminal/aside.ts';
import {asideSupportOf} from '../ui/terminal/asides.ts';
import {readKeys} from '../ui/terminal/read-keys.ts';
import {Terminal} from '../ui/terminal/terminal.ts';
import {lookOf} from '../ui/theme/terminal-look.ts';
import {createTheme} from '../ui/theme.ts';
import type {EarlierLines} from './earlier-lines.ts';
import {describeListening, type StoreNews} from './invitation.ts';
import {findLogin} from './login-name.ts';
import type {Options} from './options.ts';
import type {ScreenCommands} from './screen-commands.ts';
import {endScreen} from './screen-end.ts';
import type {ScreenHost} from './screen-host.ts';
import type {ScreenLogin} from './screen-login.ts';
import {smallHeap} from './steady-heap.ts';
import {TypingNotices} from './typing-notices.ts';

/** How often countdowns are counted on, in ms. */
const tickMs = 500;

/** The chat on the whole terminal: puts terminal, keys, state, session and, if need be, a broker together. */
export async function runScreen(options: Options): Promise<void> {
	const look = lookOf(process.env);
	const terminal = new Terminal(process.stdin, process.stdout, look);
	const store = new Store(
		screenReducer,
		createScreenState({
			size: terminal.size,
			login: options.login ?? findLogin(process.env)?.login ?? '',
			address: formatAddress(options.address),
			theme: createTheme(look),
		}),
		mergeScreenActions,
	);
	let host: ScreenHost | undefined;
	let login: ScreenLogin | undefined;
	let earlier: EarlierLines | undefined;
	let commands: ScreenCommands | undefined;
	let aside: Aside | undefined;
	const end = endScreen(
		terminal,
		async () => {
			await login?.stop();
			await host?.broker?.close();
		},
		() => host?.broker !== undefined,
	);
	const screen = mountScreen(terminal, store, {onName: takeName, onFault: error => end.fail(error)});
	const controller = new Controller(store, {
		send(to, text, form) {
			const id = login?.session?.send(to, text, form)?.id;
			if (id !== undefined) typing.sent();
			return id;
		},
		command: command => commands?.run(command),
		loadEarlier: () => void earlier?.load(store.current.chat.open),
		tellTyping: to => typing.write(to),
		takeBack() {
			const post = login?.session?.takeBack();
			return post && {to: post.to, text: post.text, post: post.id, isAction: post.isAction};
		},
		leave: () => end.leave(),
		answer,
		suspend,
		redraw: screen.redraw,
		copy: text => aside?.copy(text) ?? false,
		passToInk: screen.passToInk,
	});
	const typing = new TypingNotices((to, isActive) =>
		login?.session?.say({type: 'typing', to, state: isActive ? 'active' : 'done'}),
	);
	const keys = new EarlyKeys(event => controller.handle(event));
	if (store.current.login === '') askName();
	readKeys(
		terminal,
		event => end.hear(event) || keys.handle(event),
		background => store.dispatch({type: 'themed', theme: createTheme({...look, background})}),
	);
	screen.enter();
	process.on('SIGCONT', () => {
		terminal.reenter();
		screen.redraw();
	});
	// A window that was made another size and back in one go has lost what was in it, and Node says nothing of that.
	let isResized = false;
	terminal.on('resize', () => {
		isResized = true;
	});
	process.on('SIGWINCH', () => {
		if (!isResized) screen.redraw();
		isResized = false;
	});
	setInterval(() => {
		const {phase} = store.current.chat.connection;
		if (phase === 'connecting' || phase === 'waiting' || store.current.chat.typing.length > 0)
			store.dispatchSoon({type: 'ticked', now: performance.now()});
	}, tickMs);

	// The window is there and takes what is typed; all that costs time to load comes now.
	const parts = await import('./screen-parts.ts');
	const {notice} = parts;
	parts.watchLookAlikes(store);
	aside = new parts.Aside(terminal, asideSupportOf(look, process.env));
	parts.watchNotices(store, aside);
	const ask = async (request: Request) => {
		if (!login?.session) throw new Error('nobody can be asked yet');
		return login.session.ask(request);
	};
	parts.watchSearch(store, ask);
	parts.watchExcerpt(store, ask);
	host = new parts.ScreenHost(options, showHosting);
	earlier = new parts.EarlierLines(store);
	commands = new parts.ScreenCommands(store, room => void earlier?.load(room));
	const keptScreen = new parts.KeptScreen(store);
	if (options.isHost) {
		try {
			await host.start(showPreparing);
		} catch (error) {
			end.fail(error);
			return;
		}
	}
	const address = host.broker?.address ?? options.address;
	// Only a chat of this machine, at the usual place, is started by whoever comes first.
	const mayHost = !options.isAddressGiven && !options.isHost && isLoopback(address.host);
	login = new parts.ScreenLogin(store, {
		address,
		rescue: mayHost ? host.rescue : undefined,
		ownHost: host.broker?.srv,
		// A port that was picked anew is not found again.
		isLasting: !(options.isHost && options.address.port === 0),
		async onOpened(kept, session) {
			const file = parts.screenFile(address, store.current.login, process.env);
			const oldest = file && (await keptScreen.begin(file, kept));
			earlier?.begin(kept, session, oldest);
		},
		onReleased: () => keptScreen.end(),
		onBegun: (session, name) => commands?.attach(session, name),
		onFailed: reason => end.fail(reason),
	});
	if (store.current.login !== '') login.join(store.current.login);
	keys.release();
	smallHeap();

	function askName(): void {
		const reason = 'choose a name to be known by';
		store.dispatch({type: 'asked', question: {kind: 'name', reason, suggestion: ''}});
	}

	function answer(question: YesOrNo, isYes: boolean): void {
		const session = login?.session;
		switch (question.kind) {
			case 'stale':
				session?.settleStale(isYes);
				break;
			case 'stranger': {
				const reason = session?.status.phase === 'stopped' ? session.status.reason : undefined;
				if (isYes) session?.trust(question.srv);
				else if (reason === undefined) session?.distrust();
				else end.fail(reason);
				break;
			}
			case 'open-here':
			case 'taken-over':
				if (!isYes) login?.askName('choose another name', question.login);
				else if (question.kind === 'open-here') login?.join(question.login, true);
				else login?.takeBack(question.login);
		}
	}

	function takeName(text: string): void {
		const {question} = store.current;
		if (question?.kind !== 'name') return;
		const parsed = parseLogin(text);
		if (parsed.ok) {
			store.dispatch({type: 'asked', question: undefined});
			if (login) login.join(parsed.login);
			else store.dispatch({type: 'named', login: parsed.login});
		} else {
			store.dispatch({type: 'asked', question: {...question, problem: parsed.problem}});
		}
	}

	/** It may take long until there is a host: whoever does not want to wait can leave. */
	function showPreparing({text, state}: StoreNews): void {
		const connection = {phase: 'connecting', since: performance.now(), state} as const;
		store.dispatchSoon({type: 'chat', action: {type: 'connection-changed', connection}});
		notice(store, text);
		keys.release();
	}

	function showHosting(broker: Broker): void {
		// Our own is no stranger, whoever hosted before.
		login?.session?.trust(broker.srv);
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
