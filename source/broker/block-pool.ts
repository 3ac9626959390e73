/** A piece of memory that is filled from the front. */
export type Block = {readonly bytes: Buffer; length: number};

/** Sizes of blocks that are used again, in bytes, and how many of each are kept: at most 3.5 MiB together. */
const sizes = [
	{bytes: 2048, kept: 512},
	{bytes: 16_384, kept: 64},
	{bytes: 131_072, kept: 12},
] as const;

/**
 * Memory for what waits to be written. It is used again, because a broker fills and empties blocks thousands of times a
 * second, and the garbage they would be costs more than all else about them.
 */
export class BlockPool {
	readonly #free: Block[][] = sizes.map(() => []);

	/** An empty block with room for `bytes`. */
	take(bytes: number): Block {
		const index = sizes.findIndex(size => size.bytes >= bytes);
		const size = sizes[index];
		// Only what waits for a slow peer is larger. It doubles, so that copying it while it grows stays cheap.
		if (size === undefined)
			return {bytes: Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(bytes))), length: 0};
		return this.#free[index]?.pop() ?? {bytes: Buffer.allocUnsafeSlow(size.bytes), length: 0};
	}

	/** Takes back a block that nothing refers to any more. */
	give(block: Block): void {
		const index = sizes.findIndex(size => size.bytes === block.bytes.length);
		const size = sizes[index];
		const free = this.#free[index];
		if (size === undefined || free === undefined || free.length >= size.kept) return;
		block.length = 0;
		free.push(block);
	}
}
