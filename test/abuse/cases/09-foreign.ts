import type {Case} from '../case.ts';

export const foreignCase: Case = {
	id: '9',
	name: 'HTTP, TLS, SSH, random bytes',
	run: ({attack, isQuick}) =>
		attack('foreign', {rounds: isQuick ? 1 : 50, patienceMs: isQuick ? 2000 : 65_000}),
};
