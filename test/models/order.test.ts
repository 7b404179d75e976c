/** Orders by radix against sorting by comparison. */
import { describe, expect, test } from 'vitest'
import { ascendingOrder, descendingOrder, radixOrder } from '../../src/models/order.ts'
import { mulberry32 } from '../../src/models/random.ts'

const SPECIAL = [0, -0, 1, -1, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE]
const INFINITE = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

/** Numbers of all sizes, many of them equal. */
function numbers(seed: number, length: number): Float64Array {
  const random = mulberry32(seed)
  const one = () => {
    const kind = Math.floor(5 * random())
    if (kind === 0) return [...SPECIAL, ...INFINITE][Math.floor(10 * random())] as number
    if (kind === 1) return Math.floor(7 * random()) - 3
    return (random() - 0.5) * 10 ** Math.floor(40 * random() - 20)
  }
  return Float64Array.from({ length }, one)
}

describe('the order of numbers', () => {
  test.each([0, 1, 2, 3, 100, 5000])('of %i is that of a stable sort, both ways round', (length) => {
    for (let seed = 1; seed <= 5; seed++) {
      const values = numbers(seed, length)
      const compared = (a: number, b: number) =>
        (values[a] as number) < (values[b] as number)
          ? -1
          : Number((values[a] as number) > (values[b] as number))
      const rows = [...values.keys()]
      expect([...ascendingOrder(values)]).toEqual([...rows].sort(compared))
      expect([...descendingOrder(values)]).toEqual([...rows].sort((a, b) => compared(b, a)))
    }
  })

  test('keys of 32 bits, equal ones as they stood before', () => {
    const random = mulberry32(9)
    const keys = Uint32Array.from({ length: 3000 }, () => 4294967295 * random() ** 8)
    const before = radixOrder(Uint32Array.from(keys, () => 4294967295 * random()))
    const place = new Map([...before].map((row, at) => [row, at]))
    const wanted = [...keys.keys()].sort(
      (a, b) =>
        (keys[a] as number) - (keys[b] as number) || (place.get(a) as number) - (place.get(b) as number),
    )
    expect([...radixOrder(keys, before)]).toEqual(wanted)
    expect([...radixOrder(new Uint32Array(5).fill(7))]).toEqual([0, 1, 2, 3, 4])
  })
})
