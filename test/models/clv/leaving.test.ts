import { describe, expect, test } from 'vitest'
import { type Gone, integrals, lnIntegral, newGone } from '../../../src/models/clv/leaving.ts'
import { mulberry32 } from '../../../src/models/random.ts'

/** Many customers of few repeat purchases, on days: some without time after the last one. */
function onDays(customers: number, days: number) {
  const random = mulberry32(customers)
  const whole = (below: number) => Math.floor(below * random())
  const x = Float64Array.from({ length: customers }, () => Math.floor(-3 * Math.log(1 - random())))
  const T = Float64Array.from(x, () => whole(days) / 7)
  const tx = x.map((repeats, row) => (repeats === 0 ? 0 : whole(7 * (T[row] as number) + 1) / 7))
  return { x, tx, T }
}

/** The greatest error of ln J and of its derivatives, as a part of what they are, against each integral alone. */
function greatestError(
  parameters: Parameters<typeof lnIntegral>[0],
  customers: number,
  days: number,
): number {
  const histories = onDays(customers, days)
  const alone = newGone()
  let [greatest, seen] = [0, 0]
  const compare = (found: number, wanted: number) => {
    const error = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted))
    if (!(error <= greatest)) greatest = error
  }
  const all = ({ value, gradient, hessian }: Gone) => [value, ...gradient, ...hessian]
  integrals(histories).each(parameters, true, (row, gone) => {
    seen++
    const [x, from, to] = [histories.x[row], histories.tx[row], histories.T[row]] as [number, number, number]
    if (to <= from) return
    lnIntegral(parameters, { x, from, to }, alone, true)
    const wanted = all(alone)
    all(gone).forEach((found, i) => {
      compare(found, wanted[i] as number)
    })
  })
  expect(seen).toBe(customers)
  return greatest
}

describe('integrals that customers share', () => {
  test.each([
    { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 },
    { r: 2, alpha: 80, s: 0.2, beta: 0.5 },
    { r: 0.05, alpha: 0.1, s: 4, beta: 300 },
    { r: 30, alpha: 20, s: 40, beta: 900 },
    { r: 1, alpha: 1e5, s: 1, beta: 1e5 },
  ])('are those of each alone: %o', (parameters) => {
    expect(greatestError(parameters, 20_000, 730)).toBeLessThan(3e-9)
    expect(greatestError(parameters, 20_000, 60)).toBeLessThan(3e-9)
    // So few that hardly any share a day.
    expect(greatestError(parameters, 300, 730)).toBe(0)
  })

  test('who is a customer is known alike of a few and of many', () => {
    const many = onDays(5000, 365)
    const parameters = { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 }
    const values = new Map<number, number>()
    integrals(many).each(parameters, false, (row, gone) => {
      values.set(row, gone.value)
    })
    for (let row = 0; row < 50; row++) {
      if ((many.T[row] as number) <= (many.tx[row] as number)) continue
      const one = {
        x: many.x.slice(row, row + 1),
        tx: many.tx.slice(row, row + 1),
        T: many.T.slice(row, row + 1),
      }
      integrals(one).each(parameters, false, (_, gone) => {
        expect(values.get(row)).toBeCloseTo(gone.value, 9)
      })
    }
  })
})
