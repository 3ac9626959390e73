/** A piece of memory that is filled from the front. */
export type Block = {readonly bytes: Buffer; length: number};

/** Room in the largest block; a line takes little more than half of it. */
export const largestBlockBytes = 131_072;

/** Sizes of blocks, in bytes. */
const sizes = [2048, 8192, 16_384, 32_768, largestBlockBytes];

/** Bytes of blocks that are kept for later. */
const keptBytes = 16_777_216;

const makeBlock = (bytes: number): Block => ({bytes: Buffer.allocUnsafeSlow(bytes), length: 0});

/**
 * Memory for what waits to be written. It is used again, because a broker fills and empties blocks thousands of times a
 * second, and the garbage they would be costs more than all else about them.
 */
export class BlockPool {
	readonly #free = new Map<number, Block[]>(sizes.map(size => [size, []]));
	#keptBytes = 0;

	/** An empty block with room for `bytes`, at most `largestBlockBytes`. */
	take(bytes: number): Block {
		const size = sizes.find(size => size >= bytes) ?? largestBlockBytes;
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
