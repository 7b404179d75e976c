/** Mining and judging, at the support that was asked for or at one that gives something to read. */

import { CustError } from '../../core/errors.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import { type Mined, mine } from '../../models/itemsets/mine.ts'
import { countsOf, type Judged, judgeRules } from '../../models/rules/hidden.ts'
import { measures } from '../../models/rules/measures.ts'
import { possibleRules, type Rules, rulesOf } from '../../models/rules/rules.ts'
import { advice, EXPLODED, splitsOf } from './advice.ts'
import type { Leveled } from './hierarchy.ts'
import type { Options } from './read.ts'
import { leastBaskets } from './thresholds.ts'

/** False discovery rate that is borne. */
const LEVEL = 0.05
/** Items of rows that may be looked at for each itemset of the budget. */
const WORK = 4000

export interface Found {
  readonly minCount: number
  readonly mined: Mined
  readonly rules: Rules
  readonly judged: Judged
  /** Rules that are shown: a subset of theirs, in their order. */
  readonly shown: readonly number[]
  /** How many are shown without --all. */
  readonly plain: number
  /** Rules that would be shown but for the least lift. */
  readonly weak: number
}

/** Which items the flags name, by number. */
export interface Wanted {
  readonly lhs: ReadonlySet<number>
  readonly rhs: ReadonlySet<number>
  readonly contains: ReadonlySet<number>
  readonly not: ReadonlySet<number>
}

export function wantedOf({ names }: Leveled, options: Options): Wanted {
  const codes = new Map(names.map((name, code) => [name, code]))
  const named = (flag: 'lhs' | 'rhs' | 'contains' | 'not') =>
    new Set(
      options[flag].flatMap((given) => {
        // An item may have a comma in its name.
        const whole = codes.get(given)
        if (whole !== undefined) return [whole]
        return listed(given).map((name) => codes.get(name) ?? unknown(flag, name, names))
      }),
    )
  return { lhs: named('lhs'), rhs: named('rhs'), contains: named('contains'), not: named('not') }
}

const listed = (given: string): string[] =>
  given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

function unknown(flag: string, given: string, names: readonly string[]): never {
  const like = names.filter((name) => name.toLowerCase().includes(given.toLowerCase())).slice(0, 5)
  const hint =
    like.length > 0 ? `there is ${like.map((name) => `"${name}"`).join(', ')}` : 'see --sheet items'
  throw new CustError('usage', `--${flag}: no item "${given}"`, hint)
}

// At one support -------------------------------------------------------------------------------------

/** Throws CustError('input') beyond the budget, with what would fit. */
export function searchAt(known: Leveled, wanted: Wanted, options: Options, minCount: number): Found {
  const mined = minedAt(known, wanted, options, minCount)
  if (mined === EXPLODED) throw advice({ known, options, minCount, without: wanted.not })
  return judged(known, wanted, options, { minCount, mined })
}

function minedAt(
  known: Leveled,
  wanted: Wanted,
  options: Options,
  minCount: number,
): Mined | typeof EXPLODED {
  const { budget } = options
  const focus = [wanted.rhs, wanted.lhs, rarest(wanted.contains, known)].find((items) => items.size > 0)
  const mined = mine(known.baskets, known.names.length, {
    minCount,
    maxLength: options.maxLen,
    without: wanted.not,
    focus,
    budget,
    work: WORK * budget,
  })
  return mined.stopped || splitsOf(mined, options) > budget ? EXPLODED : mined
}

/** Of items that must all be there the rarest narrows the search most. */
function rarest(items: ReadonlySet<number>, { counts }: Leveled): ReadonlySet<number> {
  const [first] = [...items].sort((a, b) => (counts[a] as number) - (counts[b] as number))
  return new Set(first === undefined ? [] : [first])
}

interface Mining {
  readonly minCount: number
  readonly mined: Mined
}

function judged(known: Leveled, wanted: Wanted, options: Options, { minCount, mined }: Mining): Found {
  const { total, isWithin } = known
  const { items } = mined
  const rules = rulesOf(mined, {
    total,
    minConfidence: options.minConfidence,
    manyRight: options.multiRhs,
    wanted: wish(wanted, items),
    trivial:
      isWithin &&
      ((ranks) =>
        holdsOwnGroup(
          ranks.map((rank) => items[rank] as number),
          isWithin,
        )),
  })
  const longest = mined.bySize.length - 1
  const possible = possibleRules(items.length, longest, options.multiRhs)
  const verdict = judgeRules(rules, mined, { total, level: LEVEL, possible })
  const isShown = (rule: number) => verdict.hidden[rule] === 0
  const isStrong = (rule: number) =>
    options.minLift === undefined || measures.lift(countsOf(rules, mined, rule, total)) >= options.minLift
  const sound = [...verdict.hidden.keys()].filter((rule) => options.all || isShown(rule))
  const shown = sound.filter(isStrong)
  const plain = shown.filter(isShown).length
  return { minCount, mined, rules, judged: verdict, shown, plain, weak: sound.length - shown.length }
}

function wish({ lhs, rhs, contains }: Wanted, items: Int32Array) {
  if (lhs.size + rhs.size + contains.size === 0) return undefined
  const holds = (ranks: readonly number[], set: ReadonlySet<number>) =>
    set.size === 0 || ranks.some((rank) => set.has(items[rank] as number))
  return (left: readonly number[], right: readonly number[]) => {
    const all = new Set([...left, ...right].map((rank) => items[rank] as number))
    return holds(left, lhs) && holds(right, rhs) && [...contains].every((item) => all.has(item))
  }
}

/**
 * The rules that are asked for, of any confidence; none beyond the budget. For the search of thresholds that would
 * give any.
 */
export function anyRules(
  known: Leveled,
  wanted: Wanted,
  options: Options,
  minCount: number,
): { readonly rules: Rules; readonly mined: Mined } | undefined {
  const mined = minedAt(known, wanted, options, minCount)
  if (mined === EXPLODED) return undefined
  const anything = {
    ...options,
    all: true,
    minLift: undefined,
    minConfidence: { numerator: 0, denominator: 1 },
  }
  return judged(known, wanted, anything, { minCount, mined })
}

/** The itemsets when so many more items are allowed; those that are there beyond the budget. */
export function longerItemsets(
  known: Leveled,
  wanted: Wanted,
  options: Options,
  { minCount, mined }: Mining,
  by: number,
): Mined {
  if (options.maxLen === undefined) return mined
  const longer = minedAt(known, wanted, { ...options, maxLen: options.maxLen + by }, minCount)
  return longer === EXPLODED ? mined : longer
}

function holdsOwnGroup(set: readonly number[], isWithin: (one: number, other: number) => boolean): boolean {
  return set.some((one, i) => set.slice(i + 1).some((other) => isWithin(one, other)))
}

// A support that gives something to read -----------------------------------------------------------------

const SHARES = [10, 5, 2, 1]
  .flatMap((part) => [part])
  .concat([0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001])
const READABLE = 30

/** The largest support at which enough is shown, else the smallest that can be told from chance and fits. */
export function searchAuto(
  known: Leveled,
  wanted: Wanted,
  options: Options,
): Found & { readonly share: string } {
  const { total } = known
  const floor = total >= 1000 ? 10 : total >= 100 ? 5 : 2
  let last: (Found & { readonly share: string }) | undefined
  for (const share of SHARES) {
    const part = { numerator: share * 1000, denominator: 100_000 }
    const minCount = Math.max(leastBaskets(part, total), 2)
    if ((minCount < floor && last) || minCount === last?.minCount) break
    const mined = minedAt(known, wanted, options, minCount)
    if (mined === EXPLODED) {
      if (last) break
      throw advice({ known, options, minCount, without: wanted.not })
    }
    last = {
      ...judged(known, wanted, options, { minCount, mined }),
      share: minCount > 2 ? `${share} %` : 'the least there is',
    }
    if (last.plain >= READABLE) break
  }
  return last as Found & { readonly share: string }
}

/** `support 0.1 % = at least 10 of 9,835 baskets`. */
export function supportTold({ minCount }: Found, total: number): string {
  const share = percent(minCount / total)
  const shown = share === '0.0 %' ? `${Number(((100 * minCount) / total).toPrecision(2))} %` : share
  return `at least ${wholeText(minCount)} of ${wholeText(total)} baskets (${shown})`
}
