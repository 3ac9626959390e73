/** A piece of memory that is filled from the front. */
export type Block = {readonly bytes: Buffer; length: number};

/** Sizes of blocks that are used again, in bytes. */
const sizes = [2048, 8192, 32_768, 131_072];

/** Bytes of blocks that are kept for later. */
const keptBytes = 8_388_608;

const makeBlock = (bytes: number): Block => ({bytes: Buffer.allocUnsafeSlow(bytes), length: 0});

/**
 * Memory for what waits to be written. It is used again, because a broker fills and empties blocks thousands of times a
 * second, and the garbage they would be costs more than all else about them.
 */
export class BlockPool {
	readonly #free = new Map<number, Block[]>(sizes.map(size => [size, []]));
	#keptBytes = 0;

	/** An empty block with room for `bytes`. */
	take(bytes: number): Block {
		const size = sizes.find(size => size >= bytes);
		// Only what waits for a slow peer is larger. It doubles, so that copying it while it grows stays cheap.
		if (size === undefined) return makeBlock(2 ** Math.ceil(Math.log2(bytes)));
		const block = this.#free.get(size)?.pop();
		if (block === undefined) return makeBlock(size);
		this.#keptBytes -= size;
		return block;
	}

	/** Takes back a block that nothing refers to any more. */
	give(block: Block): void {
		const size = block.bytes.length;
		const free = this.#free.get(size);
		if (free === undefined || this.#keptBytes + size > keptBytes) return;
		this.#keptBytes += size;
		block.length = 0;
		free.push(block);
	}
}
