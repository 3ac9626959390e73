import type {Case} from '../case.ts';

export const cyclesCase: Case = {
	id: '4',
	name: 'connect, log in, drop',
	mostGrowth: 1_048_576,
	warmUp: ({attack}) => attack('cycles', {cycles: 300, lanes: 50}),
	run: ({attack, isQuick}) => attack('cycles', {cycles: isQuick ? 500 : 10_000, lanes: 50}),
};
