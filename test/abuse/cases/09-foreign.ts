import type {Case} from '../case.ts';

export const foreignCase: Case = {
	id: '9',
	name: 'HTTP, TLS, SSH, random bytes',
	run: ({attack, isQuick}) =>
		attack(
			'foreign',
			isQuick ? {rounds: 1, patienceMs: 5000, isPatient: 0} : {rounds: 50, patienceMs: 65_000, isPatient: 1},
		),
};
