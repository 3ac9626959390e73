import {setFlagsFromString} from 'node:v8';

/**
 * Keeps V8's space for new objects as large as it is now. Left alone it grows to 64 MiB while messages pour in or thousands
 * of peers connect, and never shrinks again; and what is not used again soon is not in the processor's cache either
 * (docs/performance.md, "Memory"). A host calls it at once.
 */
export function steadyHeap(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * The same for a screen, once it is in and has loaded all that it needs: growing quickly is what makes it start quickly.
 * From then on what has become old, as each line does before it is dropped, is collected as soon as there is half as much
 * of it as of what is held. V8 would wait until there is five times as much.
 */
export function smallHeap(): void {
	steadyHeap();
	setFlagsFromString('--heap-growing-percent=50');
}
