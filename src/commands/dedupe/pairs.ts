/** Pairs of rows with what speaks for and against them. */
import { listText } from '../../core/texts.ts'
import { probabilityOf } from './clusters.ts'
import { type Deduped, rowName } from './customers.ts'
import { compareIds } from './ids.ts'
import type { Matched } from './match.ts'
import { membersOf } from './members.ts'

/** Linked pairs, and those inside of a customer: the strongest first, whatever the order of the rows. */
export function pairsSheet(found: Deduped) {
  const { matched, clusters } = found
  const { records, scorer, links } = matched
  const names = new Map<number, string>()
  const nameOf = (row: number): string => {
    const known = names.get(row) ?? rowName(found, row)
    names.set(row, known)
    return known
  }
  const byId = (row: number, other: number) => compareIds(nameOf(row), nameOf(other)) || row - other
  const seen = new Map<string, readonly [one: number, other: number]>()
  const add = (row: number, other: number) => {
    const [one, two] = byId(row, other) < 0 ? [row, other] : [other, row]
    seen.set(`${one} ${two}`, [one, two])
  }
  const members = membersOf(records.ofRow, records.count)
  const firstOf = (record: number) =>
    members.rows
      .subarray(members.starts[record], members.starts[record + 1])
      .reduce((first, row) => (byId(row, first) < 0 ? row : first))
  for (let i = 0; i < links.left.length; i++) {
    add(firstOf(links.left[i] as number), firstOf(links.right[i] as number))
  }
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const [from, to] = [clusters.starts[cluster] as number, clusters.starts[cluster + 1] as number]
    if (to - from < 2) continue
    const own = clusters.rows.slice(from, to).sort(byId)
    for (const [one, other] of pairsAmong(own, records.ofRow)) add(one, other)
  }
  const rows = [...seen.values()].map(([one, other]) => {
    const [a, b] = [records.ofRow[one] as number, records.ofRow[other] as number].sort((x, y) => x - y) as [
      number,
      number,
    ]
    return { one, other, bits: scorer.bitsOf(a, b), parts: evidenceIn(matched, a, b) }
  })
  rows.sort((x, y) => y.bits - x.bits || byId(x.one, y.one) || byId(x.other, y.other))
  const isTogether = ({ one, other }: (typeof rows)[number]) =>
    clusters.clusters[one] === clusters.clusters[other] ? 1 : 0
  return {
    id_left: rows.map(({ one }) => nameOf(one)),
    id_right: rows.map(({ other }) => nameOf(other)),
    bits: Float64Array.from(rows, ({ bits }) => bits),
    p: Float64Array.from(rows, ({ bits }) => probabilityOf(bits)),
    together: Int32Array.from(rows, isTogether),
    levels: rows.map(({ parts }) => listText(parts)),
  }
}

/** How alike two records are, column by column. */
export function evidenceIn({ scorer, comparisons }: Matched, one: number, other: number): string[] {
  const { levels } = scorer.partsOf(one, other)
  return comparisons.flatMap(({ field, levels: words }, i) => {
    const level = levels[i] as number
    return level < 0 ? [] : [`${field.header}: ${words[level]}`]
  })
}

/** All pairs of rows that say something else; of those that say the same, each with the first. */
function* pairsAmong(rows: Int32Array, ofRow: Int32Array): Generator<readonly [number, number]> {
  const firsts = new Map<number, number>()
  for (const row of rows) {
    const record = ofRow[row] as number
    const first = firsts.get(record)
    if (first !== undefined) {
      yield [first, row]
      continue
    }
    for (const other of firsts.values()) yield [other, row]
    firsts.set(record, row)
  }
}
