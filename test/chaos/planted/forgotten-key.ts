import {onCleanup} from '../../support/cleanup.ts';
import {startLineProxy} from '../line-proxy.ts';

/** A planted fault: a message that is sent again has another key, as of a host that has forgotten the first. */
export const forgetKeys = async (port: number): Promise<number> => {
	const proxy = await startLineProxy(port, connection => ({
		onClientLine(line, {toServer}) {
			toServer(line.replace(/^@send key=(\S+)/, `@send key=$1-${connection}`));
		},
		onServerLine(line, {toClient}) {
			toClient(line.replace(/^(@(?:ack|fail)\b.*? key=\S+)-\d+ /, '$1 '));
		},
	}));
	onCleanup('test', proxy.close);
	return proxy.port;
};
