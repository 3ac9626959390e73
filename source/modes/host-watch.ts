import {type Address, nearAddress} from '../session/address.ts';
import {Link} from '../session/link.ts';

/** Time between two looks, in ms. */
const lookMs = 1000;

/**
 * Looks whether a host answers at an address where one wants to listen, until one does: connects, hangs up at once, and
 * waits until the other side does, too. One that stands still does not, and is waited for.
 *
 * @returns a function that ends it
 */
export function watchForHost(address: Address, onFound: () => void): () => void {
	let isOver = false;
	let timer: NodeJS.Timeout | undefined;
	let link: Link | undefined;
	const look = () => {
		const next: Link = new Link({
			address: nearAddress(address),
			onOpen: () => next.halfClose(),
			onData() {},
			onClose(error) {
				if (isOver) return;
				if (error === undefined) onFound();
				else timer = setTimeout(look, lookMs);
			},
		});
		link = next;
	};
	look();
	return () => {
		isOver = true;
		clearTimeout(timer);
		link?.destroy();
	};
}
