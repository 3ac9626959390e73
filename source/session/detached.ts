/**
 * The same text in memory of its own. V8 keeps all of a line as long as anything that was cut out of it: what is held for
 * long is worth the copy, which takes a tenth of a microsecond.
 */
export const detached = (cut: string): string => ` ${cut}`.slice(1);
