/** What a segment is called, in English and Chinese, and what to do with it. Best customers first in every map. */

export interface Segment {
  readonly name: string
  readonly zh: string
  readonly action: string
  readonly actionZh: string
}

/** A segment of the customers that have no positive net amount: they are listed, not scored. */
export const NO_NET_PURCHASE: Segment = {
  name: 'no_net_purchase',
  zh: '无净消费',
  action: 'no offer by segment; look at refunds, samples, or a longer window',
  actionZh: '不按分层营销；先核对退款、赠品，或放宽时间窗口',
}

const segment = (name: string, zh: string, action: string, actionZh: string): Segment => ({
  name,
  zh,
  action,
  actionZh,
})

const champions = segment(
  'Champions',
  '冠军客户',
  'reward, early access, ask for a review and a referral; no discount',
  '专属权益、新品优先、邀请评价与转介绍，不打折',
)
const loyal = segment('Loyal', '忠诚客户', 'upsell, loyalty points, a higher basket', '加价购、积分加倍')
const potentialLoyalist = segment(
  'Potential Loyalist',
  '潜在忠诚客户',
  'membership, recommend a second category',
  '入会、跨品类推荐',
)
const newCustomers = segment(
  'New Customers',
  '新客户',
  'welcome series, a second order within the median gap',
  '新客引导、首复购券',
)
const promising = segment('Promising', '有希望客户', 'build the habit, a cheap trial', '小样、低价试用')
const needAttention = segment(
  'Need Attention',
  '需要关注客户',
  'time-limited offer, recommend from history',
  '限时优惠、按历史推荐',
)
const aboutToSleep = segment(
  'About To Sleep',
  '即将沉睡客户',
  'reminder, popular products, points expiry notice',
  '提醒、爆款、积分到期提醒',
)
const atRisk = segment(
  'At Risk',
  '流失风险客户',
  'personal win-back, renewal, ask for the reason',
  '专人回访、召回礼包',
)
const cantLose = segment(
  "Can't Lose",
  '不可失去客户',
  'call first, fix complaints, special terms',
  '优先电话、解决投诉、专属方案',
)
const hibernating = segment(
  'Hibernating',
  '沉睡客户',
  'low-cost mail with several products, otherwise stop',
  '低成本触达、降频',
)
const lost = segment('Lost', '流失客户', 'one reactivation try, then suppress', '最后一次唤醒后停止投放')
const others = segment('Others', '其他', 'no action of its own', '无专属动作')

/** A map of scores to segments. */
export interface ScoreMap {
  readonly segments: readonly Segment[]
  /** Scores per axis that the map speaks of; 0 where it does not look at the axis. */
  readonly levels: { readonly r: number; readonly f: number; readonly m: number }
  /** The number of the segment of a cell, or -1 where no segment covers it. */
  cell(r: number, f: number, m: number): number
}

const FIVE = { r: 5, f: 5, m: 5 } as const

/** Rows are R = 5 down to 1; columns 1..5 of the other axis. */
function ofRows(
  segments: readonly Segment[],
  rows: readonly (readonly Segment[])[],
  column: (f: number, m: number) => number,
  levels: ScoreMap['levels'] = FIVE,
): ScoreMap {
  const numbers = rows.map((row) => row.map((one) => segments.indexOf(one)))
  return { segments, levels, cell: (r, f, m) => numbers[5 - r]?.[column(f, m) - 1] ?? -1 }
}

const eleven = [
  champions,
  loyal,
  potentialLoyalist,
  newCustomers,
  promising,
  needAttention,
  aboutToSleep,
  atRisk,
  cantLose,
  hibernating,
  lost,
]

/** The eleven classic names as a partition: R by the rounded mean of F and M. */
export const classic11 = ofRows(
  eleven,
  [
    [newCustomers, potentialLoyalist, potentialLoyalist, champions, champions],
    [promising, potentialLoyalist, potentialLoyalist, loyal, loyal],
    [aboutToSleep, aboutToSleep, needAttention, loyal, loyal],
    [hibernating, hibernating, atRisk, atRisk, cantLose],
    [lost, hibernating, atRisk, atRisk, cantLose],
  ],
  (f, m) => Math.floor((f + m) / 2 + 0.5),
)

/** The widely copied map over R and F alone. */
export const rf10 = ofRows(
  eleven.filter((one) => one !== lost),
  [
    [newCustomers, potentialLoyalist, potentialLoyalist, champions, champions],
    [promising, potentialLoyalist, potentialLoyalist, loyal, loyal],
    [aboutToSleep, aboutToSleep, needAttention, loyal, loyal],
    [hibernating, hibernating, atRisk, atRisk, cantLose],
    [hibernating, hibernating, atRisk, atRisk, cantLose],
  ],
  (f) => f,
  { r: 5, f: 5, m: 0 },
)

type Box = readonly [Segment, r: Range, f: Range, m: Range]
type Range = readonly [low: number, high: number]

const renamed = (one: Segment, name: string): Segment => ({ ...one, name })
const loyalCustomers = renamed(loyal, 'Loyal Customers')
const cantLoseThem = renamed(cantLose, "Can't Lose Them")

/** The ten boxes of the vignette of R's rfm 0.3.0: they overlap, the first that fits wins, the rest is Others. */
const rRfmBoxes: readonly Box[] = [
  [champions, [5, 5], [5, 5], [5, 5]],
  [potentialLoyalist, [3, 5], [3, 5], [2, 5]],
  [loyalCustomers, [2, 4], [2, 4], [2, 4]],
  [promising, [3, 4], [1, 3], [3, 5]],
  [newCustomers, [4, 5], [1, 3], [1, 5]],
  [cantLoseThem, [1, 2], [3, 4], [4, 5]],
  [atRisk, [1, 2], [2, 5], [4, 5]],
  [needAttention, [1, 3], [3, 5], [3, 5]],
  [aboutToSleep, [2, 3], [1, 3], [1, 4]],
  [lost, [1, 1], [1, 5], [1, 5]],
]

const within = (value: number, [low, high]: Range): boolean => value >= low && value <= high

const rRfmSegments = [...rRfmBoxes.map(([one]) => one), others]

export const rRfm: ScoreMap = {
  segments: rRfmSegments,
  levels: FIVE,
  cell: (r, f, m) => {
    const box = rRfmBoxes.findIndex(([, rs, fs, ms]) => within(r, rs) && within(f, fs) && within(m, ms))
    return box === -1 ? rRfmSegments.length - 1 : box
  },
}

const recent = segment('Recent', '近期客户', newCustomers.action, newCustomers.actionZh)
const inactive = segment('Inactive', '不活跃客户', hibernating.action, hibernating.actionZh)
const klaviyoSegments = [champions, loyal, recent, needAttention, atRisk, inactive]

/**
 * Klaviyo's six groups over terciles. It publishes names and descriptions, not the table; this
 * partition follows the descriptions: best on all (333), loyal (recent and often or high), recent but
 * rarely, slipping, high value but long ago, and the rest.
 */
export const klaviyo6: ScoreMap = {
  segments: klaviyoSegments,
  levels: { r: 3, f: 3, m: 3 },
  cell: (r, f, m) => klaviyoSegments.indexOf(klaviyoGroup(r, f, m)),
}

function klaviyoGroup(r: number, f: number, m: number): Segment {
  if (r === 3 && f === 3 && m === 3) return champions
  if (r === 1) return f + m >= 5 ? atRisk : inactive
  if (f === 3 || (f === 2 && m === 3)) return loyal
  if (r === 3) return recent
  return needAttention
}

/** The Chinese eight classes: three bits, high or low, in the order 111, 110 ... of `cn8Code`. */
const cn8Actions = [
  champions,
  potentialLoyalist,
  atRisk,
  cantLose,
  loyal,
  newCustomers,
  aboutToSleep,
  hibernating,
]

const cn8Names: readonly (readonly [name: string, zh: string])[] = [
  ['Important value', '重要价值客户'],
  ['Important development', '重要发展客户'],
  ['Important keep', '重要保持客户'],
  ['Important win-back', '重要挽留客户'],
  ['General value', '一般价值客户'],
  ['General development', '一般发展客户'],
  ['General keep', '一般保持客户'],
  ['General win-back', '一般挽留客户'],
]

export const cn8: readonly Segment[] = cn8Names.map(([name, zh], i) => ({
  ...(cn8Actions[i] as Segment),
  name,
  zh,
}))

/** 重要 is high M; then 价值 11, 发展 10, 保持 01, 挽留 00 by R and F. */
export function cn8Code(highR: boolean, highF: boolean, highM: boolean): number {
  return (highM ? 0 : 4) + (highR ? (highF ? 0 : 1) : highF ? 2 : 3)
}

/**
 * `pareto4` has no published definition; this is ours: the biggest spenders who together make 80 % of
 * net revenue, and everybody else, each split at the median recency.
 */
export const pareto4: readonly Segment[] = [
  segment('Vital Active', '核心活跃客户', champions.action, champions.actionZh),
  segment('Vital Lapsing', '核心流失风险客户', cantLose.action, cantLose.actionZh),
  segment('Tail Active', '长尾活跃客户', potentialLoyalist.action, potentialLoyalist.actionZh),
  segment('Tail Lapsing', '长尾沉睡客户', hibernating.action, hibernating.actionZh),
]
