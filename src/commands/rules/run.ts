import type { Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import type { Rules } from '../../models/rules/rules.ts'
import { basketsOf } from './baskets.ts'
import { type Leveled, leveled } from './hierarchy.ts'
import type spec from './index.ts'
import type { Options } from './read.ts'
import {
  anyRules,
  type Found,
  longerItemsets,
  searchAt,
  searchAuto,
  supportTold,
  type Wanted,
  wantedOf,
} from './search.ts'
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
  const worth = worthOf(known)
  if (options.by === 'extra_money' && !worth.money) {
    throw new CustError(
      'input',
      '--by extra_money: the input has no amounts, or not of these baskets',
      'name a column with --price or --amount',
    )
  }
  tell(input, found, { known, wanted, options })
  const longerBy = (items: number) => longerItemsets(known, wanted, options, found, items)
  const told = { known, found, worth, longerBy }
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

interface Asked {
  readonly known: Leveled
  readonly wanted: Wanted
  readonly options: Options
}

function tell(input: Input, found: Found & { share?: string }, { known, wanted, options }: Asked): void {
  const { rules, shown, mined, weak } = found
  const how = found.share === undefined ? 'as asked for' : `found out: ${found.share}`
  input.note(`a basket is ${known.basketIs}; support: ${supportTold(found, known.total)}, ${how}`)
  const hidden = hiddenTold(found)
  const why = hidden.map(([words, count]) => `${wholeText(count)} ${words}`).join(', ')
  const listed = options.all ? 'would be hidden' : 'hidden'
  const below = weak > 0 ? `; ${wholeText(weak)} below the least lift` : ''
  const told = (hidden.length > 0 ? `; ${listed}: ${why}` : '') + below
  input.note(
    `shown ${wholeText(shown.length)} of ${wholeText(rules.size)} rules of ${wholeText(mined.size)} itemsets${told}`,
  )
  input.note(`q: of ${wholeText(rules.tests.length)} tests, rules of any confidence (Benjamini, Hochberg)`)
  if (rules.trivial > 0) {
    input.note(`left out ${wholeText(rules.trivial)} rules that hold an item and a group of its own`)
  }
  tellServices(input, known)
  if (shown.length === 0) input.warn(nothingTold(known, wanted, found, options))
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
function nothingTold(
  known: Leveled,
  wanted: Wanted,
  { rules, minCount, weak }: Found,
  options: Options,
): string {
  if (weak > 0) return `no rule has a lift of ${options.minLift}: ${wholeText(weak)} have less`
  if (rules.size > 0) return 'every rule is hidden: --all shows them'
  const any = anyRules(known, wanted, options, minCount)
  const at = `support ${wholeText(minCount)} and confidence ${confidenceTold(options)}`
  if (any && any.rules.size > 0) {
    const best = strongest(any.rules, any.mined.count)
    const support = options.minSupport === 'auto' ? ` --min-support ${minCount}` : ''
    return `no rule reaches ${at}; the strongest has confidence ${percent(best)}: try --min-confidence ${Math.floor(100 * best)}%${support}`
  }
  const most = mostFrequent(known, wanted, options, minCount)
  if (most === undefined) return `no rule reaches ${at}: nothing that is asked for is together in two baskets`
  return `no rule reaches ${at}: nothing that is asked for is together so often; try --min-support ${most}`
}

const strongest = ({ left, both }: Rules, count: Int32Array): number =>
  both.reduce((most, baskets, rule) => Math.max(most, baskets / (count[left[rule] as number] as number)), 0)

/** In how many baskets the most frequent rule is. */
function mostFrequent(known: Leveled, wanted: Wanted, options: Options, below: number): number | undefined {
  for (let least = Math.floor(below / 2); least >= 2; least = Math.floor(least / 2)) {
    const any = anyRules(known, wanted, { ...options, maxLen: Math.min(options.maxLen ?? 3, 3) }, least)
    if (!any) return undefined
    if (any.rules.size > 0) return any.rules.both.reduce((most, count) => Math.max(most, count), 0)
  }
  return undefined
}
