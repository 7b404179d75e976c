import { expect, test } from 'vitest'
import { tiersOf } from '../../../src/models/clv/tiers.ts'
import { mulberry32 } from '../../../src/models/random.ts'

/** The same by a sort of all. */
function bySort(value: Float64Array): number[] {
  const sorted = value.slice().sort().reverse()
  const total = sorted.reduce((sum, each) => sum + each, 0)
  const least = (limit: number) => {
    let [above, found] = [0, Number.POSITIVE_INFINITY]
    for (const each of sorted) {
      if (!(above < limit)) break
      found = each
      above += each
    }
    return found
  }
  const [half, most] = [least(0.5 * total), least(0.8 * total)]
  return Array.from(value, (each) => (each >= half ? 0 : each >= most ? 1 : 2))
}

const random = mulberry32(3)
const drawn = (length: number, of: (u: number) => number) => Float64Array.from({ length }, () => of(random()))

test.each([
  ['none', new Float64Array()],
  ['one', Float64Array.of(3)],
  ['nothing but zeros', new Float64Array(5)],
  ['all alike', new Float64Array(10).fill(2)],
  ['few', Float64Array.of(5, 1, 3, 1, 10, 0)],
  ['ties at the limits', Float64Array.of(4, 4, 4, 4, 2, 2, 2, 2, 1, 1)],
  ['losses among them', Float64Array.of(10, -3, 5, 4, -1, 2)],
  ['nothing but losses', Float64Array.of(-1, -2)],
  ['evenly spread', drawn(10_000, (u) => u)],
  ['one who is worth more than all others', drawn(10_000, (u) => (u < 1e-3 ? 1e9 : u))],
  ['far apart', drawn(50_000, (u) => Math.exp(30 * u))],
  ['without end', Float64Array.of(1, Number.POSITIVE_INFINITY, 2)],
  ['no numbers', Float64Array.of(1, Number.NaN, 2)],
])('tiers are those of a sort of all: %s', (_, value) => {
  expect([...tiersOf(value)]).toEqual(bySort(value))
})
