import {expect, it} from 'vitest';
import {isSilent, SilentPeers} from '../../source/broker/silent-peers.ts';
import {Peer} from '../support/peer.ts';
import {start} from './start.ts';

const table = `
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0107630A:1C84 0207630A:A944 01 0000001B:00000000 01:000000C6 00000006     0        0 1 1 0
   1: 0107630A:1C84 0207630A:A945 01 0000001B:00000000 01:000000C6 00000005     0        0 1 1 0
   2: 0107630A:1C84 0207630A:A946 01 00000000:00000000 02:00000060 00000000     0        0 1 1 0
   3: 0107630A:1C84 0207630A:A947 01 00004000:00000000 04:00000060 00000009     0        0 1 1 0
   4: 0107630A:1C84 0207630A:A948 04 0000001B:00000000 01:000000C6 0000000F     0        0 1 1 0
   5: 0107630A:1C84 0207630A:A949 01 0000001B:00000000 01:000000C6 0000000F     0        0 1 1 0
   6: 0107630A:1C84 0307630A:A949 01 00000000:00000000 00:00000000 00000000     0        0 1 1 0
`;

it.each([
	[true, 'six retransmissions were not answered', 0xa944],
	[false, 'five were not', 0xa945],
	[false, 'nothing is under way', 0xa946],
	[false, 'it does not read, but says so', 0xa947],
	[false, 'it is closed here already', 0xa948],
	[false, 'another peer with the same port does answer', 0xa949],
	[false, 'it is not in the table', 0xa950],
])('a peer is silent: %s, if %s', (expected, _, remotePort) => {
	expect(isSilent(table, 0x1c84, remotePort)).toBe(expected);
});

it('a peer that is here is not silent, by the tables of this machine', async () => {
	const {address} = await start();
	const alice = await Peer.login(address, 'alice');
	const silentPeers = new SilentPeers(0);
	expect(await silentPeers.has(address.port, alice.socket.localPort ?? 0)).toBe(false);
});
