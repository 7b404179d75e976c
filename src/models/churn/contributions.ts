/** Which of a customer's features speak for, and which against, another purchase: the parts of a linear score. */
import { type Histories, totalWeight } from '../clv/histories.ts'
import { type Fitted, silent } from '../clv/model.ts'
import { logitsOf } from '../logistic.ts'
import { sumOfProducts } from '../sums.ts'
import type { FeatureName } from './features.ts'

/** Features that say much the same; together they are one reason. */
export const reasonGroups = ['recency', 'frequency', 'rhythm', 'tenure', 'money'] as const

export type ReasonGroup = (typeof reasonGroups)[number]

const groupOf: Readonly<Record<FeatureName, ReasonGroup>> = {
  recency: 'recency',
  recency_in_gaps: 'recency',
  orders: 'frequency',
  orders_in_window: 'frequency',
  orders_in_window_before: 'frequency',
  mean_gap: 'rhythm',
  gap_deviation: 'rhythm',
  longest_gap: 'rhythm',
  age: 'tenure',
  active_time: 'tenure',
  spend: 'money',
  order_value: 'money',
}

/** A linear score of columns in standard deviations: a regression is one. */
export interface Linear {
  readonly means: readonly number[]
  readonly deviations: readonly number[]
  /** Intercept, then one weight a column. */
  readonly weights: readonly number[]
}

/** What each group adds to the score of each row, beyond that of the mean row if it had just bought. */
export function contributions(
  { means, deviations, weights }: Linear,
  names: readonly FeatureName[],
  columns: readonly Float64Array[],
): Readonly<Record<ReasonGroup, Float64Array>> {
  const rows = columns[0]?.length ?? 0
  const parts = Object.fromEntries(reasonGroups.map((group) => [group, new Float64Array(rows)])) as Record<
    ReasonGroup,
    Float64Array
  >
  columns.forEach((column, i) => {
    const group = groupOf[names[i] as FeatureName]
    const part = parts[group]
    // Silence is never in favour of anyone, however long that of the mean customer may be.
    const from = group === 'recency' ? 0 : (means[i] as number)
    const each = (weights[i + 1] as number) / (deviations[i] as number)
    for (let row = 0; row < rows; row++) {
      part[row] = (part[row] as number) + each * ((column[row] as number) - from)
    }
  })
  return parts
}

/**
 * What recency, frequency and tenure add to the logarithm of the odds that a model of repeat purchase gives for no
 * purchase in the next t, step by step: of the mean customer who has just bought; as long a customer, buying as often
 * as all do; buying as often as this one; and having last bought when this one did. By row.
 */
export function silenceParts(
  fitted: Fitted,
  histories: Histories,
  t: number,
): Readonly<Record<'recency' | 'frequency' | 'tenure', Float64Array>> {
  const { x, tx, T } = histories
  const [repeats, time] = [meanOf(x, histories), meanOf(T, histories)]
  const usual = (age: number): number => (time > 0 ? (repeats / time) * age : 0)
  const logits = (rows: Pick<Histories, 'x' | 'tx' | 'T'>) =>
    logitsOf(silent(fitted, { ...histories, ...rows }, t))
  const same = (value: number) => x.map(() => value)
  const ofAll = logits({ x: same(repeats), tx: same(time), T: same(time) })
  const asLong = logits({ x: T.map(usual), tx: T, T })
  // Who bought once and has just bought is new.
  const fresh = T.map((age, row) => (x[row] === 0 ? 0 : age))
  const asOften = logits({ x, tx: fresh, T: fresh })
  const own = logits({ x, tx, T })
  const step = (to: Float64Array, from: Float64Array) => to.map((value, row) => value - (from[row] as number))
  return { recency: step(own, asOften), frequency: step(asOften, asLong), tenure: step(asLong, ofAll) }
}

function meanOf(values: Float64Array, histories: Histories): number {
  return sumOfProducts(values, histories.weight) / totalWeight(histories)
}
