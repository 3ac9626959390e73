import type {Case} from '../case.ts';

export const invalidUtf8Case: Case = {
	id: '2',
	name: 'invalid UTF-8, cut everywhere',
	run: ({attack, isQuick}) => attack('invalidUtf8', {step: isQuick ? 12 : 1}),
};
