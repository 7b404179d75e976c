/** The answer itself: every row with its customer, and the customers. */
import type { Free } from '../../core/command.ts'
import type { Column as Written } from '../../core/report.ts'
import type { Chosen } from './choose.ts'
import { matchProbabilities, type RowClusters } from './clusters.ts'
import type { Column } from './columns.ts'
import { conflictsOf } from './conflicts.ts'
import type { Golden } from './golden.ts'
import type { Known } from './known.ts'
import type { Lineage } from './lineage.ts'
import type { Matched } from './match.ts'
import type { SurvivorColumn } from './survivorColumns.ts'

export interface Deduped {
  readonly columns: readonly Column[]
  readonly known: readonly Known[]
  readonly chosen: Chosen
  /** The column that names rows. */
  readonly id: Column | undefined
  readonly matched: Matched
  readonly clusters: RowClusters
  readonly golden: Golden
  readonly survivors: readonly SurvivorColumn[]
  /** Bits that linked rows have more than. */
  readonly threshold: number
  /** What became of the customers of an earlier run. */
  readonly lineage: Lineage | undefined
}

/** What a row is called: its id, or its place. */
export function rowName({ id }: Pick<Deduped, 'id'>, row: number): string {
  const code = id?.codes[row] ?? -1
  return id && code >= 0 ? (id.words[code] as string) : `row ${row + 1}`
}

const titled = (header: string) => ({ en: header, zh: header })

export function textColumn(header: string, values: (string | null)[]): Written {
  return { key: header, unit: 'text', title: titled(header), values }
}

/** A new column has another name where the input has the same. */
export function freeName(wanted: string, taken: Pick<ReadonlySet<string>, 'has'>): string {
  let name = wanted
  for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`
  return name
}

export const valuesOf = ({ codes, words }: Pick<Column, 'codes' | 'words'>): (string | null)[] => {
  const values = new Array<string | null>(codes.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    values[row] = code < 0 ? null : (words[code] as string)
  }
  return values
}

/** All rows as they were, with cluster_id, cluster_size, match_p and is_golden. */
export function markedRows({ columns, clusters, golden, matched }: Deduped): Free {
  const taken = new Set(columns.map(({ header }) => header))
  const rows = clusters.clusters.length
  const [ids, sizes, best] = [new Array<string>(rows), new Int32Array(rows), new Int32Array(rows)]
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const [from, to] = [clusters.starts[cluster] as number, clusters.starts[cluster + 1] as number]
    for (let i = from; i < to; i++) {
      const row = clusters.rows[i] as number
      ids[row] = clusters.ids[cluster] as string
      sizes[row] = to - from
    }
    best[golden.rows[golden.starts[cluster] as number] as number] = 1
  }
  const named = (key: string) => freeName(key, taken)
  return {
    free: [
      ...columns.map((column) => textColumn(column.header, valuesOf(column))),
      { key: named('cluster_id'), unit: 'text', title: { en: 'Customer', zh: '客户' }, values: ids },
      { key: named('cluster_size'), unit: 'count', title: { en: 'Rows', zh: '行数' }, values: sizes },
      {
        key: named('match_p'),
        unit: 'number',
        title: { en: 'p', zh: '概率' },
        values: matchProbabilities(matched, clusters).map((p) => Math.round(p * 1e6) / 1e6),
      },
      { key: named('is_golden'), unit: 'count', title: { en: 'Golden', zh: '代表行' }, values: best },
    ],
  }
}

/** One row a customer. */
export function goldenSheet(found: Deduped, provenance: boolean): Free {
  const { golden, clusters, columns } = found
  const taken = new Set(columns.map(({ header }) => header))
  const sizes = Int32Array.from(
    clusters.ids,
    (_, i) => (clusters.starts[i + 1] as number) - (clusters.starts[i] as number),
  )
  const free: Written[] = [
    {
      key: freeName('cluster_id', taken),
      unit: 'text',
      title: { en: 'Customer', zh: '客户' },
      values: clusters.ids,
    },
    { key: freeName('cluster_size', taken), unit: 'count', title: { en: 'Rows', zh: '行数' }, values: sizes },
  ]
  for (const field of golden.fields) {
    free.push(textColumn(field.header, valuesOf(field)))
    if (!provenance) continue
    const from = Array.from(field.from, (row) => (row < 0 ? null : rowName(found, row)))
    free.push(textColumn(freeName(`${field.header}_from`, taken), from))
  }
  return { free }
}

/** The values that the golden rows leave out. */
export function conflictsSheet(found: Deduped) {
  const { golden, survivors, clusters, id, columns } = found
  const places = survivors.flatMap((_, place) => (columns[place] === id ? [] : [place]))
  const { cluster, column, keptRow, otherRow, rows } = conflictsOf(golden, survivors, places)
  const value = (row: number, place: number) => {
    const { codes, words } = survivors[place] as SurvivorColumn
    return words[codes[row] as number] ?? null
  }
  const at = <T>(read: (i: number) => T): T[] => Array.from(cluster, (_, i) => read(i))
  return {
    cluster_id: at((i) => clusters.ids[cluster[i] as number] as string),
    column: at((i) => survivors[column[i] as number]?.header ?? null),
    kept: at((i) => value(keptRow[i] as number, column[i] as number)),
    kept_from: at((i) => rowName(found, keptRow[i] as number)),
    other: at((i) => value(otherRow[i] as number, column[i] as number)),
    other_from: at((i) => rowName(found, otherRow[i] as number)),
    rows,
  }
}
