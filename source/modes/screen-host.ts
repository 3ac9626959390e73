import type {Broker} from '../broker/index.ts';
import type {HostOptions} from './host.ts';
import type {StoreNews} from './invitation.ts';

/** How often a port that refuses us and yet cannot be listened on is tried at once, before waiting. */
const maxQuickTries = 10;

/** The broker in the process of a screen: asked for with `--host`, or there because nobody else was. */
export class ScreenHost {
	readonly #options: HostOptions;
	readonly #onStart: (broker: Broker) => void;
	#broker: Broker | undefined;
	#quickTries = 0;

	constructor(options: HostOptions, onStart: (broker: Broker) => void) {
		this.#options = options;
		this.#onStart = onStart;
	}

	get broker(): Broker | undefined {
		return this.#broker;
	}

	/**
	 * @param onStoreNews see `startHostBroker`
	 * @throws BrokerError
	 */
	async start(onStoreNews?: (news: StoreNews) => void): Promise<Broker> {
		const {startHostBroker} = await import('./host.ts');
		const broker = await startHostBroker(this.#options, onStoreNews);
		this.#broker = broker;
		this.#onStart(broker);
		return broker;
	}

	/**
	 * Nobody listens at the address: host there. True if it may be joined now, because we do, or because another screen
	 * of this machine was quicker.
	 *
	 * @throws BrokerError if we cannot, for another reason than that
	 */
	readonly rescue = async (): Promise<boolean> => {
		if (this.#broker) return false;
		try {
			await this.start();
			this.#quickTries = 0;
			return true;
		} catch (error) {
			// Who has the store is about to listen, or has just stopped.
			const {code = ''} = error as {code?: string};
			if (!['EADDRINUSE', 'LOCKED'].includes(code)) throw error;
			this.#quickTries++;
			if (this.#quickTries > maxQuickTries) {
				this.#quickTries = 0;
				return false;
			}
			await new Promise(resolve => setTimeout(resolve, 10 + 30 * Math.random()));
			return true;
		}
	};
}
