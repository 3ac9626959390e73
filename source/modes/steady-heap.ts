import {setFlagsFromString} from 'node:v8';

/**
 * Keeps V8's space for new objects as large as it is now. Left alone it grows to 64 MiB while messages pour in or thousands
 * of peers connect, and never shrinks again; measured, neither a broker nor a screen is slower without that
 * (docs/performance.md, "Memory"). A screen calls it once it has drawn: growing quickly is what makes it start quickly.
 */
export function steadyHeap(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}
