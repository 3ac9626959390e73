import process from 'node:process';
import type {Broker} from '../broker/index.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {findLogin} from './login-name.ts';
import type {Options} from './options.ts';
import {fail, say} from './output.ts';
import {neverBlock} from './passing-lines.ts';
import {UsageError} from './usage-error.ts';

/** Runs one of the modes, each loaded only when it is the one: a broker alone never loads the screen. */
export async function run(options: Options): Promise<void> {
	if (options.mode !== 'screen' && options.mode !== 'headless')
		process.on('uncaughtException', error => fail(error, exitCodes.failed));
	if (options.mode === 'headless') {
		const {runHeadless} = await import('./headless.ts');
		return runHeadless(options);
	}
	if (options.mode === 'screen') {
		const {runScreen} = await import('./tui.tsx');
		return runScreen(options);
	}
	if (options.storeCare) {
		endOnSignals();
		const {runStoreCare} = await import('./store-care.ts');
		process.exitCode = (await runStoreCare(options, options.storeCare)) ? exitCodes.done : exitCodes.failed;
		return;
	}

	const login = options.login ?? findLogin(process.env)?.login;
	if (login === undefined) throw new UsageError('There is no name to use: choose one with --name.');
	if (options.mode === 'send') {
		endOnSignals();
		const {runSend} = await import('./send.ts');
		process.exit(await runSend(options, login));
	}

	const broker = options.isHost ? await startHost(options) : undefined;
	if (options.mode === 'json') {
		const {runJson} = await import('./json.ts');
		process.exitCode = await runJson(options, login, broker);
		await broker?.close();
		process.exit();
	}
	const {runPlain} = await import('./plain.ts');
	if (!broker) endOnSignals();
	try {
		const wasAllSent = await runPlain(broker ? broker.address : options.address, login);
		process.exitCode = wasAllSent ? exitCodes.done : exitCodes.failed;
	} finally {
		await broker?.close();
		// What a slow reader of our output has not taken yet would be lost with the process.
		await new Promise(resolve => process.stdout.write('', resolve));
	}
	process.exit();
}

async function startHost(options: Options): Promise<Broker> {
	const {closeOnSignals, reportOnHost, startHostBroker} = await import('./host.ts');
	const broker = await startHostBroker(options, ({text}) => say(`a-chat-tui: ${text}`));
	closeOnSignals(broker);
	neverBlock(process.stdout);
	reportOnHost(broker);
	return broker;
}

/** A client that a signal ends says so with its exit code, also where nobody waits for the signal itself. */
function endOnSignals(): void {
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => process.exit(signalExitCode(signal)));
	}
}
