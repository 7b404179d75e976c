/** What follows what: worked examples, and what trying everything finds on small data. */
import { describe, expect, test } from 'vitest'
import { parseDay } from '../../../src/core/days.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { type Histories, historiesOf } from '../../../src/models/sequences/histories.ts'
import { nextItems } from '../../../src/models/sequences/next.ts'
import { type PatternOptions, sequentialPatterns } from '../../../src/models/sequences/patterns.ts'
import { medianSurvival, rebuying } from '../../../src/models/sequences/rebuy.ts'

type Bought = readonly [customer: number, day: number, item: number]

function histories(bought: readonly Bought[], customers: number, items: number): Histories {
  const lines = {
    customer: Int32Array.from(bought, ([customer]) => customer),
    day: Int32Array.from(bought, ([, day]) => day),
    item: Int32Array.from(bought, ([, , item]) => item),
  }
  return historiesOf(lines, customers, items)
}

describe('next products within 30 days, six customers up to 2024-03-31', () => {
  const [A, B] = [0, 1]
  const bought = (
    [
      [0, '2024-01-05', A],
      [0, '2024-01-20', B],
      [1, '2024-01-10', A],
      [1, '2024-03-01', B],
      [2, '2024-01-15', A],
      [3, '2024-03-20', A],
      [4, '2024-03-10', A],
      [4, '2024-03-15', B],
      [5, '2024-02-10', A],
      [5, '2024-02-01', B],
    ] as const
  ).map(([customer, day, item]): Bought => [customer, parseDay(day) as number, item])
  const six = histories(bought, 6, 2)
  const options = { within: 30, end: parseDay('2024-03-31') as number, least: 1 }

  test('one of four whose window is closed, after 15 days', () => {
    const next = nextItems(six, options)
    const pair = [...next.from.keys()].find((i) => next.from[i] === A && next.to[i] === B) as number
    expect([next.bought[pair], next.anchors[A], next.medianDays[pair]]).toEqual([1, 4, 15])
  })

  test('the base rate begins at the first purchase of anything', () => {
    const next = nextItems(six, options)
    // c6 began with B on 02-01 and bought A nine days later.
    expect([next.everyone, next.base[B], next.base[A]]).toEqual([4, 1, 1])
  })

  test('what is bought on the same day is not next', () => {
    const same = histories([...bought, [2, parseDay('2024-01-15') as number, B]], 6, 2)
    const next = nextItems(same, options)
    const pair = [...next.from.keys()].find((i) => next.from[i] === A && next.to[i] === B) as number
    expect(next.bought[pair]).toBe(1)
  })
})

test('next products of small data are those of a plain count', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const { bought, all, customers, items } = smallHistories(seed)
    const [within, end] = [5 + (seed % 20), 60]
    const next = nextItems(all, { within, end, least: 1 })
    const days = (customer: number, item: number | undefined) =>
      bought
        .filter(([c, , i]) => c === customer && (item === undefined || i === item))
        .map(([, day]) => day)
        .sort((a, b) => a - b)
    const everyCustomer = Array.from({ length: customers }, (_, customer) => customer)
    for (let a = 0; a < items; a++) {
      const anchored = everyCustomer.filter(
        (c) => (days(c, a)[0] ?? Number.POSITIVE_INFINITY) + within <= end,
      )
      expect(next.anchors[a], `seed ${seed}`).toBe(anchored.length)
      for (let b = 0; b < items; b++) {
        if (a === b) continue
        const waits = anchored.flatMap((c) => {
          const first = days(c, a)[0] as number
          const later = days(c, b).find((day) => day > first && day - first <= within)
          return later === undefined ? [] : [later - first]
        })
        const pair = [...next.from.keys()].find((i) => next.from[i] === a && next.to[i] === b)
        expect(pair === undefined ? 0 : next.bought[pair], `seed ${seed}`).toBe(waits.length)
        if (pair !== undefined) expect(next.medianDays[pair]).toBe(medianOf(waits))
      }
    }
    const begun = everyCustomer.filter(
      (c) => (days(c, undefined)[0] ?? Number.POSITIVE_INFINITY) + within <= end,
    )
    expect(next.everyone).toBe(begun.length)
  }
})

describe('rebuying', () => {
  test('closed windows, gaps and their shares', () => {
    const all = histories(
      [
        [0, 0, 0],
        [0, 10, 0],
        [0, 40, 0],
        [1, 5, 0],
        [2, 95, 0],
        [2, 99, 0],
      ],
      3,
      1,
    )
    const again = rebuying(all, { within: 20, end: 100 })
    expect([again.customers[0], again.anchors[0], again.rebought[0]]).toEqual([3, 2, 1])
    expect([...again.gap]).toEqual([4, 10, 30])
  })

  test('the median of Kaplan and Meier counts those who have not come back', () => {
    // Times 6, 7, 10 with open ones at 9, 11: 4/5, 3/5, then one of two at risk goes: 3/10.
    expect(medianSurvival([6, 7, 10], [9, 11])).toBe(10)
    expect(medianSurvival([5], [50, 60, 70])).toBeNaN()
    expect(medianSurvival([3, 8, 9], [])).toBe(8)
    // Exactly half have come back by the twelfth of twenty-four days.
    expect(
      medianSurvival(
        Array.from({ length: 24 }, (_, i) => i + 1),
        [],
      ),
    ).toBe(12)
  })
})

describe('sequential patterns of five customers', () => {
  // 1: A, AB, C. 2: A, C, B. 3: AB, C. 4: B, A, C. 5: A, B.
  const visits = [
    ['A', 'AB', 'C'],
    ['A', 'C', 'B'],
    ['AB', 'C'],
    ['B', 'A', 'C'],
    ['A', 'B'],
  ]
  const bought = visits.flatMap((own, customer) =>
    own.flatMap((items, day) => [...items].map((item): Bought => [customer, day, 'ABC'.indexOf(item)])),
  )
  const five = histories(bought, 5, 3)
  const told = (least: number, closed: boolean) =>
    sequentialPatterns(five, { least, maxLength: 4 })
      .patterns.filter((pattern) => !closed || pattern.closed)
      .map(
        ({ steps, customers }) =>
          `${steps.map((step) => step.map((item) => 'ABC'[item]).join('')).join('>')} ${customers}`,
      )
      .sort()

  test('of at least four: A 5, B 5, C 4, A>C 4, of which C is not closed', () => {
    expect(told(4, false)).toEqual(['A 5', 'A>C 4', 'B 5', 'C 4'])
    expect(told(4, true)).toEqual(['A 5', 'A>C 4', 'B 5'])
  })

  test('of at least three also A>B and B>C', () => {
    expect(told(3, false)).toEqual(['A 5', 'A>B 3', 'A>C 4', 'B 5', 'B>C 3', 'C 4'])
    expect(told(3, true)).toHaveLength(5)
  })

  test('of at least two also AB, which is not closed, and AB>C', () => {
    expect(told(2, false)).toHaveLength(8)
    expect(told(2, false)).toEqual(expect.arrayContaining(['AB 2', 'AB>C 2']))
    expect(told(2, true)).toHaveLength(6)
    expect(told(2, true)).not.toContain('AB 2')
  })
})

test('patterns of small data are those that trying all of them finds, with and without a gap', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { all, items } = smallHistories(seed)
    const options: PatternOptions = {
      least: 2 + (seed % 3),
      maxLength: 1 + (seed % 4),
      maxGap: seed % 2 === 0 ? 1 + (seed % 9) : undefined,
    }
    const found = sequentialPatterns(all, options).patterns
    const wanted = allPatterns(all, items, options)
    const key = (steps: readonly (readonly number[])[]) => steps.map((step) => step.join(' ')).join('>')
    expect(new Map(found.map(({ steps, customers }) => [key(steps), customers])), `seed ${seed}`).toEqual(
      wanted,
    )
    for (const { steps, customers, closed } of found) {
      const larger = found.some(
        (other) => other.steps !== steps && other.customers === customers && holds(other.steps, steps),
      )
      expect(closed, `seed ${seed}: ${key(steps)}`).toBe(!larger)
    }
  }
})

test('mining patterns stops at the budget', () => {
  const { all } = smallHistories(3)
  const { patterns, exceeded } = sequentialPatterns(all, { least: 1, maxLength: 4, budget: 10 })
  expect([patterns.length, exceeded]).toEqual([0, true])
})

// Small data, and trying all ----------------------------------------------------------------------------

function smallHistories(seed: number) {
  const random = mulberry32(seed)
  const [customers, items] = [3 + Math.floor(8 * random()), 2 + Math.floor(3 * random())]
  const bought: Bought[] = Array.from({ length: customers }, (_, customer) => customer).flatMap((customer) =>
    Array.from(
      { length: Math.floor(7 * random()) },
      (): Bought => [customer, Math.floor(50 * random()), Math.floor(items * random())],
    ),
  )
  return { bought, customers, items, all: histories(bought, customers, items) }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] as number) +
      (sorted[Math.ceil((sorted.length - 1) / 2)] as number)) /
    2
  )
}

function allPatterns(
  { visit, day, start, item }: Histories,
  items: number,
  { least, maxLength, maxGap = 1e9 }: PatternOptions,
) {
  const own = Array.from({ length: visit.length - 1 }, (_, customer) =>
    Array.from({ length: (visit[customer + 1] as number) - (visit[customer] as number) }, (_, i) => {
      const at = (visit[customer] as number) + i
      return { day: day[at] as number, items: new Set(item.subarray(start[at], start[at + 1])) }
    }),
  )
  const isIn = (steps: readonly (readonly number[])[], visits: (typeof own)[number]): boolean => {
    const from = (step: number, last: number): boolean => {
      if (step === steps.length) return true
      return visits.some(
        (each, i) =>
          i > last &&
          (step === 0 || each.day - (visits[last]?.day as number) <= maxGap) &&
          steps[step]?.every((wanted) => each.items.has(wanted)) === true &&
          from(step + 1, i),
      )
    }
    return from(0, -1)
  }
  const found = new Map<string, number>()
  const sets = Array.from({ length: 2 ** items - 1 }, (_, i) => i + 1).map((mask) =>
    Array.from({ length: items }, (_, each) => each).filter((each) => (mask >> each) & 1),
  )
  const extend = (steps: readonly (readonly number[])[], left: number) => {
    for (const set of sets) {
      if (set.length > left) continue
      const longer = [...steps, set]
      const customers = own.filter((visits) => isIn(longer, visits)).length
      if (customers >= least) found.set(longer.map((step) => step.join(' ')).join('>'), customers)
      // A gap may forbid a beginning and not what it begins, but never the other way round.
      if (customers > 0) extend(longer, left - set.length)
    }
  }
  extend([], maxLength)
  return found
}

/** Does one pattern hold another, each step within a later one? */
function holds(longer: readonly (readonly number[])[], shorter: readonly (readonly number[])[]): boolean {
  let at = 0
  for (const step of longer)
    if (at < shorter.length && shorter[at]?.every((each) => step.includes(each))) at++
  return at === shorter.length
}
