import type {ChatLine} from '../chat/chat-line.ts';
import type {Found} from '../chat/find.ts';
import {isHidden} from '../chat/ignored.ts';
import {placeLines} from '../chat/place-lines.ts';
import {extendedLimits} from '../protocol/extended/limits.ts';
import type {Answer, Request} from '../session/extended/requests.ts';
import {numberedIn, type Place} from '../session/host-history.ts';
import {SessionError} from '../session/session-error.ts';
import type {Excerpt, ExcerptAction, ExcerptPart} from '../ui/excerpt/excerpt.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {placesIn} from './earlier-lines.ts';
import {linesOf} from './held-lines.ts';

/** How long somebody has to wait for more before that is said, in ms. */
const patienceMs = 300;

type Ask = (request: Request) => Promise<Answer>;

/** What a host tells of one side of a number, and the number from which on there is more there. */
type Side = {readonly lines: readonly ChatLine[]; readonly next: number | undefined};

/** Loads from the host what was said around a message that was found, and what goes on from there. */
export function watchExcerpt(store: Store<ScreenState, ScreenAction>, ask: Ask): void {
	/** For which excerpt it is under way. */
	let loading: Found | undefined;

	store.subscribe(() => {
		const {excerpt} = store.getSnapshot();
		if (excerpt?.wanted !== undefined && excerpt.found !== loading) void load(excerpt);
	});

	async function load(excerpt: Excerpt): Promise<void> {
		const {found} = excerpt;
		loading = found;
		const tell = (action: ExcerptAction) => store.dispatch({type: 'excerpt', action});
		const wait = setTimeout(() => tell({type: 'waited', found}), patienceMs);
		const part = await partOf(excerpt, store.current, ask).catch(() => 'not-reached' as const);
		clearTimeout(wait);
		if (loading === found) loading = undefined;
		if (part === 'not-reached') tell({type: 'failed', found, problem: part});
		else tell(part ? {type: 'loaded', found, part} : {type: 'failed', found, problem: 'gone'});
	}
}

/** What is wanted, from the first of the places in which the host has it; undefined if it has it in none. */
async function partOf(
	{found, wanted, before, after}: Excerpt,
	state: ScreenState,
	ask: Ask,
): Promise<ExcerptPart | undefined> {
	const {n, party} = found;
	if (n === undefined || party === undefined) return undefined;
	for (const place of placesIn(party.id, state.login)) {
		const sideOf = (from: {readonly before: number} | {readonly after: number}) =>
			sideIn(place, from, party.id, state, ask);
		try {
			if (wanted === 'earlier' && before !== undefined) {
				const {lines, next} = await sideOf({before});
				return {lines, before: next};
			}
			if (wanted === 'later' && after !== undefined) {
				const {lines, next} = await sideOf({after});
				return {lines, after: next};
			}
			const [above, below] = await Promise.all([sideOf({before: n + 1}), sideOf({after: n})]);
			// Under the same number another host has something else.
			const isThere = above.lines.some(({id, text}) => id === n && text === found.text);
			if (isThere) return {lines: [...above.lines, ...below.lines], before: above.next, after: below.next};
		} catch (error) {
			// A room that we are not in any more.
			if (!(error instanceof SessionError) || error.code !== 'REFUSED_REQUEST') throw error;
		}
	}
	return undefined;
}

async function sideIn(
	place: Place,
	from: {readonly before: number} | {readonly after: number},
	view: string,
	{login, chat}: ScreenState,
	ask: Ask,
): Promise<Side> {
	const {lines, hasMore} = await ask({type: 'history', ...place, ...from, limit: extendedLimits.page});
	const held = numberedIn(lines);
	const last = 'before' in from ? held[0] : held.at(-1);
	const placed = placeLines(login, linesOf(held, login)).map((line, at): ChatLine => {
		return {...line, id: held[at]?.n ?? 0};
	});
	// What was said to a room and somebody beside it is another conversation.
	const shown = placed.filter(
		line => line.kind !== 'notice' && line.party?.id === view && !isHidden(chat.ignored, line),
	);
	return {lines: shown, next: hasMore ? last?.n : undefined};
}
