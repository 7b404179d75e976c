/** --by: each group of a column against all others, number by number. */
import { CustError } from '../../core/errors.ts'
import type { Columns } from '../../core/report.ts'
import {
  type Difference,
  differenceOf,
  etaSquared,
  type Group,
  groupsOf,
  together,
} from '../../models/comparison.ts'
import { falseDiscoveryRates } from '../../models/discovery.ts'
import { type Cell, type Cells, cellNamed, type Fetched, fetchRows } from './cells.ts'
import type spec from './index.ts'

type Sheet = Columns<(typeof spec)['gives']['groups']>

/** More groups than this are no groups. */
const MOST = 50

interface Compared {
  readonly column: string
  readonly group: string
  readonly own: Group
  readonly others: Group
  readonly difference: Difference
  readonly eta: number
}

export interface Compare {
  readonly cells: Cells
  readonly by: string
}

export async function compareGroups({ cells, by }: Compare): Promise<Sheet> {
  const named = cellNamed(cells, by, '--by')
  const numbers = cells.columns.filter((cell) => cell.kind === 'number' && cell !== named)
  if (numbers.length === 0) throw new CustError('input', '--by: no other column holds numbers to compare')
  // Whatever a column holds, its groups are its texts.
  const grouping: Cell = { ...named, kind: 'text' }
  const [groups, ...columns] = await fetchRows(cells, [grouping, ...numbers])
  const { codes, words } = groups as Extract<Fetched, { codes: Int32Array }>
  if (words.length > MOST) {
    const message = `--by ${by}: the column has ${words.length} different values`
    throw new CustError('usage', message, `compare by one of at most ${MOST}`)
  }
  if (words.length < 2)
    throw new CustError('input', `--by ${by}: the column has one group, so nothing compares`)
  return sheetOf(columns.flatMap((column) => comparedIn(column, codes, words)))
}

function comparedIn(column: Fetched, codes: Int32Array, words: readonly string[]): Compared[] {
  if (!('numbers' in column)) return []
  const all = groupsOf(column.numbers, codes, words.length)
  const there = [...all.keys()].filter((code) => (all[code] as Group).count > 0)
  there.sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1))
  if (there.length < 2) return []
  const eta = etaSquared(there.map((code) => all[code] as Group))
  return there.map((code) => {
    const own = all[code] as Group
    const others = together(there.filter((each) => each !== code).map((each) => all[each] as Group))
    const group = words[code] as string
    return { column: column.cell.header, group, own, others, difference: differenceOf(own, others), eta }
  })
}

function sheetOf(rows: readonly Compared[]): Sheet {
  const numbers = (of: (row: Compared) => number) => Float64Array.from(rows, of)
  const p = numbers(({ difference }) => difference.p)
  return {
    column: rows.map(({ column }) => column),
    group: rows.map(({ group }) => group),
    count: numbers(({ own }) => own.count),
    mean: numbers(({ own }) => own.mean),
    sd: numbers(({ own }) => (own.count > 1 ? Math.sqrt(own.squares / (own.count - 1)) : Number.NaN)),
    others_mean: numbers(({ others }) => others.mean),
    difference: numbers(({ difference }) => difference.value),
    low: numbers(({ difference }) => difference.low),
    high: numbers(({ difference }) => difference.high),
    hedges_g: numbers(({ difference }) => difference.effect),
    p_value: p,
    q_value: discoveries(p),
    eta_squared: numbers(({ eta }) => eta),
  }
}

/** Q values of the tests that could be made. */
export function discoveries(p: Float64Array): Float64Array {
  const made = Uint32Array.from(p.keys()).filter((i) => !Number.isNaN(p[i] as number))
  const q = falseDiscoveryRates(Float64Array.from(made, (i) => p[i] as number))
  const all = new Float64Array(p.length).fill(Number.NaN)
  made.forEach((i, at) => {
    all[i] = q[at] as number
  })
  return all
}
