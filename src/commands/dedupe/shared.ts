/** Values such as guest@shop.com: many rows have them, with as many names. They tell nobody from anybody. */
import { textDigest } from '../../models/linkage/hash.ts'
import { jaroWinkler } from '../../models/linkage/similarity.ts'
import { commonOf, packWords } from '../../models/linkage/words.ts'
import { countsOfField, type Field, fieldWith } from './fields.ts'
import { type MatchRole, STRONG } from './roles.ts'
import { aliasesOf, tokensOf } from './tokens.ts'

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
    if (field.role === 'email') {
      for (const [code, rows] of amongStrangers(field, fields)) values.set(code, rows)
    }
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

/** So few rows share a value that each of them is looked at. */
const FEW = { least: 3, most: MANY - 1 }
/** Names that are no more alike than this are those of two. */
const ALIKE = 0.75
const NAMES: readonly MatchRole[] = ['given', 'surname', 'name', 'company']

/** Values of a few rows of which no two have a name that is alike. */
function amongStrangers(field: Field, fields: readonly Field[]) {
  const counts = countsOfField(field)
  const rows = new Map<number, number[]>()
  field.codes.forEach((code, row) => {
    const count = code < 0 ? 0 : (counts[code] as number)
    if (count >= FEW.least && count <= FEW.most) rows.set(code, [...(rows.get(code) ?? []), row])
  })
  if (rows.size === 0) return []
  const isStranger = strangers(fields.filter(({ role }) => NAMES.includes(role)))
  const areStrangers = (own: readonly number[]) =>
    own.every((row, i) => own.slice(0, i).every((other) => isStranger(row, other)))
  return [...rows].flatMap(([code, own]) => (areStrangers(own) ? [[code, own.length] as const] : []))
}

/** Do both rows have names, and none that is alike? */
function strangers(names: readonly Field[]): (one: number, other: number) => boolean {
  const alike = names.map(({ words }) => jaroWinkler(packWords(words)))
  const tokens = names.map((name) => tokensOf(name).lists)
  // Bob is called Robert, too.
  const aliases = names.map(({ role, words }) => (role === 'given' ? aliasesOf(words) : undefined))
  return (one, other) => {
    let told = false
    const areUnlike = names.every(({ codes }, i) => {
      const [a, b] = [codes[one] as number, codes[other] as number]
      if (a < 0 || b < 0) return true
      told = true
      if (a === b || (alike[i] as Likeness)(a, b) >= ALIKE) return false
      return [tokens[i], aliases[i]].every((lists) => lists === undefined || commonOf(lists, a, b) === 0)
    })
    return told && areUnlike
  }
}

type Likeness = ReturnType<typeof jaroWinkler>

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
