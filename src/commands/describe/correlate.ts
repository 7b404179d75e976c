/** --correlation: every pair of columns of numbers, and every pair of columns of few words. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Columns } from '../../core/report.ts'
import {
  type Association,
  averageRanks,
  cramersV,
  pairedRows,
  pearson,
  spearmanOfRanks,
} from '../../models/correlation.ts'
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
export async function correlate(
  cells: Cells,
  described: readonly Described[],
  pause: Input['pause'],
): Promise<Correlated> {
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
  const ranksOf = rankedOnce()
  const pairs: Pair[] = []
  for (const [i, one] of all.entries()) {
    for (const other of all.slice(i + 1)) {
      pairs.push(...pairsOf(one, other, ranksOf))
      await pause()
    }
  }
  const headers = (of: readonly Described[]) => of.map(({ cell }) => cell.header)
  return { pairs, numbers: headers(numbers), categories: headers(categories) }
}

type Ranks = (values: Float64Array) => Float64Array

/** A column without gaps has the same ranks beside every other. */
function rankedOnce(): Ranks {
  const known = new Map<Float64Array, Float64Array>()
  return (values) => {
    const ranks = known.get(values) ?? averageRanks(values)
    known.set(values, ranks)
    return ranks
  }
}

function pairsOf(one: Fetched, other: Fetched, ranksOf: Ranks): Pair[] {
  const names = { column: one.cell.header, with: other.cell.header }
  if ('numbers' in one && 'numbers' in other) {
    const [x, y] = pairedRows(one.numbers, other.numbers)
    const ranks = x === one.numbers ? ranksOf : averageRanks
    return [
      { ...names, measure: 'pearson', found: pearson(x, y) },
      { ...names, measure: 'spearman', found: spearmanOfRanks(ranks(x), ranks(y)) },
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
