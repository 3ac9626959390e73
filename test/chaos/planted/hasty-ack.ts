import {onCleanup} from '../../support/cleanup.ts';
import {startLineProxy} from '../line-proxy.ts';

/** How long a message then stands only in the memory of the proxy, in ms. */
const lateMs = 30;

/** A planted fault: the `@ack` is there before anything is stored, as of a host that does not wait for its disk. */
export const ackTooEarly = async (port: number): Promise<number> => {
	const proxy = await startLineProxy(port, () => ({
		onClientLine(line, {toServer, toClient}) {
			const {key, to} = /^@send key=(?<key>\S+) to=(?<to>\S+) /.exec(line)?.groups ?? {};
			if (key !== undefined)
				toClient(`@ack key=${key} id=early${key.replaceAll('-', '')} ts=1 to=${to} stored=disk`);
			setTimeout(() => toServer(line), lateMs);
		},
	}));
	onCleanup('test', proxy.close);
	return proxy.port;
};
