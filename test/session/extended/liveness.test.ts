import {expect, it, onTestFinished, vi} from 'vitest';
import {Liveness} from '../../../source/session/extended/liveness.ts';

/** A host that is asked and never answers, on a clock that is moved by hand. */
function watch(silentMs: number) {
	vi.useFakeTimers({toFake: ['setInterval', 'clearInterval', 'performance', 'Date']});
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const events: string[] = [];
	const liveness = new Liveness({
		silentMs,
		ask: () => events.push('asked'),
		onDead: () => events.push('dead'),
	});
	onTestFinished(() => liveness.stop());
	return {events, liveness};
}

it('a host that is silent is asked once, and is dead if it does not answer in as much time', () => {
	const {events} = watch(30_000);
	vi.advanceTimersByTime(30_000);
	expect(events).toEqual([]);
	vi.advanceTimersByTime(2000);
	expect(events).toEqual(['asked']);
	vi.advanceTimersByTime(29_000);
	expect(events).toEqual(['asked']);
	vi.advanceTimersByTime(3000);
	expect(events).toEqual(['asked', 'dead']);
	vi.advanceTimersByTime(100_000);
	expect(events).toEqual(['asked', 'dead']);
});

it('whatever comes shows that it lives', () => {
	const {events, liveness} = watch(30_000);
	for (let i = 0; i < 20; i++) {
		vi.advanceTimersByTime(31_500);
		liveness.hear();
	}
	expect(events.filter(event => event === 'dead')).toEqual([]);
	expect(events).toHaveLength(20);
});

it('after the machine has slept it is asked at once, and has two seconds', () => {
	const {events} = watch(30_000);
	vi.advanceTimersByTime(5000);
	// Linux stops the one clock meanwhile, and moves the other.
	vi.setSystemTime(Date.now() + 3_600_000);
	vi.advanceTimersByTime(1000);
	expect(events).toEqual(['asked']);
	vi.advanceTimersByTime(4000);
	expect(events).toEqual(['asked', 'dead']);
});

it('an answer after the sleep is enough, and a clock that is set back means nothing', () => {
	const {events, liveness} = watch(30_000);
	vi.setSystemTime(Date.now() + 3_600_000);
	vi.advanceTimersByTime(1000);
	liveness.hear();
	vi.setSystemTime(Date.now() - 36_000_000);
	vi.advanceTimersByTime(20_000);
	expect(events).toEqual(['asked']);
});
