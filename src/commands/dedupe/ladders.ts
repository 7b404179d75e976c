/** How alike two words of a column are: ladders of levels, one a role. Level 0 is "different", the last "the same". */
import { compareChineseNames } from '../../fields/chineseName.ts'
import { editsUpTo, jaroWinkler, levenshteinRatio } from '../../models/linkage/similarity.ts'
import {
  commonOf,
  commonWeight,
  type Lists,
  lengthsOf,
  packWords,
  weightsOf,
} from '../../models/linkage/words.ts'
import type { Field } from './fields.ts'
import { nameLevels } from './nameLadder.ts'
import type { MatchRole } from './roles.ts'
import { aliasesOf, type Tokens, tokensOf } from './tokens.ts'

export interface Ladder {
  readonly levels: readonly string[]
  readonly typical: readonly number[]
  /** So many of the lowest levels are no better than different; 1. */
  readonly unlike?: number
  /** Of two different words. */
  readonly level: (field: Field) => (one: number, other: number) => number
}

const givenLevels: Ladder = {
  levels: ['different', 'alike', 'close', 'very close', 'short form', 'swapped', 'same'],
  typical: [0.07, 0.02, 0.04, 0.08, 0.08, 0.03, 0.68],
  level: (field) => {
    const words = packWords(field.words)
    const [alike, aliases, length] = [jaroWinkler(words), aliasesOf(field.words), lengthsOf(words)]
    return (one, other) => {
      if (commonOf(aliases, one, other) > 0) return 4
      const likeness = alike(one, other)
      if (likeness >= 0.92) return 3
      if (likeness >= 0.85) return 2
      if (likeness < 0.7) return 0
      // A lone initial is all that was written, and agrees as far as it goes.
      return Math.min(length(one), length(other)) === 1 ? 2 : 1
    }
  },
}

const surnameLevels: Ladder = {
  levels: ['different', 'alike', 'close', 'very close', 'same'],
  typical: [0.08, 0.02, 0.04, 0.1, 0.76],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words))
    const byWords = nameLevels.level(field)
    const { starts } = tokensOf(field).lists
    const wordsIn = (word: number) => (starts[word + 1] as number) - (starts[word] as number)
    return (one, other) => {
      const likeness = alike(one, other)
      const whole = likeness >= 0.92 ? 3 : likeness >= 0.85 ? 2 : likeness >= 0.7 ? 1 : 0
      const [first, second] = [wordsIn(one), wordsIn(other)]
      if (first === 1 && second === 1) return whole
      const level = byWords(one, other)
      // Of two surnames one is often left out.
      if (first === 1 || second === 1) return level === 1 ? 2 : Math.max(level, whole)
      return level === 0 ? Math.min(1, whole) : level
    }
  },
}

/** Common numbers over those of the shorter list. */
function overlapOf(lists: Lists): (one: number, other: number) => number {
  const { starts } = lists
  return (one, other) => {
    const first = (starts[one + 1] as number) - (starts[one] as number)
    const second = (starts[other + 1] as number) - (starts[other] as number)
    const shorter = first < second ? first : second
    return shorter === 0 ? 0 : commonOf(lists, one, other) / shorter
  }
}

/** The same, rare words counting more: the logarithm of how few of all names have them. */
function rareOverlapOf({ lists, texts }: Tokens): (one: number, other: number) => number {
  const names = lists.starts.length - 1
  const counts = new Uint32Array(texts.length)
  for (const token of lists.values) counts[token] = (counts[token] as number) + 1
  const weights = Float64Array.from(counts, (count) => Math.log((names + 1) / count))
  const [common, sums] = [commonWeight(lists, weights), weightsOf(lists, weights)]
  return (one, other) => {
    const least = Math.min(sums[one] as number, sums[other] as number)
    return least === 0 ? 0 : common(one, other) / least
  }
}

const companyLevels: Ladder = {
  levels: ['different', 'alike', 'close', 'very close', 'same'],
  typical: [0.05, 0.05, 0.08, 0.12, 0.7],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words), 0.75)
    const overlap = rareOverlapOf(tokensOf(field))
    return (one, other) => {
      const share = overlap(one, other)
      if (share > 0.999) return 3
      const likeness = alike(one, other)
      if (likeness >= 0.94) return 3
      if (likeness >= 0.88 || share >= 0.6) return 2
      return likeness >= 0.75 || share >= 0.2 ? 1 : 0
    }
  },
}

const agreements = { equal: 4, homophone: 3, surname: 2, near: 1, other: 0 } as const

/** Names in Chinese characters, which are too short to count edits of. */
const chineseLevels: Ladder = {
  levels: ['different', 'one character or sound', 'surname alone', 'same sound', 'same'],
  typical: [0.04, 0.04, 0.06, 0.12, 0.74],
  level: (field) => {
    const western = nameLevels.level(field)
    return (one, other) => {
      const [a, b] = [field.chinese?.[one], field.chinese?.[other]]
      return a && b ? agreements[compareChineseNames(a, b)] : western(one, other)
    }
  },
}

const emailLevels: Ladder = {
  levels: [
    'different',
    'alike',
    'two characters differ',
    'same before the @',
    'same, made of the name',
    'same',
  ],
  typical: [0.2, 0.03, 0.03, 0.06, 0.02, 0.66],
  /** Addresses are made from names. */
  unlike: 2,
  level: (field) => {
    const words = packWords(field.words)
    const [alike, edits] = [jaroWinkler(words, 0.85), editsUpTo(words, 2)]
    const locals = packNumbers(field.words.map(localPart))
    return (one, other) => {
      if (locals[one] === locals[other]) return 3
      const count = edits(one, other)
      return count <= 1 ? 3 : count === 2 ? 2 : alike(one, other) >= 0.85 ? 1 : 0
    }
  },
}

export const localPart = (email: string): string =>
  email.slice(0, Math.max(0, email.lastIndexOf('@'))) || email

const phoneLevels: Ladder = {
  levels: ['different', 'two digits differ', 'a digit differs', 'same last seven', 'same'],
  typical: [0.2, 0.02, 0.04, 0.06, 0.68],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2)
    const ends = packNumbers(field.words.map((word) => word.slice(-7)))
    return (one, other) => (ends[one] === ends[other] ? 3 : 2 - Math.min(2, edits(one, other) - 1))
  },
}

const dateLevels: Ladder = {
  levels: [
    'different',
    'same year',
    'two digits differ',
    'same day, another year',
    'day and month swapped',
    'a digit differs',
    'same',
  ],
  typical: [0.04, 0.02, 0.02, 0.02, 0.02, 0.08, 0.8],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2)
    const years = packNumbers(field.words.map((word) => word.slice(0, 4)))
    const days = packNumbers(field.words.map((word) => word.slice(4)))
    const same = packNumbers([...field.words.map((word) => word.slice(4)), ...field.words.map(turned)])
    const { length } = field.words
    return (one, other) => {
      const count = edits(one, other)
      if (count <= 1) return 5
      if (years[one] === years[other] && same[one] === same[length + other]) return 4
      if (days[one] === days[other]) return 3
      if (count === 2) return 2
      return years[one] === years[other] ? 1 : 0
    }
  },
}

/** The month before the day; of what is no whole date nothing that a date has. */
const turned = (date: string): string => (date.length === 8 ? date.slice(6) + date.slice(4, 6) : 'none')

const codeLevels: Ladder = {
  levels: ['different', 'two characters differ', 'a character differs', 'same'],
  typical: [0.13, 0.03, 0.05, 0.79],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2)
    return (one, other) => 2 - Math.min(2, edits(one, other) - 1)
  },
}

/** Postcodes begin with the district: who moves from one street to the next keeps that much of it. */
const postcodeLevels: Ladder = {
  levels: ['different', 'same beginning', 'two characters differ', 'a character differs', 'same'],
  typical: [0.12, 0.02, 0.03, 0.05, 0.78],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2)
    const beginnings = packNumbers(field.words.map(firstHalf))
    return (one, other) => {
      const count = edits(one, other)
      if (count <= 2) return 4 - count
      return beginnings[one] === beginnings[other] ? 1 : 0
    }
  },
}

/** TQ13 of TQ13 8DF, 275 of 27514. */
const firstHalf = (code: string): string => {
  const characters = Array.from(code)
  return characters.slice(0, Math.ceil(characters.length / 2)).join('')
}

const numberLevels: Ladder = {
  levels: ['different', 'a digit differs', 'same'],
  typical: [0.15, 0.05, 0.8],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 1)
    return (one, other) => (edits(one, other) <= 1 ? 1 : 0)
  },
}

const textLevels: Ladder = {
  levels: ['different', 'alike', 'close', 'very close', 'same'],
  typical: [0.18, 0.05, 0.07, 0.12, 0.58],
  level: (field) => {
    const tokens = tokensOf(field)
    const [ratio, overlap] = [levenshteinRatio(packWords(field.words), 0.65), overlapOf(tokens.lists)]
    const { starts } = tokens.lists
    const isOne = (word: number) => (starts[word + 1] as number) - (starts[word] as number) < 2
    return (one, other) => {
      const share = overlap(one, other)
      if (share >= 0.99 && !isOne(one) && !isOne(other)) return 3
      const likeness = ratio(one, other)
      if (likeness >= 0.85) return 3
      if (likeness >= 0.65 || share >= 0.6) return 2
      return share >= 0.3 ? 1 : 0
    }
  },
}

const categoryLevels: Ladder = { levels: ['different', 'same'], typical: [0.2, 0.8], level: () => () => 0 }

/** Sites are named after their owners: what is only alike says no more than the names do. */
const siteLevels: Ladder = {
  levels: ['different', 'two characters differ', 'a character differs', 'same but for its ending', 'same'],
  typical: [0.13, 0.01, 0.03, 0.05, 0.78],
  level: (field) => {
    const edits = editsUpTo(packWords(field.words), 2)
    const stems = packNumbers(field.words.map((word) => word.replace(/\.(?:com?\.)?\p{L}+$/u, '')))
    return (one, other) => (stems[one] === stems[other] ? 3 : 3 - Math.min(3, edits(one, other)))
  },
}

const placeLevels: Ladder = {
  levels: ['different', 'alike', 'close', 'same'],
  typical: [0.15, 0.03, 0.05, 0.77],
  level: (field) => {
    const alike = jaroWinkler(packWords(field.words), 0.75)
    return (one, other) => {
      const likeness = alike(one, other)
      return likeness >= 0.9 ? 2 : likeness >= 0.75 ? 1 : 0
    }
  },
}

const ladders: Readonly<Partial<Record<MatchRole, Ladder>>> = {
  given: givenLevels,
  surname: surnameLevels,
  name: nameLevels,
  company: companyLevels,
  site: siteLevels,
  email: emailLevels,
  phone: phoneLevels,
  date: dateLevels,
  identity: codeLevels,
  code: postcodeLevels,
  number: numberLevels,
  text: textLevels,
  category: categoryLevels,
  place: placeLevels,
}

export const ladderOf = (field: Field): Ladder | undefined =>
  field.chinese ? chineseLevels : ladders[field.role]

export function packNumbers(words: readonly string[]): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from(words, (word) => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, numbers.size)
    return numbers.size - 1
  })
}
