// A tiny screen with an input box and a planted fault, for the start-up figures to find. By hand:
// npm run bench -- --only start-up --screen faulty='node bench/faults/screen.ts --fault forgets'
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: {fault: {type: 'string', default: 'none'}}});
const {stdin, stdout} = process;
let typed = '';

function draw(status: string): void {
	// With the fault "moves", the first key pushes the pane down by a row.
	const paneRow = values.fault === 'moves' && typed !== '' ? 6 : 5;
	const rows = [
		[1, status],
		[paneRow, 'nobody is here'],
		[24, `> ${typed}`],
	] as const;
	stdout.write(`\u001B[2J${rows.map(([row, text]) => `\u001B[${row};1H${text}`).join('')}`);
}

stdin.setRawMode(true);
stdin.on('data', keys => {
	for (const key of keys.toString()) {
		// With the fault "forgets", the third key is lost.
		const isForgotten = values.fault === 'forgets' && typed.length === 2;
		typed += isForgotten ? ' ' : key;
	}
	draw('connected');
});

stdout.write('\u001B[?1049h');
draw('connecting');
setTimeout(() => draw('connected'), 50);
