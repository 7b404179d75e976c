/** UTF-16 without a byte order mark. */
import { isUtf8 } from 'node:buffer'
import { commonCharacters } from './commonCharacters.ts'

export type Wide = 'utf-16le' | 'utf-16be'

/** Which half of each pair of bytes is the upper one, if any: delimiters, digits and line ends have a NUL there. */
export function utf16WithoutMark(sample: Buffer): Wide | undefined {
  if (sample.length < 4 || !sample.includes(0)) return undefined
  const little = plausibility(sample, 1)
  const big = plausibility(sample, 0)
  if (Math.max(little, big) < (isPlain(sample) ? LEAST_OF_PLAIN : LEAST)) return undefined
  return little >= big ? 'utf-16le' : 'utf-16be'
}

/** Text has hardly a unit that counts against it; numbers of two bytes do. */
const LEAST = 0.3
/** Two letters of ASCII are a rare character of UTF-16, so that a text with a stray NUL comes near it. */
const LEAST_OF_PLAIN = 0.7

/** Is this UTF-8, but for NULs? */
function isPlain(sample: Buffer): boolean {
  return isUtf8(sample) && !sample.some((byte) => byte > 0 && byte < 9)
}

/** Enough of a sample to tell. */
const LOOKED_AT = 64 * 1024

/** At most 1: what part of the units is text, less what is none. */
function plausibility(sample: Buffer, upperAt: 0 | 1): number {
  const common = commonUnits()
  const units = Math.min(sample.length, LOOKED_AT) >> 1
  let [sum, ascii, before] = [0, 0, 0]
  for (let i = 0; i < units; i++) {
    const upper = sample[2 * i + upperAt] as number
    const unit = (upper << 8) | (sample[2 * i + 1 - upperAt] as number)
    if (isAsciiText(unit)) ascii++
    // A character beyond the basic plane is two units in their order.
    const paired = isLowerHalf(unit) ? isUpperHalf(before) : !isUpperHalf(before)
    sum += (paired ? 0 : -2) + (isUpperHalf(unit) || isLowerHalf(unit) ? RARE : weight(unit, common))
    before = unit
  }
  // Delimiters, blanks, digits and line ends are in any table.
  return ascii < Math.max(1, units / 100) ? -1 : sum / units
}

const isAsciiText = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x7f) || unit === 9 || unit === 10 || unit === 13

function weight(unit: number, common: Uint8Array): number {
  if (isAsciiText(unit) || common[unit]) return 1
  if (unit < 0xa0 || unit >= 0xfffe || (unit >= 0xe000 && unit < 0xf900)) return -5
  // Rare, but text; the wrong order of bytes makes rare characters of common ones.
  return isLetter(unit) ? RARE : -1
}

const isLetter = (unit: number): boolean => /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(String.fromCharCode(unit))

const RARE = 0.4
const isUpperHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLowerHalf = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000

let known: Uint8Array | undefined

function commonUnits(): Uint8Array {
  if (known) return known
  known = new Uint8Array(65_536)
  for (const { everyday, usual } of Object.values(commonCharacters)) {
    for (const character of everyday + usual) known[character.charCodeAt(0)] = 1
  }
  // Latin letters with marks, Greek and Cyrillic; punctuation, kana, full-width forms.
  for (const [first, last] of [
    [0xa0, 0x17f],
    [0x391, 0x3c9],
    [0x400, 0x45f],
    [0x2010, 0x2026],
    [0x3001, 0x3020],
    [0x3041, 0x30ff],
    [0xff01, 0xff5e],
  ] as const)
    known.fill(1, first, last + 1)
  return known
}
