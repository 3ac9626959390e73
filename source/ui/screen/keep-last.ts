/**
 * `work`, done anew only if something that it depends on is another thing than the last time: else what came of it then,
 * the very same value. Holds one result.
 */
export function keepLast<Input extends object, Output>(
	work: (input: Input) => Output,
): (input: Input) => Output {
	let last: {readonly input: Input; readonly output: Output} | undefined;
	return input => {
		if (!last || !isSame(last.input, input)) last = {input, output: work(input)};
		return last.output;
	};
}

function isSame<Value extends object>(a: Value, b: Value): boolean {
	const keys = Object.keys(a) as (keyof Value)[];
	return keys.length === Object.keys(b).length && keys.every(key => Object.is(a[key], b[key]));
}
