import {displayWidth} from './width.ts';
import {truncate} from './wrap.ts';

/** The first of some wordings of the same, the longest in front, that has room in `columns` cells; else the last, cut. */
export const firstFitting = (wordings: readonly string[], columns: number): string =>
	wordings.find(words => displayWidth(words) <= columns) ?? truncate(wordings.at(-1) ?? '', columns);
