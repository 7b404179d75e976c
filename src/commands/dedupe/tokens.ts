/** The words inside of names and addresses, and names that stand for one another. */
import { nameGroups } from '../../fields/nicknames.ts'
import { textHash } from '../../models/linkage/hash.ts'
import { type Lists, packLists } from '../../models/linkage/words.ts'
import type { Field } from './fields.ts'

export interface Tokens {
  /** By word of the field: the numbers of its tokens. */
  readonly lists: Lists
  /** By token. */
  readonly hashes: Uint32Array
  readonly texts: readonly string[]
}

const known = new WeakMap<Field, Tokens>()

export function tokensOf(field: Field): Tokens {
  const held = known.get(field)
  if (held) return held
  const numbers = new Map<string, number>()
  const found: string[] = []
  const lists = field.words.map((word) => {
    const own = new Set<number>()
    for (const token of word.split(' ')) {
      let number = numbers.get(token)
      if (number === undefined) {
        number = found.length
        numbers.set(token, number)
        found.push(token)
      }
      own.add(number)
    }
    return [...own]
  })
  // In the order of their texts: lists do not depend on what other rows have.
  const texts = [...found].sort()
  const ranks = new Int32Array(found.length)
  texts.forEach((text, rank) => {
    ranks[numbers.get(text) as number] = rank
  })
  const inOrder = lists.map((list) => list.map((number) => ranks[number] as number))
  const tokens = { lists: packLists(inOrder), hashes: Uint32Array.from(texts, textHash), texts }
  known.set(field, tokens)
  return tokens
}

/** By word: numbers of the names that it may stand for; what has a digit is no name. */
export function aliasesOf(words: readonly string[]): Lists {
  const numbers = new Map<string, number>()
  const numberOf = (group: string): number => {
    const known = numbers.get(group) ?? numbers.size
    numbers.set(group, known)
    return known
  }
  return packLists(words.map((word) => (/\p{N}/u.test(word) ? [] : nameGroups(word).map(numberOf))))
}
