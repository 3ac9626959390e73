import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';

const file = path.resolve(import.meta.dirname, '../../docs/json.schema.json');
type Side = {readonly oneOf: readonly {readonly properties: {readonly type: Type}}[]};
type Type = {readonly const?: string; readonly enum?: readonly string[]};
const schema = JSON.parse(readFileSync(file, 'utf8')) as {
	readonly $defs: {readonly output: Side; readonly input: Side};
};
const ajv = new Ajv2020({allErrors: true, strictTypes: false, strictRequired: false});
ajv.addSchema(schema, 'json');

/** What is wrong with a value by the schema of the lines that the program writes, or reads; undefined if nothing. */
export const faultOf = (value: unknown, side: 'output' | 'input'): string | undefined => {
	const validate = ajv.getSchema(`json#/$defs/${side}`);
	if (validate === undefined) throw new Error(`The schema has no ${side}`);
	return validate(value) === true
		? undefined
		: `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`;
};

const typesOf = ({oneOf}: Side): readonly string[] =>
	oneOf.flatMap(({properties: {type}}) => type.enum ?? [type.const ?? '']);

/** The types of the lines that the program writes, and of those that it reads. */
export const outputTypes = typesOf(schema.$defs.output);
export const inputTypes = typesOf(schema.$defs.input);
