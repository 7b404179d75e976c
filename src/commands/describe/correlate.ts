/** --correlation: every pair of columns of numbers, and every pair of columns of few words. */
import { CustError } from '../../core/errors.ts'
import type { Columns } from '../../core/report.ts'
import { type Association, cramersV, pairedRows, pearson, spearman } from '../../models/correlation.ts'
import { type Cells, type Fetched, fetchRows } from './cells.ts'
import type { Described } from './columns.ts'
import { discoveries } from './groups.ts'
import type spec from './index.ts'

type Gives = (typeof spec)['gives']

interface Pair {
  readonly column: string
  readonly with: string
  readonly measure: 'pearson' | 'spearman' | 'cramers_v'
  readonly found: Association
}

/** Words beyond this are names rather than categories. */
const MOST_WORDS = 50

const isCategory = ({ cell, frequent }: Described): boolean =>
  cell.kind === 'text' && frequent.distinct > 1 && frequent.distinct <= MOST_WORDS

const isVarying = ({ cell, frequent }: Described): boolean => cell.kind === 'number' && frequent.distinct > 1

export interface Correlated {
  readonly pairs: readonly Pair[]
  readonly numbers: readonly string[]
  readonly categories: readonly string[]
}

/** Throws CustError('input') where there is no pair. */
export async function correlate(cells: Cells, described: readonly Described[]): Promise<Correlated> {
  const [numbers, categories] = [described.filter(isVarying), described.filter(isCategory)]
  if (numbers.length < 2 && categories.length < 2) {
    throw new CustError(
      'input',
      '--correlation: no two columns can be compared',
      `they must hold numbers, or at most ${MOST_WORDS} different words`,
    )
  }
  const all = await fetchRows(
    cells,
    [...numbers, ...categories].map(({ cell }) => cell),
  )
  const pairs = all.flatMap((one, i) => all.slice(i + 1).flatMap((other) => pairsOf(one, other)))
  const headers = (of: readonly Described[]) => of.map(({ cell }) => cell.header)
  return { pairs, numbers: headers(numbers), categories: headers(categories) }
}

function pairsOf(one: Fetched, other: Fetched): Pair[] {
  const names = { column: one.cell.header, with: other.cell.header }
  if ('numbers' in one && 'numbers' in other) {
    const [x, y] = pairedRows(one.numbers, other.numbers)
    return [
      { ...names, measure: 'pearson', found: pearson(x, y) },
      { ...names, measure: 'spearman', found: spearman(x, y) },
    ]
  }
  if ('numbers' in one || 'numbers' in other) return []
  return [{ ...names, measure: 'cramers_v', found: cramersV(one.codes, other.codes) }]
}

export function correlationSheet({ pairs }: Correlated): Columns<Gives['correlation']> {
  const numbers = (of: (found: Association) => number) => Float64Array.from(pairs, ({ found }) => of(found))
  const p = numbers((found) => found.p)
  return {
    column: pairs.map(({ column }) => column),
    with: pairs.map((pair) => pair.with),
    measure: pairs.map(({ measure }) => measure),
    count: numbers(({ rows }) => rows),
    value: numbers(({ value }) => value),
    low: numbers(({ low }) => low),
    high: numbers(({ high }) => high),
    p_value: p,
    q_value: discoveries(p),
  }
}

/** Both ways round, for a map; a column goes with itself entirely. */
export function matrixSheet({ pairs, numbers, categories }: Correlated): Columns<Gives['matrix']> {
  const shown = pairs.filter(({ measure, found }) => measure !== 'spearman' && !Number.isNaN(found.value))
  const cells = [
    ...[...numbers, ...categories].map((column) => ({ column, with: column, value: 1 })),
    ...shown.flatMap(({ column, with: other, found: { value } }) => [
      { column, with: other, value },
      { column: other, with: column, value },
    ]),
  ]
  return {
    column: cells.map(({ column }) => column),
    with: cells.map((cell) => cell.with),
    strength: Float64Array.from(cells, ({ value }) => value),
  }
}
