import type {Case} from '../case.ts';

export const oneNameCase: Case = {
	id: '7',
	name: 'two claim one name',
	run: ({attack, isQuick}) =>
		attack(
			'oneName',
			isQuick ? {rounds: 60, lanes: 20, slowEvery: 30} : {rounds: 1000, lanes: 40, slowEvery: 50},
		),
};
