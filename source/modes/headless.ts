import process from 'node:process';
import packageJson from '../../package.json' with {type: 'json'};
import type {Broker} from '../broker/index.ts';
import {LogGate} from '../broker/log-gate.ts';
import {formatAddress} from '../session/address.ts';
import {exitCodes} from './exit-codes.ts';
import {closeOnSignals, startHostBroker} from './host.ts';
import {tellListening} from './invitation.ts';
import {HostLog} from './log.ts';
import type {Options} from './options.ts';
import {steadyHeap} from './steady-heap.ts';

/** The broker alone. Standard output gets one line, once it accepts; everything else is said on standard error. */
export async function runHeadless(options: Options): Promise<void> {
	steadyHeap();
	const log = new HostLog(options.log, options.isVerbose);
	const broker = await startHostBroker(options, ({code, text}) =>
		log.write({level: 'info', code, text}),
	).catch(error => {
		// For people it is a sentence like that of any mode.
		if (options.log === 'text') throw error;
		return endWith(log, error);
	});
	process.on('uncaughtException', error => endWith(log, error));
	// A busy host would write of nothing else.
	const comings = new LogGate<'JOIN' | 'LEAVE'>(log.write);
	// Before the line is out: whoever waits for it may send a signal at once.
	closeOnSignals(broker, ['SIGINT', 'SIGTERM'], {
		onBegin(signal) {
			const {connections} = broker;
			const text = `Shutting down on ${signal}, ${countOf(connections, 'connection')} to close`;
			log.write({level: 'info', code: 'SHUTTING_DOWN', text, connections});
		},
		onEnd(seconds) {
			comings.flush();
			const rounded = Number(seconds.toFixed(3));
			const text = `Shut down within ${rounded} s`;
			log.write({level: 'info', code: 'SHUT_DOWN', text, seconds: rounded});
			return log.flush();
		},
	});
	// A host without a screen goes on when the terminal that it was started in is closed.
	process.on('SIGHUP', () => {});
	// Whoever reads the line may close the pipe afterwards; a host goes on without it.
	process.stdout.on('error', () => {});
	process.stdout.write(`listening on ${formatAddress(broker.address)}\n`);
	report(broker, log);
	broker.on('log', log.write);
	broker.on('join', (login, remote) => comings.log('info', 'JOIN', `${login} came`, remote));
	broker.on('leave', (login, remote) => comings.log('info', 'LEAVE', `${login} left`, remote));
}

/** Logs where it listens and what others type to join. */
function report(broker: Broker, log: HostLog): void {
	const {limit} = broker;
	const at = formatAddress(broker.address);
	const {version, platform, arch, pid} = process;
	log.write({
		level: 'debug',
		code: 'VERSIONS',
		text: `${packageJson.name} ${packageJson.version}, Node ${version.slice(1)}, ${platform} ${arch}, process ${pid}`,
	});
	const text = `Listening on ${at}, for up to ${countOf(limit, 'connection')}`;
	log.write({level: 'info', code: 'LISTENING', text, at, limit});
	for (const line of tellListening(broker.address)) {
		log.write({level: 'info', code: 'HOW_TO_JOIN', text: line});
	}
}

function endWith(log: HostLog, error: unknown): never {
	log.writeLast(error);
	process.exit(exitCodes.failed);
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
