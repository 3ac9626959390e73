import {describePlace, type Place} from './place.ts';

type HeapNode = {
	readonly callFrame: Place;
	/** Bytes. */
	readonly selfSize: number;
	readonly children: readonly HeapNode[];
};

/** As the inspector gives it and DevTools reads it (`.heapprofile`). */
export type HeapProfile = {readonly head: HeapNode};

export type FunctionBytes = {readonly name: string; readonly where: string; readonly bytes: number};

/** How much each function has asked for, most first; what it calls is not counted to it. */
export function summarizeAllocations({head}: HeapProfile): FunctionBytes[] {
	const sums = new Map<string, FunctionBytes>();
	const add = ({callFrame, selfSize, children}: HeapNode) => {
		const {name, where} = describePlace(callFrame);
		const key = `${name}|${where}|${callFrame.columnNumber}`;
		sums.set(key, {name, where, bytes: (sums.get(key)?.bytes ?? 0) + selfSize});
		for (const child of children) add(child);
	};
	add(head);
	return [...sums.values()].filter(({bytes}) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}
