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
  const [en, zh] = [packer(rows.length), packer(rows.length)]
  const of = Object.fromEntries(seen.names.map((name) => [name, featureOf(seen, name)])) as Record<
    FeatureName,
    Float64Array
  >
  const hasMoney = seen.names.includes('spend')
  const groups = reasonGroups.filter((group) => group !== 'money' || (hasMoney && used === 'logistic'))
  const strongest = strongestOf(groups, parts)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
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
    const reasons = strongest(row)
    en.add(told(english, facts, reasons))
    zh.add(told(chinese, facts, reasons))
  }
  return { en: en.done(), zh: zh.done() }
}

interface Reasons {
  /** Those that raise the risk, the strongest first. */
  readonly raise: ReasonGroup[]
  readonly lower: ReasonGroup[]
}

/** The strongest reasons of a row, in lists that hold until the next row is asked for; of equal ones the first. */
function strongestOf(groups: readonly ReasonGroup[], parts: Risks['parts']): (row: number) => Reasons {
  const reasons: Reasons = { raise: [], lower: [] }
  const sizes = groups.map((group) => parts[group])
  const left = new Float64Array(groups.length)
  return (row) => {
    reasons.raise.length = 0
    reasons.lower.length = 0
    for (let i = 0; i < left.length; i++) left[i] = Math.abs((sizes[i] as Float64Array)[row] as number)
    for (let place = 0; place < MOST; place++) {
      let most = 0
      for (let i = 1; i < left.length; i++) if ((left[i] as number) > (left[most] as number)) most = i
      if (!((left[most] as number) > 0)) break
      left[most] = 0
      const raises = ((sizes[most] as Float64Array)[row] as number) > 0
      ;(raises ? reasons.raise : reasons.lower).push(groups[most] as ReasonGroup)
    }
    return reasons
  }
}

function told({ of, between, inFavour }: Words, facts: Facts, { raise, lower }: Reasons): string {
  let text = ''
  for (let i = 0; i < raise.length; i++) {
    text += `${text === '' ? '' : between}${of[raise[i] as ReasonGroup](facts, false)}`
  }
  for (let i = 0; i < lower.length; i++) {
    text += `${text === '' ? '' : between}${i === 0 ? inFavour : ''}${of[lower[i] as ReasonGroup](facts, true)}`
  }
  return text
}
