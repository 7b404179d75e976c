/** Runs `cust cluster` over lines in memory. */
import spec from '../../src/commands/cluster/index.ts'
import { run } from '../../src/commands/cluster/run.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import { mulberry32 } from '../../src/models/random.ts'
import type { Line } from './lines.ts'
import * as any from './ran.ts'

type Gives = (typeof spec)['gives']
export type ClusterOptions = OptionValues<(typeof spec)['options']>
export type Ran = any.Ran<Gives>

export const clusterOver = (lines: Table, options: Partial<ClusterOptions>): Promise<Ran> =>
  any.ranOver(spec, run, lines, options)

export const cluster = (lines: readonly Line[], options: Partial<ClusterOptions> = {}): Promise<Ran> =>
  any.ran(spec, run, lines, options)

export const sheet = <K extends keyof Gives & string>(ran: Ran, name: K): Columns<Gives[K]> =>
  any.sheetOf(ran, name)

/** Customers of three kinds: often for little, seldom for much, and gone long ago. */
export function threeKinds(seed: number, each = 40): Line[] {
  const random = mulberry32(seed)
  const near = (value: number) => value * (0.8 + 0.4 * random())
  const kinds = [
    { begin: 40, gap: 12, orders: 22, amount: 15 },
    { begin: 60, gap: 70, orders: 4, amount: 300 },
    { begin: 0, gap: 20, orders: 2, amount: 20 },
  ]
  return kinds.flatMap(({ begin, gap, orders, amount }, kind) =>
    Array.from({ length: each }, (_, i) => i).flatMap((i) => {
      let day = near(begin + 10)
      return Array.from({ length: orders }, () => {
        day += near(gap)
        const date = new Date(Date.UTC(2024, 0, 1) + Math.floor(day) * 86_400_000)
        return {
          customer: `k${kind}-${i}`,
          day: date.toISOString().slice(0, 10),
          amount: near(amount).toFixed(2),
          problem: null,
        }
      })
    }),
  )
}

/** People of two kinds, told apart by their age, what they answered and how they buy; both vary a little. */
export function twoKinds(seed: number, each = 60): Line[] {
  const random = mulberry32(seed)
  return [0, 1].flatMap((kind) =>
    Array.from({ length: each }, (_, i) => ({
      customer: `p${kind}-${i}`,
      'extra age': String(Math.round(30 + 30 * kind + 24 * random())),
      'extra visits': String(Math.round(2 + 10 * kind + 8 * random())),
      'extra channel': random() < 0.9 ? (['web', 'shop'][kind] as string) : 'phone',
      problem: null,
    })),
  )
}
