/** Two surnames in columns of their own, as in Spanish, are one name: either may be missing, or stand first. */
import { type Field, fieldWith } from './fields.ts'

/** Names for letters and for parcels are mostly the same; a full name has the surname in it. */
const OTHER = 0.5

export const surnamesTogether = (headers: readonly string[]): string => headers.join(', ')

/** Undefined where they are no two surnames of one person. */
export function joinedSurnames(fields: readonly Field[], isKnown: boolean): Field | undefined {
  const [one, two, ...more] = fields
  if (!one || !two || more.length > 0 || !(isKnown || areTwo(one, two))) return undefined
  const numbers = new Map<string, number>()
  const words: string[] = []
  const codes = one.codes.map((code, row) => {
    const own = [one.words[code], two.words[two.codes[row] as number]].filter((word) => word !== undefined)
    if (own.length === 0) return -1
    const word = [...new Set(own)].join(' ')
    const known = numbers.get(word) ?? words.length
    if (known === words.length) {
      numbers.set(word, known)
      words.push(word)
    }
    return known
  })
  const header = surnamesTogether([one.header, two.header])
  return fieldWith({ header, role: 'surname', codes, words })
}

function areTwo(one: Field, two: Field): boolean {
  let [both, other] = [0, 0]
  one.codes.forEach((code, row) => {
    const second = two.codes[row] as number
    if (code < 0 || second < 0) return
    both++
    const [first, last] = [one.words[code] as string, two.words[second] as string]
    if (!first.includes(last) && !last.includes(first)) other++
  })
  return other > OTHER * both
}
