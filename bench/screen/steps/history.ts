import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {openKeptSession} from '../../../source/session/kept-session.ts';
import type {HeldMessage} from '../../../source/session/store/held.ts';
import {identityOf} from '../../load/extended/identity.ts';
import {content} from '../../stores/content.ts';
import {onStage} from '../../stores/stage.ts';
import type {Contestant} from '../contestants.ts';
import type {Findings} from '../findings.ts';
import {markOf, senders, textOf} from '../messages.ts';
import {login} from '../stage.ts';
import {createHome, WatchedProgram} from '../watched-program.ts';

/** Messages of the two hosts, and of the two screens as far as they keep them. */
export const histories = {short: 100, long: content.messages} as const;

const patienceMs = 15_000;
// More than a screen keeps are the host's alone.
const keptMessages = 100_000;
const messagesAtOnce = 5000;
const host = 'node dist/bin.cjs --host --headless --listen {port} --store {store}';

/** A screen that has a history: how it is started, and a piece of its newest message. */
type Reader = {readonly command: string; readonly home: string; readonly newest: string};

/**
 * From the start of a screen until the newest of the messages that it has kept is there, with a short history and a long
 * one in turns.
 */
export async function measureHistory(
	screen: Contestant,
	findings: Findings,
	{starts, stores}: {readonly starts: number; readonly stores: string},
): Promise<void> {
	const homes = [createHome(), createHome()] as const;
	try {
		await onStage(host, {stores, kind: undefined}, ({port: shortPort}) =>
			onStage(host, {stores, kind: 'history'}, async ({port: longPort}) => {
				const short = await prepare(screen, homes[0].folder, shortPort, histories.short);
				const long = await prepare(screen, homes[1].folder, longPort, histories.long);
				for (let start = 0; start < starts; start++) {
					const inShort = await open(short);
					const inLong = await open(long);
					findings.add(`history-${histories.short}`, screen.name, inShort);
					findings.add(`history-${histories.long}`, screen.name, inLong);
					findings.add('history-ratio', screen.name, inLong / inShort);
				}
			}),
		);
	} finally {
		for (const home of homes) home.remove();
	}
}

/** Resolves with how long the newest message took, in ms; rejects with what is there instead of it. */
async function open({command, home, newest}: Reader): Promise<number> {
	const program = new WatchedProgram(command, home);
	const shown = await program.until(() => program.shows(newest), patienceMs);
	await program.settle(200);
	const {rows} = program.frame;
	await program.stop();
	if (shown === undefined) throw new Error(`${newest} was not there at the start:\n${rows.join('\n')}`);
	return shown - program.start;
}

/** A screen with as many messages as it keeps of `count`. */
async function prepare({command}: Contestant, home: string, port: number, count: number): Promise<Reader> {
	const kept = Math.min(count, keptMessages);
	// Always the same key: the store with the long history stays, and with it whose name this is.
	const data = writeKey(home);
	const {store} = await openKeptSession(data, {host: '127.0.0.1', port}, login);
	for (let first = 0; first < kept; first += messagesAtOnce) {
		const length = Math.min(messagesAtOnce, kept - first);
		const messages = Array.from({length}, (_, i) => messageAt(first + i));
		await store.keep(messages, undefined, []);
	}
	await store.close();
	const reader = {command: fill(command, port), home, newest: markOf(kept - 1)};
	// The first start also makes what later ones find: a file with what has been compiled.
	await open(reader);
	return reader;
}

const fill = (command: string, port: number): string =>
	command.replaceAll('{address}', `127.0.0.1:${port}`).replaceAll('{login}', login);

/** Returns the folder of the data in a home. */
function writeKey(home: string): string {
	const data = path.join(home, 'data');
	mkdirSync(data, {recursive: true, mode: 0o700});
	const key = identityOf(login).key.export({type: 'pkcs8', format: 'pem'});
	writeFileSync(path.join(data, 'identity.pem'), key, {mode: 0o600});
	return data;
}

function messageAt(i: number): HeldMessage {
	return {
		id: i.toString(36).padStart(16, '0'),
		n: undefined,
		ts: Date.now(),
		from: `t${i % senders}`,
		to: [login],
		text: textOf(i),
		isLong: false,
		isAction: false,
		isOwn: false,
	};
}
