import { expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { surpriseOf } from '../../../src/models/linkage/answered.ts'
import {
  type Answer,
  type Cell,
  cutFor,
  matchesIn,
  precisionOf,
  recallOf,
  wilson,
} from '../../../src/models/linkage/judged.ts'

/** Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
])('the interval of Wilson as published: %i of %i', (hits, tries, low, high) => {
  const found = wilson(hits, tries)
  expect(found.low).toBeCloseTo(low, 4)
  expect(found.high).toBeCloseTo(high, 4)
})

test('next to none and to all the limit is that of a Poisson count', () => {
  // Newcombe has 0.0061 to 0.1718 for 1 of 29; the chance of a hit or more is 5 % where -ln(0.95) are expected.
  const { low, high } = wilson(1, 29)
  expect(low).toBeCloseTo(-Math.log(0.95) / 29, 12)
  expect(high).toBeCloseTo(0.1718, 4)
  // Of two hits or more, and of three: 1 - e^-x (1 + x) and 1 - e^-x (1 + x + x^2 / 2).
  const [two, three] = [wilson(2, 40).low * 40, wilson(3, 60).low * 60]
  expect(1 - Math.exp(-two) * (1 + two)).toBeCloseTo(0.05, 9)
  expect(1 - Math.exp(-three) * (1 + three + three ** 2 / 2)).toBeCloseTo(0.05, 9)
  expect(wilson(28, 29).high).toBeCloseTo(1 - low, 12)
})

test('what was looked at in full is known, and what was not at all is not', () => {
  expect(wilson(3, 12, 12)).toEqual({ estimate: 0.25, low: 0.25, high: 0.25 })
  expect(wilson(0, 0)).toEqual({ estimate: Number.NaN, low: 0, high: 1 })
  // Half of all pairs is worth more than as many of a population without end, and nearly all is nearly known.
  const widths = [1e9, 200, 110, 101].map((population) => {
    const { low, high } = wilson(30, 100, population)
    return high - low
  })
  expect([...widths].sort((a, b) => b - a)).toEqual(widths)
  expect(widths[3]).toBeLessThan(0.02)
})

/** By all ways to draw: the hypergeometric distribution, through logarithms of factorials. */
function coverage(population: number, matches: number, tries: number): number {
  const logs = [0]
  for (let i = 1; i <= population; i++) logs.push((logs[i - 1] as number) + Math.log(i))
  const choose = (n: number, k: number) => (logs[n] as number) - (logs[k] as number) - (logs[n - k] as number)
  let sum = 0
  for (let hits = Math.max(0, tries - population + matches); hits <= Math.min(matches, tries); hits++) {
    const { low, high } = wilson(hits, tries, population)
    const isCovered = low <= matches / population + 1e-12 && matches / population <= high + 1e-12
    if (!isCovered) continue
    const others = population - matches
    sum += Math.exp(choose(matches, hits) + choose(others, tries - hits) - choose(population, tries))
  }
  return sum
}

test.each([
  [30, 10],
  [60, 10],
  [60, 45],
  [400, 20],
])(
  'of %i pairs of which %i are drawn the interval has the share 95 times in a hundred',
  (population, tries) => {
    const all = Array.from({ length: population + 1 }, (_, matches) => coverage(population, matches, tries))
    expect(all.reduce((sum, each) => sum + each, 0) / all.length).toBeGreaterThan(0.945)
    expect(Math.min(...all)).toBeGreaterThan(0.89)
  },
)

const cell = (pairs: number, same: number, different: number): Cell => ({ pairs, same, different })

test('one stratum says what its own interval says', () => {
  const found = precisionOf([cell(1e9, 81, 263 - 81)])
  expect(found?.low).toBeCloseTo(0.2553, 4)
  expect(found?.high).toBeCloseTo(0.3662, 4)
})

test('where all links are known, the limits of recall are those of what is missed', () => {
  const found = recallOf([cell(500, 500, 0)], [cell(1e6, 1, 28)])
  const missed = (share: number) => 500 / (500 + 1e6 * share)
  expect(found?.estimate).toBeCloseTo(missed(1 / 29), 12)
  expect(found?.low).toBeCloseTo(missed(wilson(1, 29, 1e6).high), 12)
  expect(found?.high).toBeCloseTo(missed(wilson(1, 29, 1e6).low), 12)
})

test('strata weigh by their pairs, and errors of strata add up by squares', () => {
  const [one, other] = [cell(300, 8, 2), cell(100, 5, 5)]
  const found = matchesIn([one, other])
  expect(found.estimate).toBeCloseTo(300 * 0.8 + 100 * 0.5, 12)
  const below = [300 * (0.8 - wilson(8, 10, 300).low), 100 * (0.5 - wilson(5, 10, 100).low)] as const
  expect(found.low).toBeCloseTo(found.estimate - Math.sqrt(below[0] ** 2 + below[1] ** 2), 12)
})

test('a stratum without an answer leaves it open', () => {
  expect(precisionOf([cell(10, 3, 0), cell(5, 0, 0)])).toBeUndefined()
  expect(precisionOf([cell(10, 3, 0), cell(0, 0, 0)])?.estimate).toBe(1)
  expect(precisionOf([])).toBeUndefined()
  expect(recallOf([cell(10, 3, 0)], [cell(5, 0, 0)])).toBeUndefined()
  expect(recallOf([cell(10, 0, 3)], [cell(5, 0, 5)])).toBeUndefined()
})

test('intervals have the truth in 95 of a hundred draws', () => {
  // As strata of bits are: sure ones on both ends, few pairs in the middle.
  const strata = [
    { pairs: 2000, matches: 1999, drawn: 12, linked: true },
    { pairs: 90, matches: 84, drawn: 9, linked: true },
    { pairs: 60, matches: 40, drawn: 12, linked: true },
    { pairs: 70, matches: 17, drawn: 12, linked: false },
    { pairs: 600, matches: 12, drawn: 20, linked: false },
    { pairs: 2500, matches: 8, drawn: 30, linked: false },
  ]
  const sum = (of: (each: (typeof strata)[number]) => number) =>
    strata.reduce((total, each) => total + of(each), 0)
  const right = sum(({ linked, matches }) => (linked ? matches : 0))
  const precision = right / sum(({ linked, pairs }) => (linked ? pairs : 0))
  const recall = right / sum(({ matches }) => matches)
  const random = mulberry32(11)
  const draw = ({ pairs, matches, drawn }: (typeof strata)[number]): Cell => {
    let [left, hits] = [matches, 0]
    for (let i = 0; i < drawn; i++) {
      if (random() >= left / (pairs - i)) continue
      left--
      hits++
    }
    return cell(pairs, hits, drawn - hits)
  }
  const rounds = 4000
  const covered = { precision: 0, recall: 0 }
  for (let round = 0; round < rounds; round++) {
    const cells = strata.map(draw)
    const [linked, others] = [true, false].map((side) =>
      cells.filter((_, i) => strata[i]?.linked === side),
    ) as [Cell[], Cell[]]
    const found = { precision: precisionOf(linked), recall: recallOf(linked, others) }
    if (found.precision && found.precision.low <= precision && precision <= found.precision.high)
      covered.precision++
    if (found.recall && found.recall.low <= recall && recall <= found.recall.high) covered.recall++
  }
  expect(covered.precision / rounds).toBeGreaterThan(0.945)
  expect(covered.recall / rounds).toBeGreaterThan(0.945)
})

// Where to cut ----------------------------------------------------------------------------------------------

/** Isotonic shares by their formula: the largest over all starts of the least mean over all ends. */
function isotonic(answers: readonly Answer[]): number[] {
  const mean = (from: number, to: number) => {
    const some = answers.slice(from, to + 1)
    const weight = some.reduce((sum, each) => sum + each.weight, 0)
    return some.reduce((sum, each) => sum + (each.same ? each.weight : 0), 0) / weight
  }
  return answers.map((_, i) => {
    const starts = Array.from({ length: i + 1 }, (_, from) =>
      Math.min(...Array.from({ length: answers.length - i }, (_, k) => mean(from, i + k))),
    )
    return Math.max(...starts)
  })
}

test('the least bits at which the precision holds, against all cuts one by one', () => {
  const random = mulberry32(5)
  let found = 0
  for (let round = 0; round < 300; round++) {
    const answers = Array.from({ length: 1 + Math.floor(random() * 25) }, () => {
      const bits = random() * 20 - 10
      return { bits, same: random() < 1 / (1 + 2 ** (-bits - 1)), weight: 1 + Math.floor(random() * 9) }
    })
    const precision = [0.5, 0.8, 0.95, 0.99][round % 4] as number
    const ordered = [...answers].sort((a, b) => a.bits - b.bits)
    const shares = isotonic(ordered)
    const holds = (from: number) => {
      const weight = ordered.slice(from).reduce((sum, each) => sum + each.weight, 0)
      const right = ordered
        .slice(from)
        .reduce((sum, each, i) => sum + each.weight * (shares[from + i] as number), 0)
      return right >= precision * weight - 1e-9 * weight
    }
    const first = ordered.findIndex((_, i) => holds(i))
    const cut = cutFor(answers, precision)
    if (first < 0) {
      expect(cut).toBeUndefined()
      continue
    }
    found++
    // Exactly those from the first on have more bits than the cut.
    expect(ordered.filter(({ bits }) => bits > (cut as number))).toEqual(ordered.slice(first))
  }
  expect(found).toBeGreaterThan(150)
})

test('pairs of the same bits are on one side', () => {
  const at = (bits: number, same: boolean): Answer => ({ bits, same, weight: 1 })
  expect(cutFor([at(2, true), at(2, false), at(5, true), at(5, true)], 0.9)).toBe(2)
  expect(cutFor([at(2, false), at(2, true), at(5, true), at(5, true)], 0.75)).toBeLessThan(2)
  expect(cutFor([at(2, false)], 0.5)).toBeUndefined()
  expect(cutFor([], 0.5)).toBeUndefined()
})

test('answers surprise whoever is sure of the opposite, but not without end', () => {
  const told = { same: Uint8Array.of(1, 0), weights: Float64Array.of(2, 1) }
  // Even odds: the logarithm of 2 for each.
  expect(surpriseOf([0, 0], told)).toBeCloseTo(3 * Math.LN2, 12)
  expect(surpriseOf([9, -9], told)).toBeLessThan(surpriseOf([1, -1], told))
  expect(surpriseOf([-500, 500], told)).toBeCloseTo(-3 * Math.log(0.02), 6)
})
