import {quote} from './quote.ts';
import {UsageError} from './usage-error.ts';

const hourMs = 3_600_000;
const timeUnits: Readonly<Record<string, number>> = {h: hourMs, d: 24 * hourMs};
const sizeUnits: Readonly<Record<string, number>> = {MB: 1e6, GB: 1e9};

const isAny = (text: string): boolean => text === '0' || text === 'all';

/**
 * How long messages are kept, in ms; `Infinity` for any time.
 *
 * @throws UsageError
 */
export function readKeep(text: string): number {
	if (isAny(text)) return Number.POSITIVE_INFINITY;
	const [, count, unit = ''] = /^([1-9]\d{0,4})([hd])$/.exec(text) ?? [];
	if (count === undefined) {
		throw new UsageError(
			`--keep ${quote(text)} is no time: write days or hours, as in 90d or 36h, or all for any time.`,
		);
	}
	return Number(count) * (timeUnits[unit] as number);
}

/**
 * How many bytes of messages are kept; `Infinity` for any number.
 *
 * @throws UsageError
 */
export function readKeepSize(text: string): number {
	if (isAny(text)) return Number.POSITIVE_INFINITY;
	const [, count, unit = ''] = /^([1-9]\d{0,5})(MB|GB)$/i.exec(text) ?? [];
	if (count === undefined) {
		throw new UsageError(
			`--keep-size ${quote(text)} is no size: write it as in 500MB or 1GB, or all for any size.`,
		);
	}
	return Number(count) * (sizeUnits[unit.toUpperCase()] as number);
}
