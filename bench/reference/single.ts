// The base of what is kept on the disk: a host of a-chat/1 as one would write it first, with one commit for each
// message, made through node:sqlite before anything is answered. It knows what the load generator says, and no more.
import type {Server, Socket} from 'node:net';
import {createInterface} from 'node:readline';
import {Rows} from './rows.ts';
import {listen, stand} from './stand.ts';

const sendLine = /^@send key=(\S+) to=(\S+) :(.*)$/;
const gotLine = /^@got n=(\d+)$/;

type Waiting = {readonly n: number; readonly id: string; readonly from: string};
type Peer = {readonly socket: Socket; last: number; readonly waiting: Waiting[]};

/** A host whose store is in `folder`: guests who write to one person each line. */
export function startSingle(port: number, folder: string): Promise<Server> {
	const rows = new Rows(folder);
	const peers = new Map<string, Peer>();

	return listen(port, socket => {
		socket.setNoDelay();
		let login: string | undefined;
		const me: Peer = {socket, last: 0, waiting: []};

		const send = (key: string, to: string, text: string) => {
			const from = login ?? '';
			const {n, id, ts} = rows.commit({from, to, key, text});
			const peer = peers.get(to);
			peer?.socket.write(`@msg n=${n} prev=${peer.last} id=${id} ts=${ts} from=${from} to=${to} :${text}\n`);
			if (peer !== undefined) {
				peer.last = n;
				peer.waiting.push({n, id, from});
			}
			me.last = n;
			const state = peer === undefined ? 'absent' : 'queued';
			socket.write(
				`@ack key=${key} id=${id} n=${n} ts=${ts} to=${to} stored=disk\n@status id=${id} to=${to} state=${state}\n`,
			);
		};

		const confirm = (n: number) => {
			while ((me.waiting[0]?.n ?? Number.POSITIVE_INFINITY) <= n) {
				const {id, from} = me.waiting.shift() as Waiting;
				peers.get(from)?.socket.write(`@status id=${id} to=${login} state=delivered\n`);
			}
		};

		const take = (line: string) => {
			const [, key, to, text] = sendLine.exec(line) ?? [];
			const [, n] = gotLine.exec(line) ?? [];
			if (key !== undefined) send(key, to ?? '', text ?? '');
			else if (n !== undefined) confirm(Number(n));
			else if (line.startsWith('@hello ')) {
				socket.write(`@welcome a-chat=1 srv=single you=${login} n=0 stored=disk\n@live\n`);
			} else if (login === undefined) {
				login = line;
				peers.set(line, me);
			}
		};

		const leave = () => {
			if (login !== undefined && peers.get(login) === me) peers.delete(login);
		};

		const lines = createInterface({input: socket, crlfDelay: Number.POSITIVE_INFINITY});
		lines.on('line', take);
		socket.on('close', leave);
		socket.on('error', () => socket.destroy());
		lines.on('error', () => {});
	});
}

if (import.meta.main) await stand(startSingle);
