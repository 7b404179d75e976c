/** Which encoding bytes are in, told by their content alone. */
import { isAscii, isUtf8 } from 'node:buffer'
import { wholeText } from '../core/numerals.ts'
import { type Fit, fitOf, legacyModel, legacyModels, utf8Model } from './charsetModels.ts'
import { charsetNames, type Encoding } from './charsets.ts'
import { decoderOf } from './decoders.ts'
import { utf16WithoutMark } from './utf16.ts'

export interface Recognised {
  readonly encoding: Encoding
  /** Why, for people: 'valid UTF-8'. */
  readonly evidence: string
  /** False where nothing fits well, and this is only the nearest. */
  readonly sure: boolean
}

/** The encoding of the first part of a file, or of all of it; undefined where it is no text. */
export function recogniseEncoding(sample: Buffer, whole: boolean): Recognised | undefined {
  return byMark(sample, whole) ?? byContent(sample, whole)
}

/**
 * The encoding of bytes from the middle of a file whose beginning is plain ASCII. The window may begin and end
 * inside a character; what is before its first blank, line end, comma or the like is not looked at.
 */
export function recogniseLate(bytesAround: Buffer): Recognised | undefined {
  const firm = bytesAround.findIndex((byte) => byte < FIRM)
  return narrow(bytesAround.subarray(Math.max(0, firm)), false)
}

const marks: readonly (readonly [Encoding, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
  ['gb18030', Buffer.from([0x84, 0x31, 0x95, 0x33])],
]

const sureOf = (encoding: Encoding, evidence: string): Recognised => ({ encoding, evidence, sure: true })

function byMark(sample: Buffer, whole: boolean): Recognised | undefined {
  const [encoding, mark] = marks.find(([, bytes]) => sample.subarray(0, bytes.length).equals(bytes)) ?? []
  if (!encoding || !mark) return undefined
  const marked = sureOf(encoding, 'byte order mark')
  if (encoding !== 'utf-8') return marked
  // Some programs put the mark before anything.
  const body = sample.subarray(mark.length)
  if (isUtf8(body) || nearlyUtf8(body, whole)) return marked
  const other = byContent(body, whole)
  if (!other?.sure) return marked
  return { ...other, evidence: `${other.evidence}, in spite of the UTF-8 byte order mark` }
}

function byContent(sample: Buffer, whole: boolean): Recognised | undefined {
  const wide = utf16WithoutMark(sample)
  if (wide) return sureOf(wide, `text as ${charsetNames[wide]}, without a byte order mark`)
  return narrow(sample, whole)
}

/** Encodings that hold ASCII as it is. */
function narrow(sample: Buffer, whole: boolean): Recognised | undefined {
  if (isBinary(sample)) return undefined
  const { valid, invalid, short } = utf8Characters(sample, whole)
  if (invalid === 0 && valid === 0) return sureOf('utf-8', 'plain ASCII')
  if (invalid === 0 && !short) return sureOf('utf-8', 'valid UTF-8')
  if (isNearly(valid, invalid)) return sureOf('utf-8', nearlyEvidence(invalid))
  return byModels(sample, whole, invalid)
}

const nearlyEvidence = (invalid: number): string =>
  `UTF-8 but for ${wholeText(invalid)} ${invalid === 1 ? 'byte' : 'bytes'}`

const isNearly = (valid: number, invalid: number): boolean =>
  valid >= 3 && valid >= 9 * invalid && invalid > 0

function nearlyUtf8(sample: Buffer, whole: boolean): boolean {
  const { valid, invalid } = utf8Characters(sample, whole)
  return invalid === 0 || isNearly(valid, invalid)
}

/** So many NULs are damage to a text, not a sign that it is none. */
const STRAY = 3

const BINARY_BYTES = 1 << 20

/** Are there bytes that are in no text? The separators of ASCII may be delimiters. */
function isBinary(sample: Buffer): boolean {
  if (isUtf8(sample) && !sample.includes(0)) return false
  const counts = new Uint32Array(0x20)
  // What is binary is so from the beginning; a stray NUL later is found when the rows are counted.
  const part = sample.subarray(0, BINARY_BYTES)
  for (const byte of part) if (byte < 0x20) counts[byte] = (counts[byte] as number) + 1
  for (const white of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a]) counts[white] = 0
  const nul = counts[0] as number
  const controls = counts.reduce((sum, count) => sum + count, 0)
  const kinds = counts.filter((count) => count > 0).length
  if (nul > 0 && (nul > Math.max(STRAY, part.length / 1000) || kinds > 1)) return true
  return kinds > 2 && controls > part.length / 50
}

/** So many two-byte characters another encoding may spell by accident; where there is one, UTF-8 is likelier. */
const ACCIDENT = 8

interface Utf8Characters {
  /** Characters of several bytes. */
  readonly valid: number
  /** Bytes that are in no character. */
  readonly invalid: number
  /** So few and short that it may be an accident. */
  readonly short: boolean
}

/** Of text without a flaw it counts no further than until it is plain that this is no accident. */
function utf8Characters(sample: Buffer, whole: boolean): Utf8Characters {
  if (isAscii(sample)) return { valid: 0, invalid: 0, short: false }
  const sound = isUtf8(whole ? sample : withoutCut(sample))
  let [valid, invalid, longest] = [0, 0, 0]
  for (let at = 0; at < sample.length; ) {
    if (sound && (longest >= 3 || valid > ACCIDENT)) break
    if ((sample[at] as number) < 0x80) {
      at++
      continue
    }
    const length = utf8Length(sample, at)
    if (length === 0 && !whole && isCutCharacter(sample, at)) break
    if (length === 0) invalid++
    else valid++
    longest = Math.max(longest, length)
    at += Math.max(1, length)
  }
  return { valid, invalid, short: longest < 3 && valid > 1 && valid <= ACCIDENT }
}

/** The bytes up to a character that their end cuts. */
function withoutCut(bytes: Buffer): Buffer {
  let last = bytes.length - 1
  while (last > 0 && bytes.length - last < 4 && (bytes[last] as number) >> 6 === 2) last--
  return last >= 0 && isCutCharacter(bytes, last) ? bytes.subarray(0, last) : bytes
}

/** Bytes of the character at a place; 0 where there is none. */
function utf8Length(bytes: Buffer, at: number): number {
  const length = claimedLength(bytes[at] as number)
  const second = bytes[at + 1] ?? 0
  if (length === 0 || !isSecond(bytes[at] as number, second)) return 0
  for (let i = 2; i < length; i++) if ((bytes[at + i] ?? 0) >> 6 !== 2) return 0
  return length
}

/** Length of the character that a byte begins; 0 for those that begin none. */
const claimedLength = (lead: number): number =>
  lead < 0xc2 || lead > 0xf4 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2

/** Not longer than needed, no half of a pair, nothing above U+10FFFF. */
function isSecond(lead: number, second: number): boolean {
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  return second >= least && second <= most
}

/** Does the end of the bytes cut the character that begins here? */
function isCutCharacter(bytes: Buffer, at: number): boolean {
  const rest = bytes.subarray(at + 1)
  return rest.length < claimedLength(bytes[at] as number) - 1 && rest.every((byte) => byte >> 6 === 2)
}

/** So many bytes beyond ASCII tell one encoding from another as surely as a thousand times as many. */
const ENOUGH = 1 << 14

function byModels(sample: Buffer, whole: boolean, invalidUtf8: number): Recognised | undefined {
  const some = someLines(sample)
  if (some === undefined) return weighed(distinctWords(sample), whole, invalidUtf8)
  const found = weighed(distinctWords(some), true, invalidUtf8)
  return found?.sure ? found : weighed(distinctWords(sample), whole, invalidUtf8)
}

/** No character of any encoding that holds ASCII as it is has a byte below this one. */
const FIRM = 0x30

/** Every word that is not all ASCII, once: a word that is in each row says no more than it does in one. */
function distinctWords(bytes: Buffer): Buffer {
  const words = new Map<string, string>()
  for (let from = 0; from < bytes.length; ) {
    let [end, beyond] = [from, 0]
    for (; end < bytes.length && (bytes[end] as number) >= FIRM; end++) beyond |= bytes[end] as number
    const word = beyond < 0x80 ? undefined : bytes.toString('latin1', from, end)
    if (word !== undefined && !words.has(word)) {
      // With the byte before and the one behind: signs stand before or behind a blank.
      words.set(word, bytes.toString('latin1', Math.max(0, from - 1), Math.min(end + 1, bytes.length)))
    }
    from = end + 1
  }
  return Buffer.from([...words.values()].join('\n'), 'latin1')
}

/** Lines from all over a text that has more than enough beyond ASCII; a line end is the end of a character. */
function someLines(sample: Buffer): Buffer | undefined {
  let beyond = 0
  for (const byte of sample) beyond += byte >> 7
  if (beyond < 2 * ENOUGH) return undefined
  const length = Math.ceil((sample.length * ENOUGH) / (beyond * PLACES))
  const lineAfter = (at: number): number => sample.indexOf(LF, at) + 1
  const parts = Array.from({ length: PLACES }, (_, i) => {
    const from = lineAfter(Math.floor((i * sample.length) / PLACES))
    return from === 0 ? undefined : sample.subarray(from, lineAfter(from + length))
  }).filter((part) => part !== undefined && part.length > 0)
  return parts.length < PLACES ? undefined : Buffer.concat(parts as Buffer[])
}

const LF = 0x0a
const PLACES = 16

function weighed(sample: Buffer, whole: boolean, invalidUtf8: number): Recognised | undefined {
  const texts = new Map<Encoding, string>()
  const textIn = (encoding: Encoding): string => {
    const text = texts.get(encoding) ?? decoded(sample, encoding, whole)
    texts.set(encoding, text)
    return text
  }
  const plainly = chinese(sample, textIn)
  if (plainly) return plainly
  const fits = [utf8Model(), ...legacyModels()].map((model) => fitOf(model, textIn(model.encoding)))
  const [best, ...others] = fits.filter(isText).sort((a, b) => a.cost - b.cost)
  if (!best) return lastResort(sample)
  if (best.model.encoding === 'utf-8') {
    return sureOf('utf-8', invalidUtf8 === 0 ? 'valid UTF-8' : nearlyEvidence(invalidUtf8))
  }
  const { encoding } = best.model
  const strange = wordsInUtf8(sample)
  if (strange > 0)
    return { encoding, evidence: `${evidenceOf(best)}, but ${wordsTold(strange)} UTF-8`, sure: false }
  const rival = others.find(({ model }) => model.encoding !== encoding)
  const clear = rival === undefined || rival.cost - best.cost >= CLEAR
  return { encoding, evidence: evidenceOf(best), sure: clear && isSure(best) }
}

/** So many characters, nearly all of them common ones, are Chinese by no accident: no other encoding need be tried. */
const [PLAINLY_CHARACTERS, PLAINLY_COMMON] = [24, 0.97]

/** By far the most frequent of the legacy encodings, where there is no doubt. */
function chinese(sample: Buffer, textIn: (encoding: Encoding) => string): Recognised | undefined {
  const fit = fitOf(legacyModel('gb18030'), textIn('gb18030'))
  const plainly = fit.characters >= PLAINLY_CHARACTERS && shareOfCommon(fit) >= PLAINLY_COMMON
  if (!plainly || fit.invalid > 0 || wordsInUtf8(sample) > 0) return undefined
  return sureOf('gb18030', evidenceOf(fit))
}

/** Words of at least two characters of three bytes that are valid UTF-8: hardly ever so in another encoding. */
function wordsInUtf8(sample: Buffer): number {
  let count = 0
  for (let from = 0; from < sample.length; ) {
    let [end, long] = [from, 0]
    for (; end < sample.length && (sample[end] as number) >= FIRM; end++)
      if ((sample[end] as number) >> 4 === 0xe) long++
    if (long >= 2 && isUtf8(sample.subarray(from, end))) count++
    from = end + 1
  }
  return count
}

const wordsTold = (count: number): string => (count === 1 ? '1 word is' : `${wholeText(count)} words are`)

/** Logarithm of how many times as likely as the next encoding one must be to be sure. */
const CLEAR = Math.log(20)

function decoded(sample: Buffer, encoding: Encoding, whole: boolean): string {
  const decoder = decoderOf(encoding)
  const text = decoder.decode(sample)
  // What a decoder holds back is cut by the end of the sample, or broken.
  return whole ? text + decoder.end() : text
}

/** Letters of an alphabet that no model knows, as Greek or Cyrillic code pages: text, with nothing below 0xA0. */
function lastResort(sample: Buffer): Recognised | undefined {
  const controls = sample.filter((byte) => byte < 9 || (byte >= 14 && byte < 32)).length
  const ascii = sample.filter((byte) => byte < 0x80).length
  const high = sample.length - ascii
  const low = sample.filter((byte) => byte >= 0x80 && byte < 0xa0).length
  if (controls > 0 || ascii === 0 || low > high / 20) return undefined
  return { encoding: 'windows-1252', evidence: 'no encoding fits it well', sure: false }
}

const shareOfCommon = ({ characters, common }: Fit): number => (characters === 0 ? 1 : common / characters)

/** Is this the reading of a text, well known or not? Bytes at random are valid here and there, too. */
function isText(fit: Fit): boolean {
  if (fit.model.encoding === 'utf-8') return fit.invalid <= fit.beyondAscii / 2
  if (fit.model.encoding === 'windows-1252') return shareOfCommon(fit) >= 0.5
  return fit.invalid <= fit.beyondAscii / 10 || shareOfCommon(fit) >= 0.6
}

const FEW = 6

function isSure(fit: Fit): boolean {
  // Among a few characters one that is rare, as in a name, says little.
  return shareOfCommon(fit) >= fit.model.convincing - (fit.characters < FEW ? 0.2 : 0)
}

function evidenceOf({ model, beyondAscii, characters, common }: Fit): string {
  const name = charsetNames[model.encoding]
  if (model.encoding === 'windows-1252' && beyondAscii === 1) return 'one byte above 127, as windows-1252'
  if (characters === 0) return `full-width punctuation of ${name}`
  if (characters === 1) return `its only non-ASCII character is ${common ? 'common' : 'known'} in ${name}`
  const share = Math.floor((100 * common) / characters)
  return `${share} % of ${wholeText(characters)} non-ASCII characters (each word once) are common in ${name}`
}
