import {Inspector} from '../inspector.ts';

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

/** The environment in which a Node has its inspector on `port`. */
export function withInspector(port: number): NodeJS.ProcessEnv {
	const options = process.env.NODE_OPTIONS ?? '';
	return {...process.env, NODE_OPTIONS: `${options} --inspect=127.0.0.1:${port}`};
}
