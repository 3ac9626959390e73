import type {Case} from '../case.ts';

export const endlessLinesCase: Case = {
	id: '1',
	name: 'lines without end, or bytes one by one',
	async run({attack, isQuick}) {
		await Promise.all([
			attack('endlessLines', {bytes: isQuick ? 20e6 : 100e6, lanes: 10}),
			attack('longestLines', {lines: isQuick ? 10 : 200}),
			attack('trickle', {connections: isQuick ? 100 : 500, everyMs: isQuick ? 50 : 1000}),
		]);
	},
};
