/** The figures of a column of numbers that hold too many different ones to fetch: all of them by the engine. */
import { join, name, type Sql, sql } from '../../core/sql.ts'
import {
  BINS,
  type Fences,
  fencesFrom,
  PERCENTS,
  type Summary,
  scaleOf,
  spreadOf,
} from '../../models/frequencies.ts'
import { type Cell, type Cells, realOf } from './cells.ts'

export interface Figures {
  readonly summary: Summary
  readonly fences: Fences
  readonly outside: number
}

/**
 * Doubles that several threads add up differ from run to run. So parts of one are added up, in whole units so
 * small that nothing is lost by rounding to them.
 */
const UNIT = 1e18

export async function figuresOf(
  cells: Cells,
  cell: Cell,
  range: { readonly min: number; readonly max: number },
): Promise<Figures> {
  const asked = asking(cells, cell)
  const first = await middleOf(asked, range)
  const second = await spreadAround(asked, range, first)
  const fences = fencesFrom({ ...first, distance: second.distance })
  const [low, high] = [real(fences.low), real(fences.high)]
  const judged = fences.scale === 'ratio' ? sql`x > 0` : sql`x is not null`
  const beyond = sql`count(case when x > ${high} or (x < ${low} and ${judged}) then 1 end)`
  const { outside } = await asked({ outside: beyond })
  const summary = { ...range, ...first, ...spreadOf(first.count, second.powers) }
  return { summary, fences, outside: outside as number }
}

type Asking = (
  aggregates: Readonly<Record<string, Sql>>,
  lists?: Readonly<Record<string, Sql>>,
) => Promise<Readonly<Record<string, number>>>

/** Ask for aggregates of x, the values of the column. */
function asking(cells: Cells, cell: Cell): Asking {
  const { dialect, fetch, from } = cells.table
  const read = sql`select ${realOf(cells, cell, name(cell.header))} as x from ${from} as rows`
  const values = sql`(select x from (${read}) as cells where x is not null) as numbers`
  return async (aggregates, lists = {}) => {
    const keys = Object.keys(aggregates)
    const inner = [...Object.entries(aggregates), ...Object.entries(lists)]
    const computed = sql`select ${join(inner.map(([key, value]) => sql`${value} as ${name(key)}`))} from ${values}`
    const parts = Object.keys(lists).flatMap((key) =>
      PERCENTS.map((_, i) => [`${key}${i}`, key, i + 1] as const),
    )
    const selected = [
      ...keys.map((key) => sql`${dialect.real(name(key))} as ${name(key)}`),
      ...parts.map(([as, key, i]) => sql`${name(key)}[${i}] as ${name(as)}`),
    ]
    const shape = Object.fromEntries(
      [...keys, ...parts.map(([as]) => as)].map((key) => [key, 'number' as const]),
    )
    const found = await fetch(sql`select ${join(selected)} from (${computed}) as computed`, shape)
    return Object.fromEntries(Object.keys(shape).map((key) => [key, found[key]?.[0] as number]))
  }
}

/** A number of ours in a query, with its sign out of harm's way. */
const real = (value: number): Sql => sql`cast(${value} as double precision)`

const whole = (part: Sql): Sql => sql`sum(cast(round((${part}) * ${UNIT}) as bigint))`

async function middleOf(ask: Asking, { min, max }: { readonly min: number; readonly max: number }) {
  const width = max - min
  const bin = sql`floor((x - ${real(min)}) * ${BINS} / ${real(width || 1)})`
  const bins = Array.from({ length: BINS }, (_, i) => {
    const isIn = i === BINS - 1 ? sql`${bin} >= ${i}` : sql`${bin} = ${i}`
    return [`bin${i}`, sql`count(case when ${isIn} then 1 end)`] as const
  })
  const shares = join(PERCENTS.map((percent) => sql`${percent / 100}`))
  const found = await ask(
    {
      count: sql`count(*)`,
      total: whole(sql`(x - ${real(min)}) / ${real(width || 1)}`),
      zeros: sql`count(case when x = 0 then 1 end)`,
      negatives: sql`count(case when x < 0 then 1 end)`,
      ...Object.fromEntries(bins),
    },
    { quantile: sql`percentile_cont(array[${shares}]) within group (order by x)` },
  )
  const of = (key: string) => found[key] as number
  const [p5, q1, median, q3, p95] = PERCENTS.map((_, i) => of(`quantile${i}`)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return {
    ...{ count: of('count'), zeros: of('zeros'), negatives: of('negatives') },
    ...{ p5, q1, median, q3, p95 },
    mean: min + width * (of('total') / UNIT / of('count')),
    bins: bins.map(([key]) => of(key)),
  }
}

async function spreadAround(
  ask: Asking,
  { min, max }: { readonly min: number; readonly max: number },
  quantiles: Pick<Summary, 'mean' | 'p5' | 'q1' | 'median' | 'q3' | 'p95'>,
) {
  const { mean, median } = quantiles
  const reach = Math.max(max - mean, mean - min) || 1
  const part = sql`((x - ${real(mean)}) / ${real(reach)})`
  const distance =
    scaleOf(quantiles) === 'ratio'
      ? sql`abs(case when x > 0 then ln(x) end - ${real(Math.log(median))})`
      : sql`abs(x - ${real(median)})`
  const found = await ask({
    sum: whole(part),
    squares: whole(sql`${part} * ${part}`),
    cubes: whole(sql`${part} * ${part} * ${part}`),
    distance: sql`percentile_cont(0.5) within group (order by ${distance})`,
  })
  const power = (key: string, times: number) => ((found[key] as number) / UNIT) * reach ** times
  const powers = [power('sum', 1), power('squares', 2), power('cubes', 3)] as const
  return { powers, distance: found['distance'] as number }
}
