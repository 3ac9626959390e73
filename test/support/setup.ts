import {afterAll, afterEach} from 'vitest';
import {runCleanups} from './cleanup.ts';

// Frames must not depend on the machine that the tests run on: ink-testing-library asks `tput` for the window's size
// at every layout unless both are set, and `CI` makes Ink stop drawing altogether.
process.env.COLUMNS = '80';
process.env.LINES = '24';
process.env.FORCE_COLOR = '0';
delete process.env.CI;
delete process.env.NO_COLOR;

afterEach(() => runCleanups('test'));
afterAll(() => runCleanups('file'));
