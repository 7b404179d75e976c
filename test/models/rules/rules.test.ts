/** Rules: the counts and the measures that arules prints, and what trying all of them finds. */
import { describe, expect, test } from 'vitest'
import { type Baskets, gather } from '../../../src/models/itemsets/baskets.ts'
import { type Mined, mine } from '../../../src/models/itemsets/mine.ts'
import { pathOf } from '../../../src/models/itemsets/trie.ts'
import { countsOf, judgeRules, reasons } from '../../../src/models/rules/hidden.ts'
import { measures, oddsInterval } from '../../../src/models/rules/measures.ts'
import { possibleRules, type Rules, rulesOf } from '../../../src/models/rules/rules.ts'
import { needsShared, noSharedData } from '../../support/shared.ts'
import { smallBaskets, supports } from '../itemsets/brute.ts'
import { type Groceries, groceries, groupsOfItems } from '../itemsets/groceries.ts'

const TOTAL = 9835
const percent = (share: number) => ({ numerator: share, denominator: 100 })

function ruled({ baskets, names }: Groceries, minCount: number, share: number, manyRight = false) {
  const mined = mine(baskets, names.length, { minCount })
  return { mined, rules: rulesOf(mined, { total: TOTAL, minConfidence: percent(share), manyRight }) }
}

function judged({ mined, rules }: { mined: Mined; rules: Rules }) {
  const possible = possibleRules(mined.items.length, mined.bySize.length - 1, false)
  return judgeRules(rules, mined, { total: TOTAL, level: 0.05, possible })
}

describe.skipIf(noSharedData)(`groceries ${needsShared}`, () => {
  const all = noSharedData
    ? { baskets: { start: new Uint32Array(1), item: new Int32Array(0) }, names: [] }
    : groceries()

  test.each([
    [10, 80, 410, 413],
    [10, 50, 5668, 5829],
    [10, 20, 21_633, 25_022],
    [50, 30, 482, undefined],
    [99, 50, 15, undefined],
    [99, 20, 231, undefined],
  ])(
    'in %i baskets, confidence %i %%: %i rules, %s with many items on the right',
    (minCount, share, one, many) => {
      expect(ruled(all, minCount, share).rules.size).toBe(one)
      if (many !== undefined) expect(ruled(all, minCount, share, true).rules.size).toBe(many)
    },
  )

  test('rules of every size, at 80, 50 and 20 %', () => {
    const sizes = (share: number) => {
      const { mined, rules } = ruled(all, 10, share)
      const counts: number[] = []
      for (const left of rules.left) {
        const size = pathOf(mined, left).length + 1
        counts[size] = (counts[size] ?? 0) + 1
      }
      return counts.filter((count) => count !== undefined)
    }
    expect(sizes(80)).toEqual([29, 229, 140, 12])
    expect(sizes(50)).toEqual([11, 1461, 3211, 939, 46])
    expect(sizes(20)).toEqual([620, 9337, 9824, 1792, 60])
  })

  test('only rules that are asked for, with every shorter one known', () => {
    const { baskets, names } = all
    const milk = names.indexOf('whole milk')
    const mined = mine(baskets, names.length, { minCount: 10, focus: new Set([milk]) })
    const rank = mined.items.indexOf(milk)
    const wanted = (_: readonly number[], right: readonly number[]) => right[0] === rank
    const some = rulesOf(mined, { total: TOTAL, minConfidence: percent(50), wanted })
    expect(some.size).toBe(2679)
    const whole = ruled(all, 10, 50)
    const key = (rules: Rules, from: Mined, rule: number) =>
      `${pathOf(from, rules.left[rule] as number)
        .map((each) => names[from.items[each] as number])
        .sort()}: ${rules.both[rule]} ${rules.bestBaskets[rule]}/${rules.bestOf[rule]} ${rules.highest[rule]}`
    const rightOf = ({ rules, mined: from }: typeof whole, rule: number) =>
      from.items[pathOf(from, rules.right[rule] as number)[0] as number]
    const keys = Array.from({ length: some.size }, (_, rule) => key(some, mined, rule)).sort()
    const filtered = Array.from({ length: whole.rules.size }, (_, rule) => rule)
      .filter((rule) => rightOf(whole, rule) === milk)
      .map((rule) => key(whole.rules, whole.mined, rule))
    expect(keys).toEqual(filtered.sort())
  })

  test('the number of tests, and how many of the rules of 20 % are believed', () => {
    const found = ruled(all, 10, 20)
    expect(found.rules.tests.length).toBe(40_943)
    const { q, hidden } = judged(found)
    expect(q.filter((rate) => rate <= 0.05)).toHaveLength(20_017)
    const count = (...names: (typeof reasons)[number][]) =>
      hidden.filter((reason) => reason > 0 && names.includes(reasons[reason - 1] as (typeof reasons)[number]))
        .length
    expect(count('lift')).toBe(35)
    // Those that improve on every shorter one, the one without a left side included.
    expect(found.rules.size - count('lift', 'shorter')).toBe(18_629)
  })

  test('items and groups together: 8,432 rules, 1,689 without those of an item and its own group', () => {
    const groups = groupsOfItems()
    const marked = [...new Set(groups.values())].map((group) => `${group}*`)
    const names = [...all.names, ...marked]
    const groupOf = all.names.map((item) => names.indexOf(`${groups.get(item)}*`))
    const { start, item } = all.baskets
    const [basket, both]: [number[], number[]] = [[], []]
    for (let each = 0; each + 1 < start.length; each++) {
      for (const held of item.subarray(start[each], start[each + 1])) {
        basket.push(each, each)
        both.push(held, groupOf[held] as number)
      }
    }
    const lines = { basket: Int32Array.from(basket), item: Int32Array.from(both) }
    const mixed = { baskets: gather(lines, TOTAL, names.length).baskets, names }
    const { mined, rules } = ruled(mixed, 99, 50)
    expect([mined.size, rules.size]).toEqual([5285, 8432])
    const isOwn = (ranks: readonly number[]) => {
      const set = ranks.map((rank) => mined.items[rank] as number)
      return set.some((one) => set.includes(groupOf[one] ?? -1))
    }
    const kept = rulesOf(mined, { total: TOTAL, minConfidence: percent(50), trivial: isOwn })
    expect([kept.size, kept.trivial]).toEqual([1689, 6743])
    const onlyGroups = {
      baskets: gather({ ...lines, item: lines.item }, TOTAL, names.length).baskets,
      names,
    }
    const without = new Set(all.names.keys())
    const groupsMined = mine(onlyGroups.baskets, names.length, { minCount: 99, without })
    const rulesOfGroups = rulesOf(groupsMined, { total: TOTAL, minConfidence: percent(50) })
    expect([groupsMined.size, rulesOfGroups.size]).toEqual([625, 533])
  })
})

describe('measures of two rules, as arules prints them', () => {
  const first = { both: 102, left: 284, right: 1072, total: TOTAL }
  const second = { both: 102, left: 174, right: 1903, total: TOTAL }

  test.each([
    ['support', '0.01037112', '0.01037112'],
    ['confidence', '0.3591549', '0.5862069'],
    ['coverage', '0.02887646', '0.01769192'],
    ['lift', '3.295045', '3.029608'],
    ['leverage', '0.007223633', '0.006947868'],
    ['conviction', '1.390354', '1.949059'],
    ['cosine', '0.1848603', '0.1772581'],
    ['jaccard', '0.08133971', '0.05164557'],
    ['kulczynski', '0.2271521', '0.3199032'],
    ['imbalance', '0.6283892', '0.8754430'],
    ['phi', '0.1384194', '0.1334148'],
    ['oddsRatio', '4.957868', '6.182676'],
    ['chiSquared', '188.4380', '175.0581'],
    ['zhang', '0.7172250', '0.6819901'],
    ['certainty', '0.2807587', '0.4869320'],
    ['hyperlift', '2.372093', '2.217391'],
    ['fisherP', '6.760216e-30', '9.123466e-31'],
  ] as const)('%s', (name, one, other) => {
    const digits = (text: string) => text.replace(/e.*|\./g, '').replace(/^0+/, '').length
    expect(Number(measures[name](first).toPrecision(digits(one)))).toBe(Number(one))
    expect(Number(measures[name](second).toPrecision(digits(other)))).toBe(Number(other))
  })

  test.skipIf(noSharedData)(`improvement ${needsShared}`, () => {
    const all = groceries()
    const { mined, rules } = ruled(all, 99, 20)
    const improvement = (left: readonly string[], right: string) => {
      const named = (node: number) =>
        pathOf(mined, node).map((rank) => all.names[mined.items[rank] as number])
      const rule = rules.left.findIndex(
        (node, i) =>
          named(node).sort().join() === left.join() && named(rules.right[i] as number)[0] === right,
      )
      const { both, left: count } = countsOf(rules, mined, rule, TOTAL)
      return both / count - (rules.bestBaskets[rule] as number) / (rules.bestOf[rule] as number)
    }
    expect(improvement(['citrus fruit', 'other vegetables'], 'root vegetables')).toBeCloseTo(0.1142784, 7)
    expect(improvement(['citrus fruit', 'root vegetables'], 'other vegetables')).toBeCloseTo(0.1515054, 7)
  })

  test('infinite where every basket with the left side has the right one: no number', () => {
    const certain = { both: 20, left: 20, right: 50, total: 100 }
    expect([measures.conviction(certain), measures.oddsRatio(certain)]).toEqual([Number.NaN, Number.NaN])
    const { low, high } = oddsInterval(certain)
    expect(low).toBeGreaterThan(1)
    expect(Number.isFinite(high)).toBe(true)
  })
})

describe('rules of small baskets are those that trying all of them finds', () => {
  const bitsOf = (mined: Mined, node: number) =>
    pathOf(mined, node).reduce((set, rank) => set | (1 << (mined.items[rank] as number)), 0)

  test.each([false, true])(
    'with their tests and the best of the shorter ones; many on the right: %s',
    (manyRight) => {
      for (let seed = 1; seed <= 150; seed++) {
        const small = smallBaskets(seed)
        const truth = supports(small)
        const total = truth[0] as number
        const minCount = 1 + (seed % 4)
        const share = percent(10 * (1 + (seed % 8)))
        const mined = mine(small.baskets, small.items, { minCount })
        const rules = rulesOf(mined, { total, minConfidence: share, manyRight })
        const found = Array.from({ length: rules.size }, (_, rule) => {
          const [left, right] = [
            bitsOf(mined, rules.left[rule] as number),
            bitsOf(mined, rules.right[rule] as number),
          ]
          return { left, right, rule }
        })
        const wanted = allRules(truth, { minCount, manyRight })
        expect(rules.tests.length, `seed ${seed}`).toBe(wanted.length)
        const confident = wanted.filter(
          ({ left, both }) => (truth[both] as number) * 100 >= share.numerator * (truth[left] as number),
        )
        const key = (rule: { left: number; right: number }) => `${rule.left} ${rule.right}`
        expect(found.map(key).sort(), `seed ${seed}`).toEqual(confident.map(key).sort())
        // There are many: one by one is no work for `expect`.
        const wrong = found.filter(({ left, right, rule }) => {
          const best = bestShorter(truth, left, right)
          const known = (rules.bestBaskets[rule] as number) / (rules.bestOf[rule] as number)
          const isBest = Math.abs(known - best.confidence) < 5e-13
          return !isBest || !(Math.abs((rules.highest[rule] as number) - best.highest) < 5e-10)
        })
        expect(wrong, `seed ${seed}`).toEqual([])
      }
    },
  )

  function allRules(
    truth: readonly number[],
    { minCount, manyRight }: { minCount: number; manyRight: boolean },
  ) {
    const rules: { left: number; right: number; both: number }[] = []
    for (const both of truth.keys()) {
      if ((truth[both] as number) < minCount) continue
      for (let right = both; right > 0; right = (right - 1) & both) {
        if (right !== both && (manyRight || (right & (right - 1)) === 0))
          rules.push({ left: both ^ right, right, both })
      }
    }
    return rules
  }

  function bestShorter(truth: readonly number[], left: number, right: number) {
    const total = truth[0] as number
    let [confidence, highest] = [(truth[right] as number) / total, 1]
    for (let less = (left - 1) & left; less > 0; less = (less - 1) & left) {
      const [both, count] = [truth[less | right] as number, truth[less] as number]
      confidence = Math.max(confidence, both / count)
      highest = Math.max(
        highest,
        oddsInterval({ both, left: count, right: truth[right] as number, total }).high,
      )
    }
    return { confidence, highest }
  }
})

describe('of two rules that swap their sides', () => {
  test('the one with the higher confidence stays', () => {
    const baskets: Baskets = pairs({ both: 40, first: 10, second: 60, neither: 200 })
    const mined = mine(baskets, 2, { minCount: 2 })
    const rules = rulesOf(mined, { total: 310, minConfidence: percent(1) })
    const { hidden } = judgeRules(rules, mined, {
      total: 310,
      level: 0.05,
      possible: possibleRules(2, 2, false),
    })
    const shown = [...hidden.keys()].filter((rule) => hidden[rule] === 0)
    expect(shown.map((rule) => countsOf(rules, mined, rule, 310).left)).toEqual([50])
    expect([...hidden].filter((reason) => reasons[reason - 1] === 'mirror')).toHaveLength(1)
  })

  function pairs({
    both,
    first,
    second,
    neither,
  }: Record<'both' | 'first' | 'second' | 'neither', number>): Baskets {
    const held = [
      ...Array.from({ length: both }, () => [0, 1]),
      ...Array.from({ length: first }, () => [0]),
      ...Array.from({ length: second }, () => [1]),
      ...Array.from({ length: neither }, () => [] as number[]),
    ]
    const start = new Uint32Array(held.length + 1)
    held.forEach((items, basket) => {
      start[basket + 1] = (start[basket] as number) + items.length
    })
    return { start, item: Int32Array.from(held.flat()) }
  }
})
