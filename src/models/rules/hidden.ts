/** Which rules say nothing that a reader needs, and why. */
import { falseDiscoveryRates, searchedP } from '../discovery.ts'
import type { Itemsets } from '../itemsets/trie.ts'
import { measures, oddsInterval } from './measures.ts'
import type { Rules } from './rules.ts'

/** Why a rule is hidden: the first of these that holds. */
export const reasons = [
  /** The right side is no likelier than anywhere. */
  'lift',
  /** A shorter rule with the same right side has at least its confidence. */
  'shorter',
  /** The interval of its odds ratio begins below the end of that of a shorter rule. */
  'overlap',
  /** Its q value is above the level. */
  'chance',
  /** Its p value is above the level once all that the search could have come upon is allowed for. */
  'search',
  /** The same itemset the other way round has the higher confidence. */
  'mirror',
] as const

export type Reason = (typeof reasons)[number]

export interface Judged {
  /** The false discovery rate of each rule, of all tests that were made. */
  readonly q: Float64Array
  /** The number of the reason by which each rule is hidden, from 1; 0: it is shown. */
  readonly hidden: Uint8Array
}

export interface JudgingOptions {
  readonly total: number
  /** False discovery rate that is borne. */
  readonly level: number
  /** Rules of each size that the search could have come upon (see possibleRules). */
  readonly possible: readonly number[]
}

export function judgeRules(
  rules: Rules,
  itemsets: Itemsets,
  { total, level, possible }: JudgingOptions,
): Judged {
  const rates = falseDiscoveryRates(rules.tests)
  const searched = searchedP(rules.tests, rules.testSizes, possible)
  const q = Float64Array.from(rules.test, (test) => rates[test] as number)
  const hidden = new Uint8Array(rules.size)
  for (let rule = 0; rule < rules.size; rule++) {
    const counts = countsOf(rules, itemsets, rule, total)
    const { both, left } = counts
    const [best, of] = [rules.bestBaskets[rule] as number, rules.bestOf[rule] as number]
    const reason: Reason | undefined =
      measures.lift(counts) <= 1
        ? 'lift'
        : both * of <= best * left
          ? 'shorter'
          : oddsInterval(counts).low <= (rules.highest[rule] as number)
            ? 'overlap'
            : (q[rule] as number) > level
              ? 'chance'
              : (searched[rules.test[rule] as number] as number) > level
                ? 'search'
                : undefined
    if (reason) hidden[rule] = 1 + reasons.indexOf(reason)
  }
  hideMirrors(rules, itemsets, hidden)
  return { q, hidden }
}

export function countsOf({ left, right, both }: Rules, { count }: Itemsets, rule: number, total: number) {
  return {
    both: both[rule] as number,
    left: count[left[rule] as number] as number,
    right: count[right[rule] as number] as number,
    total,
  }
}

/** Of two rules that swap their sides the one with fewer baskets on the left has the higher confidence. */
function hideMirrors({ left, right, size }: Rules, { count }: Itemsets, hidden: Uint8Array): void {
  const shown = new Map<number, number>()
  const key = (one: number, other: number) => one * count.length + other
  for (let rule = 0; rule < size; rule++) {
    if (hidden[rule] === 0) shown.set(key(left[rule] as number, right[rule] as number), rule)
  }
  for (const rule of shown.values()) {
    const [one, other] = [left[rule] as number, right[rule] as number]
    const mirror = shown.get(key(other, one))
    if (mirror === undefined) continue
    const [own, its] = [count[one] as number, count[other] as number]
    if (own > its || (own === its && rule > mirror)) hidden[rule] = 1 + reasons.indexOf('mirror')
  }
}
