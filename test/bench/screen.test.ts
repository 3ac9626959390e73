import {expect, test} from 'vitest';
import {Findings} from '../../bench/screen/findings.ts';
import {findWrong, leadsUp, markOf, textOf} from '../../bench/screen/messages.ts';
import {onStage} from '../../bench/screen/stage.ts';
import {measureKeys} from '../../bench/screen/steps/keys.ts';
import {measureResize} from '../../bench/screen/steps/resize.ts';

const name = 'planted';
const size = {columns: 80, rows: 24};

async function measure(...faults: readonly string[]): Promise<Findings> {
	const command = `node bench/faults/chat-screen.ts --join {port} --name {login} --fault '${faults.join(',')}'`;
	const findings = new Findings();
	await onStage({name, command, isIrc: false}, {size}, async stage => {
		await measureKeys(stage, findings, {rate: 100, count: 10, size});
		await measureResize(stage, findings, [{columns: 100, rows: 30}]);
	});
	return findings;
}

test.concurrent('a screen in good order passes', async ({expect}) => {
	const findings = await measure();
	expect(findings.faults).toEqual([]);
	expect(findings.of('resize-wrong', name)).toEqual([0]);
	expect(findings.of('keys-100-p50', name)).toHaveLength(1);
});

test.concurrent('a screen that is slow, forgets, flickers and smears is found out in each', async ({
	expect,
}) => {
	const findings = await measure('slow', 'forgetful', 'flickering', 'smeared');
	const faults = findings.faults.map(({what}) => what).join('\n');
	expect(faults).toMatch(/^keys-100: message \d+ does not follow the one before/m);
	expect(faults).toMatch(/^at 100×30: drawn anew, row 30 is another: "> smear", ">"/m);
	expect(findings.of('keys-100-p50', name)[0]).toBeGreaterThan(45);
	expect(findings.of('resize-wrong', name)[0]).toBeGreaterThanOrEqual(2);
});

test('messages on a screen are whole, in order, and the newest are there', () => {
	const rows = [3, 4, 5, 6].map(n => `12:00 t${n % 2}: ${textOf(n)}`);
	expect(findWrong(rows)).toBeUndefined();
	expect(findWrong(rows, 6)).toBeUndefined();
	expect(findWrong(rows, 7)).toBe('message 7 is not there');
	expect(findWrong(rows.toSpliced(1, 1), 6)).toBeUndefined();
	expect(findWrong(rows.with(1, markOf(6)), 6)).toBe('message 6 does not follow the one before');
	expect(findWrong(rows.with(2, markOf(5).slice(0, -1)))).toBe('message 5 has another text');
});

test('the newest messages below one who reads further up are in order too, with no more between than is said', () => {
	const rowsOf = (...numbers: number[]) => numbers.map(n => `12:00 t${n % 2}: ${textOf(n)}`);
	const scrolledUp = (newer: number, ...newest: number[]) => [
		...rowsOf(3, 4, 5, 6),
		`bob      │── ${newer} newer ────────`,
		...rowsOf(...newest),
	];
	expect(findWrong(scrolledUp(9, 11, 12, 13, 14, 15), 15)).toBeUndefined();
	expect(findWrong(scrolledUp(2, 7, 8), 8)).toBeUndefined();
	expect(findWrong(scrolledUp(2, 9, 10), 10)).toBe('message 10 does not follow the one before');
	expect(findWrong(scrolledUp(9, 11, 12, 13, 14, 17), 17)).toBe('message 17 does not follow the one before');
	expect(findWrong(scrolledUp(9, 1, 2), 2)).toBe('message 2 does not follow the one before');
	expect(findWrong(scrolledUp(9, 11, 12), 15)).toBe('message 15 is not there');
});

test('a page up shows what was said before, also where the chunks of two senders lie in each other', () => {
	expect(leadsUp([9, 10, 11], [7, 8, 9])).toBe(true);
	expect(leadsUp([8, 10, 3, 5], [11, 13, 8])).toBe(true);
	expect(leadsUp([9, 10, 11], [9, 10, 11])).toBe(false);
	expect(leadsUp([9, 10, 11], [11, 12])).toBe(false);
	expect(leadsUp([9, 10, 11], [10, 11])).toBe(false);
	expect(leadsUp([9, 10, 11], [])).toBe(false);
});
