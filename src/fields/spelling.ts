/** Spellings of one word: keys that are the same for texts which differ in nothing but how they are written. */

/** Words in lower case without accents and punctuation, each once, in order: the fingerprint of OpenRefine. */
export function fingerprint(text: string): string {
  const words = bare(text).split(/\s+/)
  return [...new Set(words)].sort().join(' ').trim()
}

/** The different pairs of letters and digits, in order: its n-gram fingerprint, n = 2. */
export function pairFingerprint(text: string): string {
  const letters = [...bare(text).replace(/\s+/g, '')]
  const pairs = letters.slice(1).map((letter, i) => (letters[i] as string) + letter)
  return [...new Set(pairs)].sort().join('')
}

export const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .trim()

/** Signs that mean something; a hyphen does where it joins no two words. */
const SIGN =
  /[+#<>=≤≥±%‰°\p{Sc}]|(?<![\p{L}\p{N}])[-−](?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])[-−](?![\p{L}\p{N}])/gu

/**
 * What two spellings of one word have in common beside their letters: the signs, and numbers in their order. A+ is
 * not A-, C++ not C, <18 not 18+, and 3/4 not 4/3.
 */
export function distinguishing(text: string): string {
  const plain = text.normalize('NFKC')
  const signs = plain.match(SIGN) ?? []
  return `${signs.join('')} ${(plain.match(/\d+/g) ?? []).join(' ')}`.trim()
}
