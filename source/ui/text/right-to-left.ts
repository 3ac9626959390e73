// Whatever Unicode lets run from right to left: Hebrew and Arabic with their forms, and the plane of old scripts.
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Whether a terminal that knows about directions would turn part of `text` around. Digits and punctuation of ours beside
 * it would go with it, and no terminal agrees with another on what isolates do there (some show them as a cell): so such
 * a text gets rows of its own, and a name, which stands beside others, two letters around it (`shownName`).
 */
export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text);
