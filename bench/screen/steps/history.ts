import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {openKeptSession} from '../../../source/session/kept-session.ts';
import type {HeldMessage} from '../../../source/session/store/held.ts';
import {identityOf} from '../../load/extended/identity.ts';
import {median} from '../../statistics.ts';
import {content, personOf} from '../../stores/content.ts';
import {onStage} from '../../stores/stage.ts';
import {untilShown} from '../check.ts';
import type {Contestant} from '../contestants.ts';
import type {Findings} from '../findings.ts';
import {senders, textOf} from '../messages.ts';
import {createHome, WatchedProgram} from '../watched-program.ts';

/** Messages of a long history: as many has the host, and a screen keeps the newest 100,000 of them. */
export const histories = {short: 100, long: content.messages} as const;

const keptMessages = 100_000;
const messagesAtOnce = 5000;
const patienceMs = 15_000;
const host = 'node dist/bin.cjs --host --headless --listen {port} --store {store}';
// The one with a long history in the stores that the bench makes.
const reader = personOf(0);

/** From the start of a screen until the newest of `count` messages that it has kept is there. */
export async function measureHistory(
	screen: Contestant,
	findings: Findings,
	{count, starts, stores}: {readonly count: number; readonly starts: number; readonly stores: string},
): Promise<void> {
	const kind = count === histories.long ? 'history' : undefined;
	await onStage(host, {kind, stores}, async ({port}) => {
		const home = createHome();
		try {
			const kept = Math.min(count, keptMessages);
			await fillHome(home.folder, port, kept);
			const command = screen.command
				.replaceAll('{address}', `127.0.0.1:${port}`)
				.replaceAll('{login}', reader);
			// The first start also makes what later ones find: a file with what has been compiled.
			for (let start = 0; start <= starts; start++) {
				const program = new WatchedProgram(command, home.folder);
				const shown = await untilShown(program, kept - 1, patienceMs);
				await program.settle(200);
				await program.stop();
				if (shown === undefined)
					return findings.fault(screen.name, `of ${count} messages the newest was not there at its start`);
				if (start > 0) findings.add(`history-${count}`, screen.name, shown - program.start);
			}
		} finally {
			home.remove();
		}
	});
	const [short, long] = Object.values(histories).map(one =>
		median(findings.of(`history-${one}`, screen.name)),
	);
	if (count === histories.long && short !== undefined && long !== undefined)
		findings.add('history-ratio', screen.name, long / short);
}

async function fillHome(home: string, port: number, count: number): Promise<void> {
	const data = path.join(home, 'data');
	mkdirSync(data, {recursive: true, mode: 0o700});
	const key = identityOf(reader).key.export({type: 'pkcs8', format: 'pem'});
	writeFileSync(path.join(data, 'identity.pem'), key, {mode: 0o600});
	const {store} = await openKeptSession(data, {host: '127.0.0.1', port}, reader);
	for (let first = 0; first < count; first += messagesAtOnce) {
		const length = Math.min(messagesAtOnce, count - first);
		await store.keep(
			Array.from({length}, (_, i) => messageAt(first + i)),
			undefined,
			[],
		);
	}
	await store.close();
}

function messageAt(i: number): HeldMessage {
	return {
		id: i.toString(36).padStart(16, '0'),
		n: undefined,
		ts: Date.now(),
		from: personOf(1 + (i % senders)),
		to: [reader],
		text: textOf(i),
		isLong: false,
		isAction: false,
		isOwn: false,
	};
}
