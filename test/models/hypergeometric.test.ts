/** Tails of the hypergeometric distribution, against whole numbers. */
import { describe, expect, test } from 'vitest'
import {
  hypergeometric,
  hypergeometricQuantile,
  type Urn,
  upperTail,
} from '../../src/models/hypergeometric.ts'

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let result = 1n
  for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1)
  return result
}

/** Exactly, as a ratio of whole numbers to 18 digits. */
function exactTail(count: number, { total, marked, drawn }: Urn): number {
  let ways = 0n
  for (let x = count; x <= Math.min(marked, drawn); x++)
    ways += choose(marked, x) * choose(total - marked, drawn - x)
  const all = choose(total, drawn)
  const digits = 10n ** 60n
  return Number((ways * digits) / all) / 1e60
}

const relative = (found: number, wanted: number) => Math.abs(found - wanted) / wanted

describe('the upper tail', () => {
  const urns: readonly Urn[] = [
    { total: 30, marked: 12, drawn: 9 },
    { total: 400, marked: 37, drawn: 210 },
    { total: 1000, marked: 500, drawn: 500 },
    { total: 2000, marked: 3, drawn: 40 },
  ]

  test.each(urns)('equals the sum of whole numbers: %o', (urn) => {
    const most = Math.min(urn.marked, urn.drawn)
    for (let count = 0; count <= most; count += Math.max(1, Math.floor(most / 25))) {
      const wanted = exactTail(count, urn)
      if (wanted > 1e-40) expect(relative(upperTail(count, urn), wanted), `${count}`).toBeLessThan(1e-11)
    }
  })

  test('as R has it for two rules of the groceries', () => {
    expect(upperTail(102, { total: 9835, marked: 1072, drawn: 284 })).toBeCloseTo(6.760216e-30, 36)
    expect(upperTail(102, { total: 9835, marked: 1903, drawn: 174 })).toBeCloseTo(9.123466e-31, 37)
  })

  test('is 1 at the least count there can be, 0 beyond the greatest, and falls between', () => {
    const urn = { total: 50, marked: 40, drawn: 30 }
    expect([upperTail(20, urn), upperTail(31, urn)]).toEqual([1, 0])
    for (let count = 20; count < 31; count++)
      expect(upperTail(count + 1, urn)).toBeLessThanOrEqual(upperTail(count, urn))
  })

  test('keeps its digits among ten million baskets', () => {
    const urn = { total: 10_000_000, marked: 20_000, drawn: 30_000 }
    const ratio = hypergeometric(101, urn) / hypergeometric(100, urn)
    expect(ratio).toBeCloseTo(((20_000 - 100) * (30_000 - 100)) / (101 * (10_000_000 - 50_000 + 101)), 10)
    const whole = Array.from({ length: 400 }, (_, count) => hypergeometric(count, urn)).reduce(
      (a, b) => a + b,
    )
    expect(whole).toBeCloseTo(1, 10)
  })
})

test('the quantile is the first count that so much lies at or below', () => {
  const urn = { total: 9835, marked: 1072, drawn: 284 }
  const quantile = hypergeometricQuantile(0.99, urn)
  expect(quantile).toBe(43)
  expect(1 - upperTail(quantile + 1, urn)).toBeGreaterThanOrEqual(0.99)
  expect(1 - upperTail(quantile, urn)).toBeLessThan(0.99)
})
