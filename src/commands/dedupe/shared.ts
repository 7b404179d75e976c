/** Values such as guest@shop.com: many rows have them, with as many names. They tell nobody from anybody. */
import { countsOfField, type Field, fieldWith } from './fields.ts'
import { STRONG } from './roles.ts'

export interface Shared {
  readonly header: string
  readonly values: readonly { readonly word: string; readonly rows: number }[]
}

/** So many rows share a value before it is looked at. */
const MANY = 12
/** Share of them that have a name of their own. */
const DIFFERENT = 0.5

export function withoutShared(fields: readonly Field[]): {
  readonly fields: Field[]
  readonly shared: Shared[]
} {
  const shared: Shared[] = []
  const names = fields.filter(({ role }) => ['surname', 'name', 'company'].includes(role))
  const told = fields.map((field) => {
    if (!STRONG.includes(field.role) || names.length === 0) return field
    const values = sharedIn(field, names[0] as Field)
    if (values.size === 0) return field
    const listed = [...values].map(([code, rows]) => ({ word: field.words[code] as string, rows }))
    listed.sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
    shared.push({ header: field.header, values: listed.slice(0, 5) })
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
