/** Pairs of rows with what speaks for and against them. */
import { listText } from '../../core/texts.ts'
import { probabilityOf } from './clusters.ts'
import { type Deduped, rowName } from './customers.ts'
import type { Matched } from './match.ts'

/** Linked pairs, and those inside of a customer: the strongest first. */
export function pairsSheet(found: Deduped) {
  const { matched, clusters } = found
  const { records, scorer, links } = matched
  const seen = new Map<string, readonly [one: number, other: number]>()
  const firstOf = (record: number) => records.first[record] as number
  for (let i = 0; i < links.left.length; i++) {
    const [one, other] = [firstOf(links.left[i] as number), firstOf(links.right[i] as number)]
    seen.set(keyOf(one, other), [one, other])
  }
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const own = clusters.rows.subarray(clusters.starts[cluster], clusters.starts[cluster + 1])
    for (const [one, other] of pairsAmong(own, records.ofRow)) seen.set(keyOf(one, other), [one, other])
  }
  const rows = [...seen.values()].map(([one, other]) => {
    const [a, b] = [records.ofRow[one] as number, records.ofRow[other] as number].sort((x, y) => x - y) as [
      number,
      number,
    ]
    return { one, other, bits: scorer.bitsOf(a, b), parts: evidenceIn(matched, a, b) }
  })
  rows.sort((x, y) => y.bits - x.bits || x.one - y.one || x.other - y.other)
  const isTogether = ({ one, other }: (typeof rows)[number]) =>
    clusters.clusters[one] === clusters.clusters[other] ? 1 : 0
  return {
    id_left: rows.map(({ one }) => rowName(found, one)),
    id_right: rows.map(({ other }) => rowName(found, other)),
    bits: Float64Array.from(rows, ({ bits }) => bits),
    p: Float64Array.from(rows, ({ bits }) => probabilityOf(bits)),
    together: Int32Array.from(rows, isTogether),
    levels: rows.map(({ parts }) => listText(parts)),
  }
}

const keyOf = (one: number, other: number): string => (one < other ? `${one} ${other}` : `${other} ${one}`)

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
