/** The sheets of the answer. */
import { percent } from '../../core/numerals.ts'
import { type Columns, inCents } from '../../core/report.ts'
import { listText } from '../../core/texts.ts'
import { basketsIn } from '../../models/itemsets/baskets.ts'
import { kindsOf } from '../../models/itemsets/kinds.ts'
import type { Mined } from '../../models/itemsets/mine.ts'
import { pathOf, sizesOf } from '../../models/itemsets/trie.ts'
import { countsOf, type Reason, reasons } from '../../models/rules/hidden.ts'
import { measures, oddsInterval, type RuleCounts } from '../../models/rules/measures.ts'
import type { Leveled } from './hierarchy.ts'
import type spec from './index.ts'
import type { Options } from './read.ts'
import type { Found } from './search.ts'
import { perThousand, type Worth } from './worth.ts'

type Gives = (typeof spec)['gives']

/** The items of a node, by their letters; one that holds the separator stands in quotes. */
function itemsText(mined: Mined, node: number, names: readonly string[]): string {
  return listText(
    pathOf(mined, node)
      .map((rank) => names[mined.items[rank] as number] as string)
      .sort(),
  )
}

// Rules ------------------------------------------------------------------------------------------------

export interface Told {
  readonly known: Leveled
  readonly found: Found
  readonly worth: Worth
  /** The itemsets when so many more items are allowed. */
  readonly longerBy: (items: number) => Mined
}

interface Row extends RuleCounts {
  readonly rule: number
  readonly lhs: string
  readonly rhs: string
  readonly leverage: number
}

const hiddenWords: Readonly<Record<Reason, string>> = {
  lift: 'no likelier than anywhere',
  shorter: 'a shorter rule says as much',
  overlap: 'odds overlap those of a shorter rule',
  chance: 'may be chance',
  search: 'may be chance in such a search',
  mirror: 'mirror image',
}

export function rulesSheet(told: Told, options: Options): Columns<Gives['rules']> {
  const { found, worth } = told
  const { rules, judged } = found
  const rows = sortedRows(told, options)
  const numbers = (of: (row: Row) => number) => Float64Array.from(rows, of)
  const worthy = (values: Float64Array) =>
    numbers((row) => perThousand(row.leverage, values, rightItems(found, row)))
  const { money } = worth
  const intervals = rows.map(oddsInterval)
  return {
    lhs: rows.map(({ lhs }) => lhs),
    rhs: rows.map(({ rhs }) => rhs),
    lhs_items: numbers(({ rule }) => pathOf(found.mined, rules.left[rule] as number).length),
    count: numbers(({ both }) => both),
    support: numbers(measures.support),
    coverage: numbers(measures.coverage),
    confidence: numbers(measures.confidence),
    lift: numbers(measures.lift),
    leverage: numbers(measures.leverage),
    conviction: numbers(measures.conviction),
    zhang: numbers(measures.zhang),
    cosine: numbers(measures.cosine),
    jaccard: numbers(measures.jaccard),
    kulczynski: numbers(measures.kulczynski),
    imbalance: numbers(measures.imbalance),
    phi: numbers(measures.phi),
    odds_ratio: numbers(measures.oddsRatio),
    odds_low: Float64Array.from(intervals, ({ low }) => low),
    odds_high: Float64Array.from(intervals, ({ high }) => high),
    chi_squared: numbers(measures.chiSquared),
    certainty: numbers(measures.certainty),
    hyperlift: numbers(measures.hyperlift),
    fisher_p: numbers(({ rule }) => rules.tests[rules.test[rule] as number] as number),
    q_value: numbers(({ rule }) => judged.q[rule] as number),
    improvement: numbers((row) => improvementOf(found, row)),
    extra_units: worthy(worth.units),
    extra_money: money && inCents(worthy(money)),
    hidden: options.all
      ? rows.map(({ rule }) => {
          const reason = judged.hidden[rule] as number
          return reason === 0 ? null : hiddenWords[reasons[reason - 1] as Reason]
        })
      : undefined,
  }
}

/** Confidence less the greatest of any shorter rule with the same right side (Bayardo, Agrawal, Gunopulos 1999). */
const improvementOf = ({ rules }: Found, { rule, both, left }: Row): number =>
  both / left - (rules.bestBaskets[rule] as number) / (rules.bestOf[rule] as number)

const rightItems = ({ mined, rules }: Found, { rule }: Row): number[] =>
  pathOf(mined, rules.right[rule] as number).map((rank) => mined.items[rank] as number)

/** By the measure, then by count, then by the letters: the order of the input changes nothing. */
function sortedRows(told: Told, { by, top }: Options): readonly Row[] {
  const { known, found } = told
  const texts = new Map<number, string>()
  const textOf = (node: number) => {
    const text = texts.get(node) ?? itemsText(found.mined, node, known.names)
    texts.set(node, text)
    return text
  }
  const value = sortValue(by, told)
  const rows = found.shown.map((rule): Row => {
    const counts = countsOf(found.rules, found.mined, rule, known.total)
    const [lhs, rhs] = [textOf(found.rules.left[rule] as number), textOf(found.rules.right[rule] as number)]
    return { ...counts, rule, lhs, rhs, leverage: measures.leverage(counts) }
  })
  const keys = new Map(rows.map((row) => [row, value(row)]))
  rows.sort((one, other) => {
    const [a, b] = [keys.get(one) as number, keys.get(other) as number]
    if (a !== b) return a > b ? -1 : 1
    return other.both - one.both || compared(one.lhs, other.lhs) || compared(one.rhs, other.rhs)
  })
  return top === undefined ? rows : rows.slice(0, top)
}

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function sortValue(by: Options['by'], { found, worth }: Told): (row: Row) => number {
  // What has no bound comes first.
  const unbounded = (value: number) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)
  switch (by) {
    case 'count':
      return ({ both }) => both
    case 'odds_ratio':
      return (row) => unbounded(measures.oddsRatio(row))
    case 'conviction':
      return (row) => unbounded(measures.conviction(row))
    case 'chi_squared':
      return (row) => unbounded(measures.chiSquared(row))
    // The smallest first.
    case 'fisher_p':
      return ({ rule }) => -(found.rules.tests[found.rules.test[rule] as number] as number)
    case 'q_value':
      return ({ rule }) => -(found.judged.q[rule] as number)
    case 'improvement':
      return (row) => improvementOf(found, row)
    case 'extra_units':
      return (row) => perThousand(row.leverage, worth.units, rightItems(found, row))
    case 'extra_money': {
      const { money } = worth
      return (row) => (money ? perThousand(row.leverage, money, rightItems(found, row)) : 0)
    }
    default: {
      const measure = measures[by]
      return (row) => unbounded(measure(row))
    }
  }
}

// The others -------------------------------------------------------------------------------------------

export function itemsetsSheet(
  { known, found, longerBy }: Told,
  options: Options,
): Columns<Gives['itemsets']> {
  const { maxLen } = options
  // What is above the greatest length decides whether those of that length are closed or maximal.
  const mined = maxLen === undefined ? found.mined : longerBy(1)
  const { closed, maximal } = kindsOf(mined)
  const sizes = sizesOf(mined)
  const wanted = options.itemsets === 'closed' ? closed : options.itemsets === 'maximal' ? maximal : undefined
  const nodes = Array.from({ length: mined.size }, (_, node) => node).filter(
    (node) => wanted?.[node] !== 0 && (sizes[node] as number) <= (maxLen ?? Number.POSITIVE_INFINITY),
  )
  const texts = new Map(nodes.map((node) => [node, itemsText(mined, node, known.names)]))
  const textOf = (node: number) => texts.get(node) as string
  const [count, size] = [
    (node: number) => mined.count[node] as number,
    (node: number) => sizes[node] as number,
  ]
  nodes.sort((a, b) => count(b) - count(a) || size(a) - size(b) || compared(textOf(a), textOf(b)))
  const yes = (flags: Uint8Array) => nodes.map((node) => (flags[node] === 1 ? 'yes' : null))
  return {
    items: nodes.map(textOf),
    size: Float64Array.from(nodes, size),
    count: Float64Array.from(nodes, count),
    support: Float64Array.from(nodes, (node) => count(node) / known.total),
    closed: yes(closed),
    maximal: yes(maximal),
  }
}

export function itemsSheet({ known, worth }: Told): Columns<Gives['items']> {
  const { names, counts, total, totals } = known
  const items = [...names.keys()].filter((item) => (counts[item] as number) > 0)
  items.sort(
    (a, b) =>
      (counts[b] as number) - (counts[a] as number) || compared(names[a] as string, names[b] as string),
  )
  const numbers = (values: ArrayLike<number>) => Float64Array.from(items, (item) => values[item] as number)
  const units = numbers(totals.units)
  const { money } = worth
  return {
    item: items.map((item) => names[item] as string),
    count: numbers(counts),
    support: Float64Array.from(items, (item) => (counts[item] as number) / total),
    units: units,
    amount: money && inCents(numbers(totals.money)),
    units_per_basket: Float64Array.from(units, (units, row) =>
      Number.isNaN(units) ? units : (worth.units[items[row] as number] as number),
    ),
    amount_per_basket: money && inCents(numbers(money)),
  }
}

export function basketsSheet({ known }: Told): Columns<Gives['baskets']> {
  const { baskets, tally, cleaned, total } = known
  const widths = new Map<number, number>()
  for (let basket = 0; basket < basketsIn(baskets); basket++) {
    const width = (baskets.start[basket + 1] as number) - (baskets.start[basket] as number)
    widths.set(width, (widths.get(width) ?? 0) + (baskets.weight?.[basket] ?? 1))
  }
  const rows: (readonly [what: string, count: number, share: number])[] = [
    ['lines read', tally.read, Number.NaN],
    ['lines used', tally.used, tally.used / tally.read],
    ...tally.leftOut.map(({ reason, lines }) => [`left out: ${reason}`, lines, lines / tally.read] as const),
    ...cleaned.map(([what, count]) => [what, count, Number.NaN] as const),
    ['items', known.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0), Number.NaN],
    ['baskets', total, 1],
    ...[...widths]
      .sort(([a], [b]) => a - b)
      .map(([width, count]) => [`of ${width} item${width === 1 ? '' : 's'}`, count, count / total] as const),
  ]
  return {
    what: rows.map(([what]) => what),
    count: Float64Array.from(rows, ([, count]) => count),
    share: Float64Array.from(rows, ([, , share]) => share),
  }
}

/** So many items make a picture that one can still read. */
const MOST_IN_PICTURE = 15

/** Pairs of the most frequent items of the rules that are shown, both ways round. */
export function pairsSheet({ known, found }: Told): Columns<Gives['pairs']> {
  const { rules, mined } = found
  const inRules = new Set(
    found.shown.flatMap((rule) => [
      ...pathOf(mined, rules.left[rule] as number),
      ...pathOf(mined, rules.right[rule] as number),
    ]),
  )
  const ranks = [...inRules].sort((a, b) => a - b).slice(0, MOST_IN_PICTURE)
  const together = new Map<string, number>()
  const sizes = sizesOf(mined)
  for (let node = 0; node < mined.size; node++) {
    if (sizes[node] !== 2) continue
    const [one, other] = pathOf(mined, node) as [number, number]
    together.set(`${one} ${other}`, mined.count[node] as number)
    together.set(`${other} ${one}`, mined.count[node] as number)
  }
  const rows = ranks.flatMap((one) =>
    ranks.map((other) => ({ one, other, count: together.get(`${one} ${other}`) })),
  )
  const name = (rank: number) => known.names[mined.items[rank] as number] as string
  const counted = (of: (count: number, one: number, other: number) => number) =>
    Float64Array.from(rows, ({ one, other, count }) =>
      count === undefined ? Number.NaN : of(count, one, other),
    )
  const of = (rank: number) => mined.itemCount[rank] as number
  return {
    item: rows.map(({ one }) => name(one)),
    with: rows.map(({ other }) => name(other)),
    count: counted((count) => count),
    support: counted((count) => count / known.total),
    lift: counted((count, one, other) => (count * known.total) / (of(one) * of(other))),
  }
}

// What is told -----------------------------------------------------------------------------------------

/** `hidden 2,969 a shorter rule says as much, ...`. */
export function hiddenTold({ rules, judged }: Found): (readonly [words: string, count: number])[] {
  const counts = reasons.map(() => 0)
  for (const reason of judged.hidden) if (reason > 0) counts[reason - 1] = (counts[reason - 1] as number) + 1
  return reasons
    .map((reason, i) => [hiddenWords[reason], rules.size === 0 ? 0 : (counts[i] as number)] as const)
    .filter(([, count]) => count > 0)
}

export const confidenceTold = ({ minConfidence }: Options): string =>
  percent(minConfidence.numerator / minConfidence.denominator)
