import {setFlagsFromString} from 'node:v8';

/**
 * Keeps V8's space for new objects as large as it is now. Left alone it grows to 64 MiB while messages pour in or thousands
 * of peers connect, and never shrinks again; and what is not used again soon is not in the processor's cache either
 * (docs/performance.md, "Memory"). A host calls it at once, a screen once it has drawn: growing quickly is what makes it
 * start quickly.
 */
export function steadyHeap(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}
