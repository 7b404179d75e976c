/**
 * How likely a text is in each encoding. A model gives every character a probability, the common ones of its
 * language the most; the bytes are of the encoding whose model finds them the least surprising. Validity says
 * little: Big5, Korean and Japanese bytes often decode as GB18030, but into rare characters.
 */
import type { Encoding } from './charsets.ts'
import { type TableEncoding, tableOf } from './charsetTables.ts'
import { commonCharacters, halfWidthKatakana, western } from './commonCharacters.ts'

export interface Model {
  readonly encoding: Encoding
  /** How much less often the encoding is met, as a logarithm. */
  readonly rarity: number
  /** Minus the logarithm of the probability of each UTF-16 code unit. */
  readonly costs: Float32Array
  /** Share of common characters from which on a text is surely this. */
  readonly convincing: number
  /** What each code unit says: COMMON, NEUTRAL, or nothing. */
  readonly kinds: Uint8Array
  /** What a character costs more for where it stands. */
  readonly strangeness: ((text: string, at: number) => number) | undefined
}

const [COMMON, NEUTRAL] = [1, 2]

export interface Fit {
  readonly model: Model
  readonly cost: number
  /** Characters beyond ASCII that are no punctuation. */
  readonly characters: number
  readonly common: number
  readonly invalid: number
  /** All characters beyond ASCII. */
  readonly beyondAscii: number
}

/** A character of one UTF-16 code unit, or that unit. */
type Character = string | number

const unitOf = (character: Character): number =>
  typeof character === 'number' ? character : character.charCodeAt(0)

/** Part of a text that is characters of a kind. */
type Tier = readonly [share: number, characters: Iterable<Character>]

const [ASCII_COST, NEUTRAL_COST, RARE_COST, PRIVATE_COST, INVALID_COST] = [3.2, 7.5, 15, 18, 20]

/** Costs by tier; a character is of the first that has it, any other is rare. */
function costsOf(tiers: readonly Tier[]): Float32Array {
  const costs = new Float32Array(65_536).fill(RARE_COST)
  const seen = new Uint8Array(65_536)
  for (const [share, characters] of tiers) {
    const fresh: number[] = []
    for (const character of characters) {
      const unit = unitOf(character)
      if (seen[unit]) continue
      seen[unit] = 1
      fresh.push(unit)
    }
    const cost = Math.log(Math.max(1, fresh.length) / share)
    for (const unit of fresh) costs[unit] = cost
  }
  return costs
}

/** What is the same in every language and speaks neither for nor against one: punctuation, full-width forms. */
const neutral: readonly (readonly [first: number, last: number])[] = [
  [0xb7, 0xb7],
  [0xd7, 0xd7],
  [0x2000, 0x206f],
  [0x3000, 0x303f],
  [0xfeff, 0xfeff],
  [0xff01, 0xff5e],
  [0xffe0, 0xffe6],
]
const neutralKinds = new Uint8Array(65_536)
for (const [first, last] of neutral) neutralKinds.fill(NEUTRAL, first, last + 1)
// 々 stands for a kanji.
neutralKinds[0x3005] = 0

const isNeutral = (unit: number): boolean => neutralKinds[unit] === NEUTRAL

function settled(costs: Float32Array, latin: boolean): Float32Array {
  costs.fill(ASCII_COST, 0, 0x80)
  costs.fill(INVALID_COST, 0x80, 0xa0)
  // Two units are one character.
  costs.fill(RARE_COST / 2 + 2, 0xd800, 0xe000)
  costs.fill(PRIVATE_COST, 0xe000, 0xf900)
  costs[0xfffd] = INVALID_COST
  if (!latin) for (let unit = 0x80; unit < 65_536; unit++) if (isNeutral(unit)) costs[unit] = NEUTRAL_COST
  return costs
}

/** The characters of a part of an encoding, by first byte. */
function* rows(encoding: TableEncoding, first: number, last: number, trail = 0x40): Generator<number> {
  const { pairs } = tableOf(encoding)
  for (let place = (first << 8) | trail; place < (last + 1) << 8; place++) {
    const unit = pairs[place] as number
    if (unit && (place & 0xff) >= trail && !isNeutral(unit)) yield unit
  }
}

interface Language {
  readonly encoding: Encoding
  readonly rarity: number
  readonly tiers: readonly Tier[]
  /** The first so many tiers are the common characters. */
  readonly common: number
  readonly strangeness?: Model['strangeness']
  readonly convincing?: number
}

const CONVINCING = 0.5

const { simplified, traditional, japanese, kana, korean } = commonCharacters

const japaneseTiers = (
  encoding: 'shift_jis' | 'euc-jp',
  level1: [number, number],
  level2: [number, number],
) =>
  [
    [0.33, kana.everyday],
    [0.1, kana.usual],
    [0.36, `${japanese.everyday}々`],
    [0.15, japanese.usual],
    [0.04, rows(encoding, ...level1)],
    [0.006, rows(encoding, ...level2)],
    [0.004, halfWidthKatakana],
  ] as const

const languages = (): readonly Language[] => [
  {
    encoding: 'gb18030',
    rarity: 0,
    common: 2,
    tiers: [
      [0.66, simplified.everyday],
      [0.25, simplified.usual],
      [0.07, rows('gb18030', 0xb0, 0xd7, 0xa1)],
      [0.015, rows('gb18030', 0xd8, 0xf7, 0xa1)],
      [0.003, rows('gb18030', 0x81, 0xa0)],
      [0.001, rows('gb18030', 0xa1, 0xa9, 0xa1)],
    ],
  },
  {
    encoding: 'big5',
    rarity: 1,
    common: 2,
    tiers: [
      [0.68, traditional.everyday],
      [0.23, traditional.usual],
      [0.07, rows('big5', 0xa4, 0xc6)],
      [0.015, rows('big5', 0xc9, 0xf9)],
      [0.001, rows('big5', 0xa1, 0xa3)],
    ],
  },
  {
    encoding: 'shift_jis',
    rarity: 1,
    common: 4,
    tiers: japaneseTiers('shift_jis', [0x88, 0x97], [0x98, 0xea]),
  },
  {
    encoding: 'shift_jis',
    rarity: 6,
    common: 3,
    tiers: [
      [0.9, halfWidthKatakana.slice(-47)],
      [0.04, halfWidthKatakana],
      [0.05, japanese.everyday],
    ],
    strangeness: ofHalfWidth,
    // Bytes of other alphabets are half-width katakana, too.
    convincing: 0.9,
  },
  {
    encoding: 'euc-jp',
    rarity: 2,
    common: 4,
    tiers: japaneseTiers('euc-jp', [0xb0, 0xcf], [0xd0, 0xf4]),
  },
  {
    encoding: 'euc-kr',
    rarity: 3,
    common: 2,
    tiers: [
      [0.64, korean.everyday],
      [0.3, korean.usual],
      [0.05, rows('euc-kr', 0xb0, 0xc8, 0xa1)],
      [0.004, rows('euc-kr', 0xca, 0xfd, 0xa1)],
      [0.002, rows('euc-kr', 0x81, 0xc6, 0x41)],
    ],
  },
]

const westernTiers: readonly Tier[] = [
  [0.72, western.letters],
  [0.08, western.rareLetters],
  [0.19, western.signs],
  [0.01, western.rareSigns],
]

let models: readonly Model[] | undefined

/** The encodings that are not Unicode; made when first asked for. */
export function legacyModels(): readonly Model[] {
  models ??= [...languages().map(modelOf), westernModel('windows-1252', 0.5)]
  return models
}

/** The first model of one of them, without the others. */
export function legacyModel(encoding: TableEncoding): Model {
  const made = models?.find((model) => model.encoding === encoding)
  if (made) return made
  const language = languages().find((each) => each.encoding === encoding)
  return language ? modelOf(language) : westernModel('windows-1252', 0.5)
}

function modelOf(language: Language): Model {
  const { encoding, rarity, tiers, common, strangeness, convincing = CONVINCING } = language
  const kept = tiers.map(([share, characters]): Tier => [share, [...characters]])
  const kinds = neutralKinds.slice()
  for (const [, characters] of kept.slice(0, common)) markCommon(kinds, characters)
  return { encoding, rarity, costs: settled(costsOf(kept), false), convincing, kinds, strangeness }
}

function markCommon(kinds: Uint8Array, characters: Iterable<Character>): void {
  for (const character of characters) kinds[unitOf(character)] = COMMON
}

function westernModel(encoding: Encoding, rarity: number): Model {
  const kinds = new Uint8Array(65_536)
  markCommon(kinds, western.letters + western.rareLetters + western.signs)
  const costs = settled(costsOf(westernTiers), true)
  return { encoding, rarity, costs, convincing: CONVINCING, kinds, strangeness: ofWords }
}

/** UTF-8 that is short, or damaged: any language, so that no character is very likely, but accidents are unlikely. */
export function utf8Model(): Model {
  utf8 ??= madeUtf8Model()
  return utf8
}

let utf8: Model | undefined

/** Letters of two bytes, by how much they cost. */
const alphabets: readonly (readonly [
  cost: number,
  ranges: readonly (readonly [first: number, last: number])[],
])[] = [
  // Greek, Cyrillic, Hebrew, Arabic.
  [
    6,
    [
      [0x391, 0x3c9],
      [0x410, 0x44f],
      [0x5d0, 0x5ea],
      [0x621, 0x64a],
    ],
  ],
  // Marks of Central Europe, Vietnam, pinyin, Romania; marks that combine; the rest of those alphabets.
  [
    8,
    [
      [0xc0, 0x17f],
      [0x1a0, 0x1a1],
      [0x1af, 0x1b0],
      [0x1cd, 0x1dc],
      [0x218, 0x21b],
      [0x259, 0x259],
    ],
  ],
  [
    8,
    [
      [0x2bb, 0x2bc],
      [0x300, 0x328],
      [0x386, 0x3ce],
      [0x400, 0x45f],
      [0x490, 0x491],
    ],
  ],
  [
    9,
    [
      [0x531, 0x587],
      [0x60c, 0x61f],
      [0x660, 0x669],
      [0x6cc, 0x6cc],
      [0x6f0, 0x6f9],
    ],
  ],
]

function madeUtf8Model(): Model {
  const { costs } = westernModel('utf-8', 0)
  const allow = (first: number, last: number, cost: number) => {
    for (let unit = first; unit <= last; unit++) costs[unit] = Math.min(cost, costs[unit] as number)
  }
  for (const [cost, ranges] of alphabets) for (const [first, last] of ranges) allow(first, last, cost)
  allow(0x800, 0xd7ff, 11)
  for (const { everyday, usual } of [simplified, traditional, japanese, kana, korean]) {
    for (const character of everyday + usual) costs[character.charCodeAt(0)] = 8
  }
  allow(0xd800, 0xdfff, 6)
  for (let unit = 0x80; unit < 65_536; unit++) if (isNeutral(unit)) allow(unit, unit, NEUTRAL_COST)
  const kinds = new Uint8Array(65_536)
  return { encoding: 'utf-8', rarity: -6, costs, convincing: 0, kinds, strangeness: undefined }
}

/** How well a text fits a model. */
export function fitOf(model: Model, text: string): Fit {
  const { costs, kinds, strangeness } = model
  let cost = model.rarity
  let [characters, common, invalid, beyondAscii] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    cost += costs[unit] as number
    // The second half of a pair is no character more.
    if (unit < 0x80 || (unit >= 0xdc00 && unit < 0xe000)) continue
    beyondAscii++
    if (unit === 0xfffd || unit < 0xa0) invalid++
    if (kinds[unit] === NEUTRAL) continue
    characters++
    const strange = strangeness?.(text, at) ?? 0
    cost += strange
    if (kinds[unit] === COMMON && strange < STRANGE) common++
  }
  return { model, cost, characters, common, invalid, beyondAscii }
}

/** So strange is no common character, whichever it is. */
const STRANGE = 3

const [NO_LETTER, LOWER, UPPER] = [0, 1, 2]

/** The case of Latin letters; those of Windows-1252 end with ž. */
const cases = Uint8Array.from({ length: 0x180 }, (_, unit) => {
  const character = String.fromCharCode(unit)
  if (character.toUpperCase() !== character) return LOWER
  return character.toLowerCase() !== character ? UPPER : NO_LETTER
})

const BLANK = 0x20
const caseAt = (text: string, at: number): number => cases[text.charCodeAt(at) || BLANK] ?? NO_LETTER
const isAsciiAt = (text: string, at: number): boolean => !(text.charCodeAt(at) >= 0x80)

/** A letter with a mark mostly stands between plain ones, and in their case. */
function ofWords(text: string, at: number): number {
  const [before, own, after] = [caseAt(text, at - 1), caseAt(text, at), caseAt(text, at + 1)]
  let cost = 0
  if (!isAsciiAt(text, at - 1)) cost += isAsciiAt(text, at - 2) ? (own === before ? 1.5 : 3) : 6
  if (own === NO_LETTER) return cost + ofSigns(text[at] as string, before, after)
  if (own === UPPER && before === LOWER) cost += 4
  return before === NO_LETTER && after === NO_LETTER ? cost + 2 : cost
}

/** Signs that stand directly before a word, and those that stand directly behind one. */
const OPENING = '€£©“‘’„‚«¿¡–—·•¢¥°\u00a0'
const CLOSING = '€®™”‘’…»–—ªº°²³·\u00a0'

function ofSigns(sign: string, before: number, after: number): number {
  const led = after !== NO_LETTER && !OPENING.includes(sign)
  const trailed = before !== NO_LETTER && !CLOSING.includes(sign)
  return (led ? 3 : 0) + (trailed ? 3 : 0)
}

const VOICED = /[ｳｶ-ﾄﾊ-ﾎ]/
const isHalfWidth = (unit: number): boolean => unit >= 0xff61 && unit <= 0xff9f

/** Half-width katakana come several at a time, and not in Latin words; marks of voice follow a few of them. */
function ofHalfWidth(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (!isHalfWidth(unit)) return 0
  if (unit >= 0xff9e && !VOICED.test(text[at - 1] ?? '')) return 8
  const alone = !isHalfWidth(text.charCodeAt(at - 1)) && !isHalfWidth(text.charCodeAt(at + 1))
  const inWord = caseAt(text, at - 1) !== NO_LETTER || caseAt(text, at + 1) !== NO_LETTER
  return (alone ? 4 : 0) + (inWord ? 3 : 0)
}
