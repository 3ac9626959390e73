import type {Case} from '../case.ts';

/** Nobody has to have logged in before that (`docs/protocol.md`). */
const loginMs = 60_000;

export const muteCase: Case = {
	id: '3',
	name: 'never log in',
	async run({attack, isQuick}) {
		const connections = isQuick ? 200 : 500;
		const holdMs = isQuick ? 300 : loginMs - 5000;
		await attack('mute', {connections, holdMs, untilCut: isQuick ? 0 : 1});
	},
};
