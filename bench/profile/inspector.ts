import {Inspector} from '../inspector.ts';
import {freePort} from '../ports.ts';

/** Attaches to the process whose inspector listens on `port` of 127.0.0.1; rejects if there is none. */
export async function attach(port: number): Promise<Inspector> {
	try {
		const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
			readonly webSocketDebuggerUrl: string;
		}[];
		return await Inspector.connect(targets[0]?.webSocketDebuggerUrl ?? '');
	} catch {
		throw new Error('the server has no inspector: only a command that runs Node can be profiled');
	}
}

/** Calls `start`; a Node that is started in it has an inspector on `port`. Resolves with what `start` resolves with. */
export async function withInspector<Started>(start: () => Promise<Started>): Promise<{
	readonly port: number;
	readonly started: Started;
}> {
	const port = await freePort();
	const {NODE_OPTIONS: options} = process.env;
	process.env.NODE_OPTIONS = `${options ?? ''} --inspect=127.0.0.1:${port}`;
	try {
		return {port, started: await start()};
	} finally {
		if (options === undefined) delete process.env.NODE_OPTIONS;
		else process.env.NODE_OPTIONS = options;
	}
}
