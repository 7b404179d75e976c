/** Why a customer's risk is what it is, in plain words. */
import { packer, type Texts } from '../../core/texts.ts'
import { type ReasonGroup, reasonGroups } from '../../models/churn/contributions.ts'
import { type FeatureName, featureOf } from '../../models/churn/features.ts'
import type { Risks } from './risks.ts'

/** What there is to say of one customer; days and purchases whole. */
interface Facts {
  readonly recency: number
  readonly usualGap: number
  readonly orders: number
  readonly recent: number
  readonly window: number
  readonly meanGap: number
  readonly age: number
  readonly spend: number
  readonly orderValue: number
}

interface Words {
  /** `stays`: it speaks for the customer. */
  readonly of: Readonly<Record<ReasonGroup, (facts: Facts, stays: boolean) => string>>
  readonly between: string
  readonly inFavour: string
}

const times = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`)

const english: Words = {
  of: {
    recency: ({ recency, usualGap }, stays) => {
      const usual = Number.isNaN(usualGap) ? '' : ` (usual gap ${Math.round(usualGap)})`
      if (stays) return `last order ${times(recency, 'day', 'days')} ago${usual}`
      return `no order for ${times(recency, 'day', 'days')}${usual}`
    },
    frequency: ({ orders, recent, window }) =>
      `${orders === 1 ? 'bought once' : `${orders} purchase days`}, ${recent === 0 ? 'none' : recent} in the last ${times(window, 'day', 'days')}`,
    rhythm: ({ orders, meanGap }) =>
      orders === 1
        ? 'no second order yet'
        : `mean gap between orders ${times(Math.round(meanGap), 'day', 'days')}`,
    tenure: ({ age }) => `first order ${times(age, 'day', 'days')} ago`,
    money: ({ spend, orderValue }) => `spent ${spend.toFixed(2)} in all, ${orderValue.toFixed(2)} a time`,
  },
  between: '; ',
  inFavour: 'in favour: ',
}

const chinese: Words = {
  of: {
    recency: ({ recency, usualGap }) =>
      `${recency} 天未下单${Number.isNaN(usualGap) ? '' : `（通常间隔 ${Math.round(usualGap)} 天）`}`,
    frequency: ({ orders, recent, window }) =>
      `${orders === 1 ? '只买过一次' : `买过 ${orders} 天`}，近 ${window} 天 ${recent} 次`,
    rhythm: ({ orders, meanGap }) => (orders === 1 ? '尚未复购' : `平均间隔 ${Math.round(meanGap)} 天`),
    tenure: ({ age }) => `首次下单在 ${age} 天前`,
    money: ({ spend, orderValue }) => `累计消费 ${spend.toFixed(2)}，每次 ${orderValue.toFixed(2)}`,
  },
  between: '；',
  inFavour: '有利：',
}

const MOST = 3

/** The three strongest reasons of each of the rows: those that raise the risk, then those in favour. */
export function reasonsOf(
  { seen, parts, next, used }: Risks,
  rows: ArrayLike<number>,
  window: number,
): { readonly en: Texts; readonly zh: Texts } {
  const [en, zh] = [packer(), packer()]
  const of = Object.fromEntries(seen.names.map((name) => [name, featureOf(seen, name)])) as Record<
    FeatureName,
    Float64Array
  >
  const hasMoney = seen.names.includes('spend')
  const groups = reasonGroups.filter((group) => group !== 'money' || (hasMoney && used === 'logistic'))
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const size = (group: ReasonGroup) => parts[group][row] as number
    const strongest = [...groups]
      .sort((one, other) => Math.abs(size(other)) - Math.abs(size(one)))
      .slice(0, MOST)
      .filter((group) => size(group) !== 0)
    const facts: Facts = {
      recency: of.recency[row] as number,
      usualGap: next?.usualGap[row] ?? Number.NaN,
      orders: of.orders[row] as number,
      recent: of.orders_in_window[row] as number,
      window,
      meanGap: of.mean_gap[row] as number,
      age: of.age[row] as number,
      spend: hasMoney ? (of.spend[row] as number) : 0,
      orderValue: hasMoney ? (of.order_value[row] as number) : 0,
    }
    const against = strongest.filter((group) => size(group) > 0)
    const inFavour = strongest.filter((group) => size(group) < 0)
    en.add(told(english, facts, against, inFavour))
    zh.add(told(chinese, facts, against, inFavour))
  }
  return { en: en.done(), zh: zh.done() }
}

function told(
  { of, between, inFavour }: Words,
  facts: Facts,
  raise: readonly ReasonGroup[],
  lower: readonly ReasonGroup[],
): string {
  const worse = raise.map((group) => of[group](facts, false))
  const better = lower.map((group) => of[group](facts, true))
  if (better.length > 0) better[0] = `${inFavour}${better[0]}`
  return [...worse, ...better].join(between)
}
