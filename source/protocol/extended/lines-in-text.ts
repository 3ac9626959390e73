/** A text of several lines as it stands behind `ml=1`: LF is `%0A` and `%` is `%25`. */
export const joinLines = (text: string): string => text.replaceAll('%', '%25').replaceAll('\n', '%0A');

/** The text that `joinLines` got; undefined for any other escape. */
export const splitLines = (raw: string): string | undefined =>
	/%(?!0A|25)/.test(raw) ? undefined : raw.replaceAll('%0A', '\n').replaceAll('%25', '%');
