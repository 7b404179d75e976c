import type { Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import { mine } from '../../models/itemsets/mine.ts'
import { type Rules, rulesOf } from '../../models/rules/rules.ts'
import { basketsOf } from './baskets.ts'
import { type Leveled, leveled } from './hierarchy.ts'
import type spec from './index.ts'
import type { Options } from './read.ts'
import { type Found, searchAt, searchAuto, supportTold, wantedOf } from './search.ts'
import {
  basketsSheet,
  confidenceTold,
  hiddenTold,
  itemsetsSheet,
  itemsSheet,
  pairsSheet,
  rulesSheet,
} from './tables.ts'
import { leastBaskets } from './thresholds.ts'
import { worthOf } from './worth.ts'

export const run: Run<typeof spec> = async (input, options) => {
  const known = await leveled(input, await basketsOf(input, options), options)
  const { minSupport } = options
  const wanted = wantedOf(known, options)
  const least = minSupport === 'auto' ? undefined : leastOf(minSupport, known)
  const found =
    least === undefined ? searchAuto(known, wanted, options) : searchAt(known, wanted, options, least)
  tell(input, known, found, options)
  const told = { known, found, worth: worthOf(known) }
  return {
    sheets: {
      rules: () => rulesSheet(told, options),
      itemsets: () => itemsetsSheet(told, options),
      items: () => itemsSheet(told),
      baskets: () => basketsSheet(told),
      pairs: () => pairsSheet(told),
    },
  }
}

/** Throws CustError('usage') for a support that no item has. */
function leastOf(support: Exclude<Options['minSupport'], 'auto'>, { total, counts, names }: Leveled): number {
  const least = 'baskets' in support ? support.baskets : leastBaskets(support.share, total)
  const most = counts.reduce((greatest, count) => Math.max(greatest, count), 0)
  if (least <= most) return least
  const item = names[counts.indexOf(most)] as string
  throw new CustError(
    'usage',
    `no item is in ${wholeText(least)} of ${wholeText(total)} baskets`,
    `the most frequent one is "${item}", in ${wholeText(most)} (${percent(most / total)})`,
  )
}

// What is told ---------------------------------------------------------------------------------------

function tell(input: Input, known: Leveled, found: Found & { share?: string }, options: Options): void {
  const how = found.share === undefined ? 'as asked for' : `found out: ${found.share}`
  input.note(`a basket is ${known.basketIs}; support: ${supportTold(found, known.total)}, ${how}`)
  const { rules, shown, mined } = found
  const hidden = hiddenTold(found)
  const why = hidden.map(([words, count]) => `${wholeText(count)} ${words}`).join(', ')
  const listed = options.all ? 'would be hidden' : 'hidden'
  const told = hidden.length > 0 ? `; ${listed}: ${why}` : ''
  input.note(
    `shown ${wholeText(shown.length)} of ${wholeText(rules.size)} rules of ${wholeText(mined.size)} itemsets${told}`,
  )
  input.note(`q: of ${wholeText(rules.tests.length)} tests, rules of any confidence (Benjamini, Hochberg)`)
  if (rules.trivial > 0) {
    input.note(`left out ${wholeText(rules.trivial)} rules that hold an item and a group of its own`)
  }
  tellServices(input, known)
  if (shown.length === 0) input.warn(nothingTold(known, found, options))
}

const SERVICES =
  /^(shipping|postage|delivery|freight|gift ?(card|voucher|wrap)|voucher|coupon|discount|tip|gratuity|运费|邮费|快递费|配送费|礼品卡|优惠券|代金券|包装费|打包费|服务费)/i

/** Lines that are no goods stand among them. */
function tellServices(input: Input, { names, counts }: Leveled): void {
  const services = [...names.keys()].filter((item) => SERVICES.test(names[item] as string) && counts[item])
  if (services.length === 0) return
  services.sort((a, b) => (counts[b] as number) - (counts[a] as number))
  const some = services
    .slice(0, 3)
    .map((item) => `"${names[item]}" in ${wholeText(counts[item] as number)} baskets`)
  input.note(`perhaps no goods: ${some.join(', ')}; leave them out with --not`)
}

/** Nothing to show: which thresholds would. */
function nothingTold(known: Leveled, { rules, minCount }: Found, options: Options): string {
  if (rules.size > 0) return 'every rule is hidden: --all shows them'
  const { baskets, names, total } = known
  const mined = mine(baskets, names.length, { minCount, maxLength: 3, budget: options.budget })
  const any = rulesOf(mined, { total, minConfidence: { numerator: 0, denominator: 1 } })
  const at = `support ${wholeText(minCount)} and confidence ${confidenceTold(options)}`
  if (any.size > 0) {
    const best = strongest(any, mined.count)
    const share = Math.floor(100 * best)
    const support = options.minSupport === 'auto' ? ` --min-support ${minCount}` : ''
    return `no rule reaches ${at}; the strongest has confidence ${percent(best)}: try --min-confidence ${share}%${support}`
  }
  const pair = mostFrequentPair(known, minCount)
  if (pair === undefined) return `no rule reaches ${at}: no two items are ever together in two baskets`
  return `no rule reaches ${at}: no two items are together so often; try --min-support ${pair}`
}

const strongest = ({ left, both }: Rules, count: Int32Array): number =>
  both.reduce((most, baskets, rule) => Math.max(most, baskets / (count[left[rule] as number] as number)), 0)

/** In how many baskets the most frequent pair is. */
function mostFrequentPair({ baskets, names }: Leveled, below: number): number | undefined {
  for (let least = Math.floor(below / 2); least >= 2; least = Math.floor(least / 2)) {
    const mined = mine(baskets, names.length, { minCount: least, maxLength: 2 })
    const pairs = mined.parent.subarray(0, mined.size)
    const most = pairs.reduce(
      (found, parent, node) => (parent < 0 ? found : Math.max(found, mined.count[node] as number)),
      0,
    )
    if (most > 0) return most
  }
  return undefined
}
