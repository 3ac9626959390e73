import type {Contestant} from './contestants.ts';
import type {Findings} from './findings.ts';
import {onStage, type Stage} from './stage.ts';
import {measureAlone, measureBurst, measurePages} from './steps/burst.ts';
import {measureHistory} from './steps/history.ts';
import {keysName, measureKeys, rates} from './steps/keys.ts';
import {measureMemory} from './steps/memory.ts';
import {measureResize} from './steps/resize.ts';
import {measureFirstMessage, measurePaste, measureReconnect} from './steps/talk.ts';
import type {Size} from './watched-program.ts';

/** How much is done of everything. */
export type Amounts = {readonly keys: number; readonly starts: number; readonly stores: string};

type Step = {
	/** What `--only` looks at. */
	readonly name: string;
	/** Whether an IRC client does it in the first round only: it takes or waits for minutes. */
	readonly isSlowInIrc?: boolean;
	run(stage: Stage, findings: Findings, amounts: Amounts): Promise<void> | void;
};

/** What is measured in one go; a scene with a `size` or that `keeps` something opens a screen for its steps. */
type Scene = {
	readonly steps: readonly Step[];
	readonly size?: Size;
	/** Whether the host is the same one after a crash. */
	readonly keeps?: boolean;
};

/** What starts screens of its own. */
type OwnScene = {
	readonly name: string;
	/** Whether it is only about what a-chat/1 keeps. */
	readonly isOurs?: boolean;
	readonly isSlowInIrc?: boolean;
	run(screen: Contestant, findings: Findings, amounts: Amounts): Promise<void>;
};

/** Starts are measured for all screens together. */
export const startName = 'start';

const usual: Size = {columns: 80, rows: 24};
const wide: Size = {columns: 200, rows: 60};

const keysSteps = (size: Size): Step[] =>
	rates.map(rate => ({
		name: keysName(rate, size === wide),
		run: (stage, findings, {keys}) => measureKeys(stage, findings, {rate, count: keys, size}),
	}));

const burstStep = (count: number, isSlowInIrc = false): Step => ({
	name: `burst-${count}`,
	isSlowInIrc,
	async run(stage, findings) {
		await measureBurst(stage, findings, count);
		measureMemory(stage, findings, `memory-${count}`);
	},
});

const scenes: readonly (Scene | OwnScene)[] = [
	{name: 'first-message', run: measureFirstMessage},
	{
		size: usual,
		steps: [
			{name: 'memory', run: (stage, findings) => measureMemory(stage, findings, 'memory')},
			...keysSteps(usual),
			{name: 'resize', run: (stage, findings) => measureResize(stage, findings)},
			{name: 'paste', isSlowInIrc: true, run: measurePaste},
		],
	},
	{size: wide, steps: keysSteps(wide)},
	{
		size: usual,
		steps: [burstStep(10_000), {name: 'page-up', run: measurePages}],
	},
	{size: usual, steps: [burstStep(100_000, true)]},
	{
		name: 'alone',
		isSlowInIrc: true,
		run: (screen, findings) => measureAlone(screen, findings, [10_000, 100_000]),
	},
	{size: usual, keeps: true, steps: [{name: 'reconnect', isSlowInIrc: true, run: measureReconnect}]},
	{name: 'history', isOurs: true, run: measureHistory},
];

/** Everything that `--only` can name. */
export const stepNames: readonly string[] = [
	startName,
	...scenes.flatMap(scene => ('steps' in scene ? scene.steps.map(({name}) => name) : [scene.name])),
];

/** What of a round a screen takes part in. */
export type Round = {
	isWanted(name: string): boolean;
	readonly isFirst: boolean;
	tell(progress: string): void;
};

/** Plays all scenes that have something wanted in them with one screen. What a screen throws is its fault. */
export async function playScenes(
	screen: Contestant,
	findings: Findings,
	amounts: Amounts,
	{isWanted, isFirst, tell}: Round,
): Promise<void> {
	const isDue = ({name, isSlowInIrc, isOurs}: {name: string; isSlowInIrc?: boolean; isOurs?: boolean}) =>
		isWanted(name) && !(screen.isIrc && (isOurs || (isSlowInIrc && !isFirst)));
	for (const scene of scenes) {
		try {
			if ('steps' in scene) {
				const steps = scene.steps.filter(isDue);
				if (steps.length === 0) continue;
				await onStage(screen, scene, async stage => {
					for (const step of steps) {
						tell(step.name);
						await step.run(stage, findings, amounts);
					}
				});
			} else if (isDue(scene)) {
				tell(scene.name);
				await scene.run(screen, findings, amounts);
			}
		} catch (error) {
			findings.fault(screen.name, (error as Error).message);
		}
	}
}
