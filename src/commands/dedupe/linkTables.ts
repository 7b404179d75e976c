/** What is told of links to a master: the rows with its ids, figures, pairs. */

import type { Free, Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { listText } from '../../core/texts.ts'
import { probabilityOf } from './clusters.ts'
import type { Column } from './columns.ts'
import { counted, isOrAre } from './counted.ts'
import { freeName, rowName, textColumn, valuesOf } from './customers.ts'
import { healthOf } from './health.ts'
import type { Linked } from './linked.ts'
import type { PairedColumn } from './paired.ts'
import { evidenceIn } from './pairs.ts'
import { explainedPair, measures, noteOut } from './tables.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

const linkedCount = ({ links }: Linked): number =>
  links.master.reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0)

const masterName = ({ ids }: Linked, row: number): string => rowName({ id: ids.master }, row)

interface Files {
  readonly own: readonly Column[]
  readonly master: readonly Column[]
  readonly paired: readonly PairedColumn[]
}

export function noteLinks(input: Input, found: Linked, { own, master, paired }: Files): void {
  const used = found.known.filter(({ fields }) => fields.length > 0)
  const taken = used.map(({ column: { header }, role }) => {
    const other = paired.find(({ column }) => column.header === header)?.second.header
    return other === header ? `${header} (${role})` : `${header} = ${other} (${role})`
  })
  input.note(`compared by: ${taken.join(', ')}`)
  const unpaired = [
    ...own.filter((each) => !paired.some(({ first }) => first === each)),
    ...master.filter((each) => !paired.some(({ second }) => second === each)),
  ]
  if (unpaired.length > 0) {
    input.note(`no evidence, being in one of the files: ${unpaired.map(({ header }) => header).join(', ')}`)
  }
  const [linked, rows] = [linkedCount(found), found.rows.own]
  input.note(
    `${linked} of ${counted(rows, 'row')} (${percent(linked / rows)}) ${isOrAre(linked)} one of the ${counted(found.rows.master, 'row')} of the master`,
  )
  noteOut(input, found)
}

/** The rows of the file, each with the id of its master and the probability that it is the same. */
export function linkedRows(found: Linked): Free {
  const { own, links } = found
  const taken = new Set(own.map(({ header }) => header))
  const ids = Array.from(links.master, (row) => (row < 0 ? null : masterName(found, row)))
  return {
    free: [
      ...own.map((column) => textColumn(column.header, valuesOf(column))),
      {
        key: freeName('master_id', taken),
        unit: 'text',
        title: { en: 'Master', zh: '主档编号' },
        values: ids,
      },
      {
        key: freeName('match_p', taken),
        unit: 'number',
        title: { en: 'p', zh: '概率' },
        values: links.bits.map((bits) => Math.round(probabilityOf(bits) * 1e6) / 1e6),
      },
    ],
  }
}

export function linkSummary(found: Linked) {
  const { matched, rows, links } = found
  const { expected } = healthOf(matched)
  const linked = linkedCount(found)
  const masters = new Set(links.master.filter((row) => row >= 0)).size
  return measures([
    ['rows', rows.own, ''],
    ['rows of the master', rows.master, ''],
    ['rows with a master', linked, ''],
    ['rows without one', rows.own - linked, ''],
    ['masters with a row', masters, ''],
    ['pairs compared', matched.proposed.left.length, ''],
    ['pairs linked', matched.links.left.length, 'of which each row has the strongest'],
    ['pairs expected to match', expected, 'by the model, among all pairs of the two files'],
  ])
}

/** All pairs that are linked by what they say, the strongest first. */
export function linkPairs(found: Linked) {
  const { matched, rows, links } = found
  const { records, scorer } = matched
  const pairs = Array.from(matched.links.left, (record, i) => {
    const both = [record, matched.links.right[i] as number] as const
    const [one, other] = both.map((each) => records.first[each] as number).sort((a, b) => a - b) as [
      number,
      number,
    ]
    return { one, other: other - rows.own, bits: scorer.bitsOf(...both), parts: evidenceIn(matched, ...both) }
  })
  pairs.sort((a, b) => b.bits - a.bits || a.one - b.one || a.other - b.other)
  return {
    id_left: pairs.map(({ one }) => rowName({ id: found.ids.own }, one)),
    id_right: pairs.map(({ other }) => masterName(found, other)),
    bits: Float64Array.from(pairs, ({ bits }) => bits),
    p: Float64Array.from(pairs, ({ bits }) => probabilityOf(bits)),
    together: Int32Array.from(pairs, ({ one, other }) => (links.master[one] === other ? 1 : 0)),
    levels: pairs.map(({ parts }) => listText(parts)),
  }
}

/** Of a row of the file and one of the master. */
export function linkExplanation(found: Linked, [one, other]: readonly [string, string]) {
  const { rows, ids, matched } = found
  const own = rowOf(rows.own, ids.own, { id: one, file: 'the file' })
  const master = rowOf(rows.master, ids.master, { id: other, file: 'the master' })
  return explainedPair(matched, own, rows.own + master)
}

function rowOf(rows: number, id: Column | undefined, wanted: { readonly id: string; readonly file: string }) {
  for (let row = 0; row < rows; row++) if (rowName({ id }, row) === wanted.id) return row
  throw new CustError(
    'usage',
    `--explain: ${wanted.file} has no row ${wanted.id}`,
    'write the id of a row of the file, then that of a row of the master; or "row 17"',
  )
}

/** Over pairs of a row of the file and one of the master. */
export function linkEvaluation({ columns, rows, links }: Linked, header: string) {
  const { codes, words } = columns.find((column) => column.header === header) as Column
  const masters = new Int32Array(words.length)
  for (let row = rows.own; row < codes.length; row++) {
    const code = codes[row] as number
    if (code >= 0) masters[code] = (masters[code] as number) + 1
  }
  let [real, found, right] = [0, 0, 0]
  for (let row = 0; row < rows.own; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    real += masters[code] as number
    const other = links.master[row] as number
    const theirs = other < 0 ? -1 : (codes[rows.own + other] as number)
    if (theirs < 0) continue
    found++
    if (theirs === code) right++
  }
  const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN)
  const { measure, value } = measures([
    ['true pairs', real, ''],
    ['found pairs', found, ''],
    ['right pairs', right, ''],
    ['precision', ratio(right, found), ''],
    ['recall', ratio(right, real), ''],
    ['F1', ratio(2 * right, found + real), ''],
  ])
  return { measure, value }
}
