/** A stream in pieces, cut at these places. */
export const cut = (whole: Buffer, places: readonly number[]): Buffer[] => {
	const borders = [0, ...places.map(place => Math.min(place, whole.length)), whole.length].sort(
		(a, b) => a - b,
	);
	return borders.slice(1).map((border, index) => whole.subarray(borders[index], border));
};
