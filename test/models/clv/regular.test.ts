/** Orders of regular buyers, event by event: to the end of the sum, and no further. */
import { expect, test } from 'vitest'
import { cnbdAlive, cnbdExpected } from '../../../src/models/clv/cnbd.ts'
import { lnGamma } from '../../../src/models/clv/special.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { rowsOf } from './rows.ts'

/** Purchases of one who has just bought, each weighted by the probability of so many events, added from the last. */
function addedUp(n: number, more: number, k: number, a: number, b: number): number {
  const most = Math.ceil(60 + (4 * n * more) / (1 - more) + 60 / (1 - more))
  let [tail, sum] = [0, 0]
  for (let i = most; i > 0; i--) {
    tail += Math.exp(
      lnGamma(n + i) - lnGamma(n) - lnGamma(i + 1) + n * Math.log1p(-more) + i * Math.log(more),
    )
    if (i % k > 0) continue
    // Whoever makes this purchase did not leave after the ones before it.
    const before = i / k - 1
    sum += tail * Math.exp(lnGamma(b + before) - lnGamma(b) + lnGamma(a + b) - lnGamma(a + b + before))
  }
  return sum
}

test('what is expected is the sum over events, however near to one their ratio is', () => {
  const random = mulberry32(3)
  for (let round = 0; round < 300; round++) {
    const [k, x, last] = [2 + Math.floor(3 * random()), Math.floor(20 * random() ** 2), 200 * random() ** 3]
    const [r, alpha, a, b] = [
      10 ** (random() - 0.5),
      0.2 + 9 * random(),
      0.1 + 4 * random(),
      0.2 + 9 * random(),
    ]
    const [parameters, t] = [{ r, alpha, a, b }, 10 ** (3 * random() - 0.5)]
    // On the day of a purchase no event can have come since.
    const history = rowsOf([x, x === 0 ? 0 : last, x === 0 ? 0 : last])
    const since = alpha + (history.T[0] as number)
    const [found, alive] = [cnbdExpected(parameters, k, history, t)[0], cnbdAlive(parameters, k, history)[0]]
    const wanted = (alive as number) * addedUp(r + k * x, t / (since + t), k, a, b + x + 1)
    expect((found as number) / wanted, JSON.stringify([parameters, k, x, since, t])).toBeCloseTo(1, 9)
  }
})
