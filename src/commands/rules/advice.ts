/** What to do where there are more itemsets than anybody can hold: which baskets are too wide, what would fit. */
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { type Baskets, basketsWhere, widthsOf } from '../../models/itemsets/baskets.ts'
import { type Mined, type MiningOptions, mine } from '../../models/itemsets/mine.ts'
import type { Leveled } from './hierarchy.ts'
import type { Options } from './read.ts'

/** Stands for itemsets beyond the budget. */
export const EXPLODED = 'exploded'

/** Ways to take the itemsets apart: so many rules there would be to test. */
export const splitsOf = (
  { bySize }: Pick<Mined, 'bySize'>,
  { multiRhs }: Pick<Options, 'multiRhs'>,
): number =>
  bySize.reduce((sum, count, size) => sum + (size < 2 ? 0 : count * (multiRhs ? 2 ** size : size)), 0)

interface Exploded {
  readonly known: Leveled
  readonly options: Options
  readonly minCount: number
  readonly without: ReadonlySet<number>
}

/** Work that finding out may take, for each itemset of the budget. */
const WORK = 200

/** The error, for the throwing. Every suggestion was tried, by counting only. */
export function advice({ known, options, minCount, without }: Exploded): CustError {
  const { baskets, names, total } = known
  const { budget } = options
  const fits = (changed: Partial<MiningOptions>, among: Baskets = baskets) => {
    const tried = { minCount, maxLength: options.maxLen, ...changed }
    const limits = { without, budget, work: WORK * budget, countOnly: true }
    const mined = mine(among, names.length, { ...tried, ...limits })
    return mined.stopped || splitsOf(mined, options) > budget
      ? undefined
      : mined.bySize.reduce((sum, count) => sum + count, 0)
  }
  const hints = [byLength(fits, options.maxLen), byWidth(fits, baskets), bySupport(fits, minCount, total)]
  const found = hints.filter((hint) => hint !== undefined)
  const message = `more than ${wholeText(budget)} itemsets, or rules of them, at support ${wholeText(minCount)} of ${wholeText(total)} baskets; ${widest(baskets)}`
  const narrow = options.rhs.length + options.lhs.length + options.contains.length === 0
  const others = narrow ? ['or ask for certain items only: --rhs, --lhs, --contains'] : []
  return new CustError('input', message, [...found, ...others].join('\n'))
}

type Fits = (changed: Partial<MiningOptions>, among?: Baskets) => number | undefined

function byLength(fits: Fits, asked: number | undefined): string | undefined {
  let best: string | undefined
  for (let length = 2; length < Math.min(asked ?? 8, 8); length++) {
    const count = fits({ maxLength: length })
    if (count === undefined) break
    best = `--max-len ${length} gives ${wholeText(count)} itemsets`
  }
  return best
}

function widest(baskets: Baskets): string {
  const widths = widthsOf(baskets).sort().reverse()
  const [most, median] = [widths[0] as number, widths[Math.floor(widths.length / 2)] as number]
  const wide = widths.findIndex((width) => width < Math.max(2 * median, most / 2))
  const alike = widths.findIndex((width) => width < most)
  const count = wide > 0 ? wide : alike < 0 ? widths.length : alike
  const least = widths[count - 1] as number
  const range = least === most ? wholeText(most) : `${wholeText(least)} to ${wholeText(most)}`
  return `the widest ${wholeText(count)} baskets hold ${range} items, the median ${wholeText(median)}`
}

/** Without the widest baskets, as few of them as one of a thousand or a hundred. */
function byWidth(fits: Fits, baskets: Baskets): string | undefined {
  const widths = widthsOf(baskets)
  const sorted = widths.slice().sort()
  for (const part of [0.001, 0.01]) {
    const limit = sorted[Math.max(0, Math.ceil((1 - part) * sorted.length) - 1)] as number
    const out = widths.reduce((sum, width) => sum + (width > limit ? 1 : 0), 0)
    const count =
      out === 0
        ? undefined
        : fits(
            {},
            basketsWhere(baskets, (basket) => (widths[basket] as number) <= limit),
          )
    if (count !== undefined) {
      return `--max-basket ${limit} leaves ${wholeText(out)} baskets out and gives ${wholeText(count)} itemsets`
    }
  }
  return undefined
}

/** The first that fits of supports that grow by a half. */
function bySupport(fits: Fits, minCount: number, total: number): string | undefined {
  for (let count = minCount + Math.ceil(minCount / 2); count <= total; count += Math.ceil(count / 2)) {
    const itemsets = fits({ minCount: count })
    if (itemsets === 0) return undefined
    if (itemsets !== undefined) return `--min-support ${count} gives ${wholeText(itemsets)} itemsets`
  }
  return undefined
}
