// A small chat of the plain dialect on the whole terminal, with planted faults for the figures of the screen to find:
// `slow` shows keys after 50 ms, `forgetful` shows some messages a second too late, `flickering` draws another size first
// in the old one's places, `smeared` leaves a word behind until it is told to draw anew. By hand:
// npm run bench:screen -- --screen slow='node bench/faults/chat-screen.ts --join {port} --name {login} --fault slow'
import {connect} from 'node:net';
import {createInterface} from 'node:readline';
import {parseArgs} from 'node:util';

const {values} = parseArgs({
	options: {
		join: {type: 'string', default: ''},
		name: {type: 'string', default: ''},
		fault: {type: 'string', default: ''},
	},
});
const faults = new Set(values.fault.split(','));
const {stdin, stdout} = process;
const slowMs = 50;
const flickerMs = 300;
const lateMs = 1000;
const messages: string[] = [];
let draft = '';
let smear = '';

function draw(rows = stdout.rows): void {
	const space = rows - 1;
	const shown = messages.slice(-space);
	const lines = Array.from({length: space}, (_, i) => (shown[i] ?? '').slice(0, stdout.columns - 1));
	lines.push(`> ${draft}${smear}`);
	const painted = lines.map((line, i) => `\u001B[${i + 1};1H${line}`).join('');
	// As a whole, also where the terminal reads it in pieces.
	stdout.write(`\u001B[?2026h\u001B[2J${painted}\u001B[?2026l`);
}

function take(keys: string): void {
	for (const key of keys) {
		if (key === '\f') smear = '';
		else if (key === '\u0015') draft = '';
		else if (key >= ' ') draft += key;
	}
	draw();
}

stdin.setRawMode(true);
stdin.setEncoding('utf8').on('data', (keys: string) => {
	if (faults.has('slow')) setTimeout(take, slowMs, keys);
	else take(keys);
});
stdout.on('resize', () => {
	if (faults.has('smeared')) smear = 'smear';
	if (faults.has('flickering')) {
		draw(stdout.rows - 2);
		setTimeout(draw, flickerMs);
	} else draw();
});

stdout.write('\u001B[?1049h');
draw();
const socket = connect({host: '127.0.0.1', port: Number(values.join)});
socket.write(`${values.name}\n`);
createInterface(socket).on('line', line => {
	const show = () => {
		messages.push(line);
		draw();
	};
	if (faults.has('forgetful') && /m\d*7 /.test(line)) setTimeout(show, lateMs);
	else show();
});
