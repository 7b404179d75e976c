/**
 * Cells that surely need no mending, told from their bytes as UTF-8: most cells of most files, and many times
 * cheaper than making a text of them. A cell that is refused here may still be as it should be.
 */

/** Is the cell from one place up to another as it should be? An empty one always is. */
export type SurelyPlain = (bytes: Uint8Array, from: number, to: number) => boolean

const [SPACE, DELETE, HYPHEN, POINT, PLUS, AT] = [0x20, 0x7f, 0x2d, 0x2e, 0x2b, 0x40]
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** First bytes of words that stand for no value, and of what keeps a cell from a spreadsheet. */
const doubtful = new Uint8Array(256)
for (const character of 'nNuUaAgG#\\(</') doubtful[character.charCodeAt(0)] = 1
/** Blanks beyond ASCII begin with these bytes, and so do many dashes. */
for (const byte of [0xc2, 0xe1, 0xe2, 0xe3, 0xef]) doubtful[byte] = 2
for (const character of `-='"`) doubtful[character.charCodeAt(0)] = 2

/** No word that stands for no value has more bytes. */
const LONGEST_WORD = 12
/** First characters of such words in Chinese. */
const words = new Set(
  [...'无匿游未空暂不無暫遊'].map((character) => codeOf(new TextEncoder().encode(character), 0)),
)

function codeOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)
}

/** Text without white space around it, that is no word for nothing, and is not wrapped. */
export const isTidyText: SurelyPlain = (bytes, from, to) => {
  if (from === to) return true
  const [first, last] = [bytes[from] as number, bytes[to - 1] as number]
  if (first <= SPACE || last <= SPACE || first === DELETE || last === DELETE) return false
  const doubt = doubtful[first]
  if (doubt === 2 || (doubt === 1 && to - from <= LONGEST_WORD)) return false
  if (first >= 0xe4 && to - from <= LONGEST_WORD && words.has(codeOf(bytes, from))) return false
  return last < 0x80 || !endsBlank(bytes, from, to)
}

function endsBlank(bytes: Uint8Array, from: number, to: number): boolean {
  const [second, third] = [bytes[to - 2], to - from >= 3 ? bytes[to - 3] : 0]
  return second === 0xc2 || third === 0xe1 || third === 0xe2 || third === 0xe3 || third === 0xef
}

/** The same, and all of it visible ASCII. */
export const isTidyCode: SurelyPlain = (bytes, from, to) => {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte <= SPACE || byte >= DELETE) return false
  }
  return isTidyText(bytes, from, to)
}

/** `-12.50`, or without the point where it does not stand before decimals. */
export function plainNumberTest(point: boolean): SurelyPlain {
  return (bytes, from, to) => {
    let at = bytes[from] === HYPHEN && from < to ? from + 1 : from
    if (at === to) return from === to
    let points = 0
    if (!isDigit(bytes[at] as number) || !isDigit(bytes[to - 1] as number)) return false
    for (; at < to; at++) {
      const byte = bytes[at] as number
      if (isDigit(byte)) continue
      if (byte !== POINT || ++points > 1 || !point) return false
    }
    return true
  }
}

const [DATE, MINUTES, SECONDS] = [10, 16, 19]
const [COLON, LETTER_T] = [0x3a, 0x54]

/** Two digits at a place. */
const isPair = (bytes: Uint8Array, at: number): boolean =>
  isDigit(bytes[at] as number) && isDigit(bytes[at + 1] as number)

/** `2024-03-05`, or with a time of day behind it. Written out, as nearly every cell of a column is one. */
export const isIsoDay: SurelyPlain = (bytes, from, to) => {
  const length = to - from
  if (length !== DATE) return length === 0 || isIsoTime(bytes, from, length)
  return (
    isPair(bytes, from) &&
    isPair(bytes, from + 2) &&
    bytes[from + 4] === HYPHEN &&
    isPair(bytes, from + 5) &&
    bytes[from + 7] === HYPHEN &&
    isPair(bytes, from + 8)
  )
}

/** `2024-03-05 14:30`, `2024-03-05T14:30:00`. */
function isIsoTime(bytes: Uint8Array, from: number, length: number): boolean {
  if (length !== MINUTES && length !== SECONDS) return false
  const between = bytes[from + DATE]
  return (
    (between === SPACE || between === LETTER_T) &&
    isIsoDay(bytes, from, from + DATE) &&
    isPair(bytes, from + 11) &&
    bytes[from + 13] === COLON &&
    isPair(bytes, from + 14) &&
    (length === MINUTES || (bytes[from + 16] === COLON && isPair(bytes, from + 17)))
  )
}

/** An address of small letters, digits and dots. */
export const isSmallEmail: SurelyPlain = (bytes, from, to) => {
  if (from === to) return true
  let ats = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if ((byte >= 0x61 && byte <= 0x7a) || isDigit(byte) || byte === POINT || byte === HYPHEN || byte === 0x5f)
      continue
    if (byte !== AT || ++ats > 1) return false
  }
  // guest@... stands for nobody, and a point at the end is that of a sentence.
  return ats === 1 && bytes[to - 1] !== POINT && bytes[from] !== 0x67 && (bytes[from] as number) !== HYPHEN
}

const [SHORTEST_PHONE, LONGEST_PHONE] = [8, 16]

/** `+8613800138000`. */
export const isE164: SurelyPlain = (bytes, from, to) => {
  if (from === to) return true
  if (bytes[from] !== PLUS || to - from < SHORTEST_PHONE || to - from > LONGEST_PHONE) return false
  for (let at = from + 1; at < to; at++) if (!isDigit(bytes[at] as number)) return false
  return true
}

/**
 * What a plain number says of the decimal mark of its column: 1, nothing, as it is whole; 2, that it is a point;
 * 0 where it may be either, or is no plain number.
 */
export function plainNumberClass(bytes: Uint8Array, from: number, to: number): 0 | 1 | 2 {
  let at = bytes[from] === HYPHEN ? from + 1 : from
  let point = -1
  if (at >= to || !isDigit(bytes[at] as number) || !isDigit(bytes[to - 1] as number)) return 0
  for (; at < to; at++) {
    const byte = bytes[at] as number
    if (isDigit(byte)) continue
    if (byte !== POINT || point >= 0) return 0
    point = at
  }
  if (to - from > SURELY_HELD) return 0
  if (point < 0) return 1
  return to - point - 1 === GROUP ? 0 : 2
}

/** Three digits behind a point may be thousands. */
const GROUP = 3
/** A number of so many characters has not too many digits. */
const SURELY_HELD = 12
