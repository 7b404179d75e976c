/** Who lives together: one address and one surname. Never merged into one person. */

import { unionOf } from '../../models/linkage/groups.ts'
import { type Deduped, rowName } from './customers.ts'
import type { Field } from './fields.ts'
import { compareIds } from './ids.ts'

export function householdsSheet(found: Deduped) {
  const { matched, clusters } = found
  const { records } = matched
  const rows = records.ofRow.length
  const address = records.fields.find(({ role }) => role === 'text')
  const union = unionOf(rows)
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const [from, to] = [clusters.starts[cluster] as number, clusters.starts[cluster + 1] as number]
    for (let i = from + 1; i < to; i++) union.join(clusters.rows[from] as number, clusters.rows[i] as number)
  }
  const first = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    const record = records.ofRow[row] as number
    const home = address?.codes[record] ?? -1
    const surname = surnameOf(records.fields, record)
    if (home < 0 || surname === undefined) continue
    const key = `${home} ${surname}`
    const known = first.get(key)
    if (known === undefined) first.set(key, row)
    else union.join(known, row)
  }
  const names = new Map<number, string>()
  for (let row = 0; row < rows; row++) {
    const [root, own] = [union.rootOf(row), clusters.ids[clusters.clusters[row] as number] as string]
    const known = names.get(root)
    if (known === undefined || compareIds(own, known) < 0) names.set(root, own)
  }
  const all = Array.from({ length: rows }, (_, row) => row)
  return {
    id: all.map((row) => rowName(found, row)),
    cluster_id: all.map((row) => clusters.ids[clusters.clusters[row] as number] as string),
    household_id: all.map((row) => names.get(union.rootOf(row)) as string),
  }
}

/** The surname, or the last word of a name; the first character of a Chinese one. */
function surnameOf(fields: readonly Field[], record: number): string | undefined {
  const own = fields.find(({ role }) => role === 'surname') ?? fields.find(({ role }) => role === 'name')
  const code = own?.codes[record] ?? -1
  if (!own || code < 0) return undefined
  const word = own.words[code] as string
  if (own.role === 'surname') return word
  return own.chinese?.[code]?.surname ?? word.split(' ').at(-1)
}
