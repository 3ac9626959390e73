import type {Case} from '../case.ts';

export const cyclesCase: Case = {
	id: '4',
	name: 'connect, log in, drop',
	mostGrowth: 1_048_576,
	warmUp: ({attack, isQuick}) => attack('cycles', {cycles: isQuick ? 100 : 500, lanes: 50}),
	run: ({attack, isQuick}) => attack('cycles', {cycles: isQuick ? 300 : 10_000, lanes: 50}),
};
