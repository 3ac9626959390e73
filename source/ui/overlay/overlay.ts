import type {Place} from '../../chat/places.ts';

/**
 * What is looked at for a moment, in front of what is said and written: places to go to (`index`: the one that Enter goes
 * to), or a page of words (`row`: the first of it that is shown). Typing searches in it. The places are those of when it
 * was typed: whatever happens meanwhile, Enter goes where the eye was.
 */
export type Overlay =
	| {
			readonly kind: 'go';
			readonly query: string;
			readonly places: readonly Place[];
			readonly index: number;
	  }
	| {readonly kind: 'help' | 'keys'; readonly query: string; readonly row: number};

export type OverlayAction =
	| {readonly type: 'open'; readonly kind: Overlay['kind']; readonly query?: string}
	| {readonly type: 'typed'; readonly text: string}
	| {readonly type: 'erased'; readonly what: 'character' | 'all'}
	/** To another place, with what is typed completed to it if that is given; or to another row of the page. */
	| {readonly type: 'moved'; readonly to: number; readonly query?: string | undefined}
	| {readonly type: 'closed'};

/** Code points that are searched for at most. */
const maxQuery = 200;

/** @param find the places that a query means */
export function overlayReducer(
	overlay: Overlay | undefined,
	action: OverlayAction,
	find: (query: string) => readonly Place[],
): Overlay | undefined {
	const begin = (kind: Overlay['kind'], query: string): Overlay =>
		kind === 'go' ? {kind, query, places: find(query), index: 0} : {kind, query, row: 0};
	if (action.type === 'open') return begin(action.kind, clean(action.query ?? ''));
	if (overlay === undefined || action.type === 'closed') return undefined;
	const {kind, query} = overlay;
	switch (action.type) {
		case 'typed':
			return begin(kind, clean(query + action.text));
		case 'erased':
			return begin(kind, action.what === 'all' ? '' : [...query].slice(0, -1).join(''));
		case 'moved':
			return overlay.kind === 'go'
				? {...overlay, index: action.to, query: clean(action.query ?? query)}
				: {...overlay, row: action.to};
	}
}

const clean = (text: string): string => [...text.replace(/\p{C}/gu, '')].slice(0, maxQuery).join('');
