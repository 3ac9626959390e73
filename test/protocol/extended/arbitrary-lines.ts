import fc from 'fast-check';
import type * as fields from '../../../source/protocol/extended/fields.ts';
import type {Schema, Shape} from '../../../source/protocol/extended/schema.ts';

/** Texts of everything that has a meaning somewhere: separators, escapes, verbs, controls, what is not seen. */
export const wildText: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...[' ', ':', ' :', ',', '=', '%', '%0A', '%2C', '%25', '\n', '\r', '\r\n', '\0', '\t', '\u001B[2J'],
				...[
					'\u0085',
					'\u2028',
					'\u202E',
					'\u200D',
					'\uFEFF',
					'\uD800',
					'@msg n=1',
					'@welcome ',
					'from server: ',
				],
				...['to=', 'key=', 'bob', '#dev', 'ß', 'é', '日本', '👩‍👩‍👧'],
			),
			fc.string({unit: 'binary', maxLength: 6}),
			fc.string({maxLength: 6}),
		),
		{maxLength: 8},
	)
	.map(parts => parts.join(''));

const value = wildText.map(text => text.replace(/\p{Cc}/gu, '').toWellFormed());
const part = value.map(text => (text === '' ? 'x' : text));
const text = wildText.map(raw => raw.replace(/(?!\t)\p{Cc}/gu, '').toWellFormed());

/** Makes values of a field; by what it takes, as a field does not tell its kind. */
function meaningOf(field: fields.AnyField): fc.Arbitrary<unknown> {
	const takes = (raw: string) => field.decode(raw) !== undefined;
	if (takes('0') && !takes('x')) return fc.maxSafeNat();
	if (takes('1') && !takes('0')) return fc.constant(true);
	if (takes('RETENTION') && !takes('x')) return fc.constantFrom('RETENTION', 'CURSOR', 'LATER_2');
	const words = [
		'send',
		'active',
		'done',
		'here',
		'away',
		'memory',
		'disk',
		'cluster',
		'sent',
		'queued',
		'plain',
		'extended',
	];
	if (!takes('x')) return fc.constantFrom(...words.filter(takes));
	if (Array.isArray(field.decode('x'))) return fc.array(part, {minLength: takes('') ? 0 : 1, maxLength: 4});
	return takes('%20') ? part : fc.stringMatching(/^[\w-]{1,64}$/);
}

/** Any line of a schema, as an object. */
export function lineOf(schema: Schema): fc.Arbitrary<{readonly type: string}> {
	const ofShape = (verb: string, {fields: all, text: wanted}: Shape) =>
		fc
			.record({
				...Object.fromEntries(
					Object.entries(all).map(([key, field]) => {
						const any = meaningOf(field);
						return [key, 'isOptional' in field ? fc.option(any, {nil: undefined}) : any];
					}),
				),
				...(wanted === undefined
					? {}
					: {text: wanted === 'required' ? text : fc.option(text, {nil: undefined})}),
			})
			.map(made => ({
				type: verb,
				...Object.fromEntries(Object.entries(made).filter(([, one]) => one !== undefined)),
			}));
	return fc.oneof(...Object.entries(schema).map(([verb, shape]) => ofShape(verb, shape)));
}
