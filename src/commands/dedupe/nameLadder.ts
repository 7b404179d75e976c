/**
 * How alike two whole names are, word by word: members of one family share a word and are not one person, while a
 * middle name, a short form or a slip of the pen in one word makes no other person of somebody.
 */
import { editsUpTo, jaroWinkler } from '../../models/linkage/similarity.ts'
import { commonOf, type Lists, lengthsOf, type PackedWords, packWords } from '../../models/linkage/words.ts'
import type { Field } from './fields.ts'
import { aliasesOf, tokensOf } from './tokens.ts'

/** Words this much alike are one word with a slip of the pen: Anna and Anne, Mark and Mary are less. */
const SLIP = 0.9
/** Longer ones are it too when one letter is wrong, wherever. */
const LONG_WORD = 5
/** Names of one word each. */
const ALONE = { veryClose: 0.92, close: 0.85, alike: 0.75 }

const [DIFFERENT, ONE_WORD, CLOSE, VERY_CLOSE] = [0, 1, 2, 3]
/** How two words agree. */
const [NOT, INITIAL, NEARLY, EQUAL] = [0, 1, 2, 3]

export const nameLevels = {
  levels: ['different', 'a word the same', 'close', 'very close', 'same'],
  typical: [0.05, 0.05, 0.08, 0.12, 0.7],
  /** Relatives have a word in common. */
  unlike: 2,
  level: levelOfNames,
}

/** Level of two different names of a field. */
function levelOfNames(field: Field): (one: number, other: number) => number {
  const tokens = tokensOf(field)
  const { starts, values } = tokens.lists
  const texts = packWords(tokens.texts)
  const [agreement, lengthOf] = [wordAgreement(tokens.texts, texts), lengthsOf(texts)]
  const joined = packWords(field.words.map((word) => word.replaceAll(' ', '')))
  const isJoined = jaroWinkler(joined, ALONE.veryClose)
  const alone = jaroWinkler(joined, ALONE.alike)
  const wordsOf = (name: number) => Math.min(LONGEST, (starts[name + 1] as number) - (starts[name] as number))
  const isWord = (word: number) => lengthOf(word) > 1
  return (one, other) => {
    // So that two names are told alike in either order.
    const difference = wordsOf(one) - wordsOf(other)
    const isFirst = difference === 0 ? comesFirst(tokens.lists, one, other, wordsOf(one)) : difference < 0
    const shorter = isFirst ? one : other
    const longer = isFirst ? other : one
    const [fewer, more] = [wordsOf(shorter), wordsOf(longer)]
    if (more === 1) return levelOfWord(alone(one, other))
    let [equal, nearly, initials, whole] = [0, 0, 0, 0]
    let taken = 0
    for (let i = 0; i < fewer; i++) {
      const word = values[(starts[shorter] as number) + i] as number
      let [best, at] = [NOT, -1]
      for (let j = 0; j < more && best < EQUAL; j++) {
        if ((taken & (1 << j)) !== 0) continue
        const own = agreement(word, values[(starts[longer] as number) + j] as number)
        if (own > best) [best, at] = [own, j]
      }
      if (at >= 0) taken |= 1 << at
      if (best === EQUAL) equal++
      else if (best === NEARLY) nearly++
      else if (best === INITIAL) initials++
      if (best >= NEARLY && isWord(word)) whole++
    }
    if (fewer > 1 && equal + nearly + initials === fewer && whole > 0) {
      return equal > 0 && fewer - equal < 2 && initials === 0 ? VERY_CLOSE : CLOSE
    }
    // Written together here and apart there.
    if (fewer !== more && isJoined(one, other) >= ALONE.veryClose) return VERY_CLOSE
    return whole > 0 && equal > 0 ? ONE_WORD : DIFFERENT
  }
}

/** Of two names of so many words: are those of the first earlier in the alphabet? */
function comesFirst({ starts, values }: Lists, one: number, other: number, count: number): boolean {
  const from = starts[one] as number
  const to = starts[other] as number
  for (let i = 0; i < count; i++) {
    const step = (values[from + i] as number) - (values[to + i] as number)
    if (step !== 0) return step < 0
  }
  return true
}

/** Words of a name that are looked at: as many as a number has bits. */
const LONGEST = 30

const levelOfWord = (likeness: number): number => {
  if (likeness >= ALONE.veryClose) return VERY_CLOSE
  if (likeness >= ALONE.close) return CLOSE
  return likeness >= ALONE.alike ? ONE_WORD : DIFFERENT
}

function wordAgreement(texts: readonly string[], words: PackedWords): (one: number, other: number) => number {
  const { units, starts } = words
  const [alike, edits, aliases] = [jaroWinkler(words, SLIP), editsUpTo(words, 1), aliasesOf(texts)]
  const lengthOf = lengthsOf(words)
  return (one, other) => {
    if (one === other) return EQUAL
    if (Math.min(lengthOf(one), lengthOf(other)) === 1) {
      return units[starts[one] as number] === units[starts[other] as number] ? INITIAL : NOT
    }
    if (alike(one, other) >= SLIP || commonOf(aliases, one, other) > 0) return NEARLY
    return Math.max(lengthOf(one), lengthOf(other)) >= LONG_WORD && edits(one, other) <= 1 ? NEARLY : NOT
  }
}
