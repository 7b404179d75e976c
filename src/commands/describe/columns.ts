/** Everything that is known of each column. */
import { formatDay, NO_DAY } from '../../core/days.ts'
import { percent } from '../../core/numerals.ts'
import type { Columns } from '../../core/report.ts'
import { sql } from '../../core/sql.ts'
import { countOutside, type Fences, fencesOf, type Summary, summaryOf } from '../../models/frequencies.ts'
import type { Cell, Cells } from './cells.ts'
import { type Counted, type Counts, countsOf } from './counts.ts'
import { daysIn, type Frequent, frequentIn, manyIn, type Top } from './frequent.ts'
import type spec from './index.ts'
import { figuresOf } from './numbers.ts'

export interface Described {
  readonly cell: Cell
  readonly counts: Counts
  readonly frequent: Frequent
  /** Of numbers and days, where there are any. */
  readonly summary: Summary | undefined
  /** Of numbers. */
  readonly outliers: { readonly fences: Fences; readonly count: number } | undefined
}

/** Columns of so many different texts at most are brought here as texts and how often each is there. */
const FEW = 50_000
/** Up to so many rows nothing is guessed. */
const SMALL = 250_000

export interface Asked {
  readonly today: number
  readonly exact: boolean
  /** More different texts are not fetched. */
  readonly few?: number
}

/** Throws CustError('input') where there is nothing to describe. */
export async function describeColumns(cells: Cells, asked: Asked) {
  const { today, few = FEW } = asked
  const hopeful = cells.columns.filter((cell) => mayBeFew(cell, cells, few))
  const known = await frequentIn(cells, hopeful, { today, few })
  const others = cells.columns.filter((cell) => !known.has(cell))
  const counted = await countsOf(cells, others, today)
  const countsFor = new Map(others.map((cell, i) => [cell, counted[i] as Counted]))
  const late = others.filter((cell) => (countsFor.get(cell) as Counted).roughly <= few)
  for (const [cell, each] of await frequentIn(cells, late, { today, few })) known.set(cell, each)
  const rows = [...known.values()][0]?.rows ?? (await rowsIn(cells))
  const described: Described[] = []
  for (const cell of cells.columns) {
    const { counts, frequent } =
      known.get(cell) ?? (await manyOf(cells, cell, countsFor.get(cell) as Counted, asked))
    described.push({ cell, counts, frequent, ...(await figuresIn(cells, cell, counts, frequent)) })
  }
  return { rows, described }
}

/** What the first rows repeat that much, all rows hardly hold many of. Where it is wrong, the engine has more to do. */
const REPEATED = 0.9

function mayBeFew({ seen }: Cell, { columns }: Cells, few: number): boolean {
  if (seen.isAll) return seen.distinct <= few
  const rows = Math.max(...columns.map((each) => each.seen.distinct))
  return seen.distinct <= few && seen.distinct <= REPEATED * rows
}

async function rowsIn({ table: { from, fetch } }: Cells): Promise<number> {
  const { rows } = await fetch(sql`select count(*) as rows from ${from} as rows`, { rows: 'number' })
  return rows[0] ?? 0
}

/** Beyond some rows, which of many values there are is not worth the time to find out. */
async function manyOf(cells: Cells, cell: Cell, counts: Counted, { exact }: Asked) {
  const { roughly, present } = counts
  if (cell.kind === 'day') return { counts, frequent: await daysIn(cells, cell) }
  if (exact || present <= SMALL) return { counts, frequent: await manyIn(cells, cell) }
  const guess: Frequent = {
    ...{ distinct: Math.min(roughly, present), isExact: false },
    ...{ top: [], frequencies: undefined },
  }
  return { counts, frequent: guess }
}

async function figuresIn(
  cells: Cells,
  cell: Cell,
  { readable, min, max }: Counts,
  { frequencies }: Frequent,
): Promise<Pick<Described, 'summary' | 'outliers'>> {
  if (cell.kind === 'text' || readable === 0) return { summary: undefined, outliers: undefined }
  if (cell.kind === 'day') return { summary: frequencies && summaryOf(frequencies), outliers: undefined }
  if (frequencies) {
    const fences = fencesOf(frequencies)
    return {
      summary: summaryOf(frequencies),
      outliers: { fences, count: countOutside(frequencies, fences) },
    }
  }
  const { summary, fences, outside } = await figuresOf(cells, cell, { min, max })
  return { summary, outliers: { fences, count: outside } }
}

// The sheet ------------------------------------------------------------------------------------------

type Sheet = Columns<(typeof spec)['gives']['columns']>

export function columnsSheet(all: readonly Described[], rows: number): Sheet {
  const numbers = (of: (each: Described, i: number) => number | undefined) =>
    Float64Array.from(all, (each, i) => of(each, i) ?? Number.NaN)
  const figure = (key: Exclude<keyof Summary, 'bins'>) =>
    numbers(({ cell, summary }) => (cell.kind === 'number' ? summary?.[key] : undefined))
  const days = (key: 'min' | 'max') =>
    Int32Array.from(all, ({ cell, counts }) => {
      const isThere = cell.kind === 'day' && !Number.isNaN(counts[key])
      return isThere ? counts[key] : NO_DAY
    })
  return {
    column: numbers((_, i) => i + 1),
    name: all.map(({ cell }) => cell.header),
    role: all.map(({ cell }) => cell.role ?? null),
    type: all.map(({ cell }) => cell.type),
    missing: numbers(({ counts }) => (rows === 0 ? 0 : 1 - counts.present / rows)),
    distinct: numbers(({ frequent }) => frequent.distinct),
    counted: all.map(({ frequent }) => (frequent.isExact ? null : '~')),
    shape: all.map(({ summary }) => (summary ? sparkline(summary.bins) : null)),
    ...{ min: figure('min'), median: figure('median'), max: figure('max'), mean: figure('mean') },
    ...{ first_day: days('min'), last_day: days('max') },
    top: all.map((each) => topTold(each)),
    ...{ p5: figure('p5'), q1: figure('q1'), q3: figure('q3'), p95: figure('p95') },
    ...{ sd: figure('sd'), skew: figure('skew'), zeros: figure('zeros'), negatives: figure('negatives') },
    unreadable: numbers(({ counts }) => counts.present - counts.readable),
  }
}

const LEVELS = '▁▂▃▄▅▆▇█'

/** A bar for each bin; what is not empty stands above what is. */
export function sparkline(bins: readonly number[]): string {
  const most = Math.max(...bins)
  const level = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((7 * count) / most)))
  return bins.map((count) => LEVELS[level(count)]).join('')
}

const TOLD = 3
const MOST_CHARACTERS = 24

function topTold({ cell, counts, frequent }: Described): string | null {
  if (frequent.top.length === 0) return null
  const share = ({ count }: Top) => percent(count / counts.present)
  return frequent.top
    .slice(0, TOLD)
    .map((top) => `${valueTold(cell, top)} ${share(top)}`)
    .join(' | ')
}

export function valueTold({ kind }: Cell, { value }: Top): string {
  if (kind === 'day') return formatDay(value as number)
  const text = String(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}
