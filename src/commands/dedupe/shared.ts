/** Values such as guest@shop.com: many rows have them, with as many names. They tell nobody from anybody. */
import { textDigest } from '../../models/linkage/hash.ts'
import { countsOfField, type Field, fieldWith } from './fields.ts'
import { STRONG } from './roles.ts'

export interface Shared {
  readonly header: string
  /** The most frequent of them. */
  readonly values: readonly { readonly word: string; readonly rows: number }[]
  /** All of them. */
  readonly digests: readonly string[]
}

export type Digests = Pick<Shared, 'header' | 'digests'>

/** So many rows share a value before it is looked at. */
const MANY = 12
/** Share of them that have a name of their own. */
const DIFFERENT = 0.5
const SHOWN = 5

/** `known`: values that an earlier file had too many rows of. */
export function withoutShared(
  fields: readonly Field[],
  known: readonly Digests[] = [],
): {
  readonly fields: Field[]
  readonly shared: Shared[]
} {
  const shared: Shared[] = []
  const names = fields.filter(({ role }) => ['surname', 'name', 'company'].includes(role))
  const told = fields.map((field) => {
    if (!STRONG.includes(field.role)) return field
    const values = names.length === 0 ? new Map<number, number>() : sharedIn(field, names[0] as Field)
    const before = known.find(({ header }) => header === field.header)?.digests ?? []
    for (const [code, rows] of valuesWith(field, new Set(before))) values.set(code, rows)
    if (values.size === 0) return field
    const listed = [...values].map(([code, rows]) => ({ word: field.words[code] as string, rows }))
    listed.sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
    const digests = listed.map(({ word }) => textDigest(word)).sort()
    shared.push({ header: field.header, values: listed.slice(0, SHOWN), digests })
    return fieldWith({ ...field, codes: field.codes.map((code) => (values.has(code) ? -1 : code)) })
  })
  return { fields: told, shared }
}

function sharedIn(field: Field, name: Field): Map<number, number> {
  const counts = countsOfField(field)
  const names = new Map<number, Set<number>>()
  counts.forEach((count, code) => {
    if (count >= MANY) names.set(code, new Set())
  })
  if (names.size === 0) return new Map()
  field.codes.forEach((code, row) => {
    const own = code < 0 ? undefined : names.get(code)
    if (own && (name.codes[row] as number) >= 0) own.add(name.codes[row] as number)
  })
  const found = new Map<number, number>()
  for (const [code, own] of names) {
    const rows = counts[code] as number
    // A few names are all there are where the whole file has few.
    if (own.size >= DIFFERENT * Math.min(rows, name.words.length)) found.set(code, rows)
  }
  return found
}

/** Rows of the values with these digests. */
function valuesWith(field: Field, digests: ReadonlySet<string>): Map<number, number> {
  const found = new Map<number, number>()
  if (digests.size === 0) return found
  const counts = countsOfField(field)
  field.words.forEach((word, code) => {
    if (digests.has(textDigest(word))) found.set(code, counts[code] as number)
  })
  return found
}
