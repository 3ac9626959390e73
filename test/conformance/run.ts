// `npm run conformance -- HOST:PORT`: whether a server keeps the rules of docs/protocol.md.
import {conform} from './conform.ts';

const {stderr} = process;

process.exitCode = await conform(process.argv.slice(2), {
	out: text => console.log(text),
	err: text => console.error(text),
	progress: stderr.isTTY
		? text => stderr.write(`\r\u001B[K${text.slice(0, (stderr.columns ?? 80) - 1)}`)
		: undefined,
});
