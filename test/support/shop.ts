/** Order lines of a shop that is made up. */
import { parseDay } from '../../src/core/days.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { gammaOf } from '../models/clv/draws.ts'
import { repeats } from '../models/clv/simulated.ts'
import type { Line } from './lines.ts'

export const line = (customer: string, day: string, amount: string, more: Line = {}): Line => ({
  customer,
  day,
  amount,
  problem: null,
  ...more,
})

export const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** A shop whose customers buy and leave as the Pareto/NBD has it, over two years. */
export function shop(customers = 600, seed = 4): Line[] {
  const random = mulberry32(seed)
  const first = parseDay('2023-01-01') as number
  return Array.from({ length: customers }, (_, c) => c).flatMap((c) => {
    const begin = Math.floor(360 * random())
    const usual = 15 / gammaOf(random, 4, 1)
    const times = [0, ...repeats('pareto', random, (720 - begin) / 7)]
    return times.map((week) =>
      line(
        `c${String(c).padStart(4, '0')}`,
        iso(first + begin + Math.floor(7 * week)),
        (usual * gammaOf(random, 6, 1)).toFixed(2),
      ),
    )
  })
}
