import {setTimeout as sleep} from 'node:timers/promises';

/** Waits until something is so, for some ms at most, and says whether it became so. */
export const until = async (isSo: () => boolean, mostMs = 20_000): Promise<boolean> => {
	const deadline = performance.now() + mostMs;
	while (!isSo() && performance.now() < deadline) await sleep(5);
	return isSo();
};
