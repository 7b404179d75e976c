/**
 * What is known of customers and does not change (Fader, Hardie 2007, "Incorporating time-invariant covariates into
 * the Pareto/NBD and BG/NBD models"): in a group with the row z of the design the rate of purchase is e^(gamma z)
 * times as high, by alpha e^(-gamma z), and leaving is e^(delta z) times as likely: by beta e^(-delta z) in the
 * Pareto/NBD, and in the (M)BG/NBD by a e^(delta z), which are the odds of leaving.
 */
import { type Groups, type Histories, pickHistories, weightOf } from './histories.ts'
import type { Fitted } from './model.ts'
import { byLogs, climb, type Maximum, type Slope } from './newton.ts'

/** Which parameters the effects move. */
export interface Moves {
  readonly purchase: string
  readonly dropout: string
  /** 1 where more of the parameter is more leaving. */
  readonly dropoutSign: 1 | -1
}

/** The effect of one column of the design. */
export interface Effect {
  readonly name: string
  readonly column: number
  /** Of one on the logarithm of the rate of purchase. */
  readonly purchase: number
  /** Of one on the logarithm of the rate, or of the odds, of leaving. */
  readonly dropout: number
}

interface Fitting {
  likelihood(histories: Histories, k: number): (parameters: readonly number[]) => Slope
  readonly moves: Moves
  /** The fit without effects, where the fit with them begins. */
  readonly plain: Maximum
  readonly start: readonly number[]
}

/** Rows of each group that has any. */
function rowsByGroup({ of, design }: Groups): (readonly [z: readonly number[], rows: Uint32Array])[] {
  const rows = design.map(() => [] as number[])
  of.forEach((group, row) => {
    rows[group]?.push(row)
  })
  return rows.flatMap((some, group) =>
    some.length === 0 ? [] : [[design[group] as readonly number[], Uint32Array.from(some)] as const],
  )
}

/**
 * Maximise over the logarithms of the four parameters, the effects on purchases, then those on leaving. Columns of
 * which no customer has one have no effect.
 */
export function withEffects(histories: Histories, { likelihood, moves, plain, start }: Fitting) {
  const groups = histories.groups as Groups
  const parts = rowsByGroup(groups).map(([z, rows]) => {
    const some = { ...pickHistories(histories, rows), groups: undefined }
    return { z, slopeAt: likelihood(some, 1), customers: sumOf(rows, (row) => weightOf(histories, row)) }
  })
  const columns = groups.names
    .map((name, column) => ({ name, column }))
    .filter(({ column }) => parts.some(({ z, customers }) => customers > 0 && z[column] !== 0))
  const four = plain.parameters.length
  const places = placesOf(moves)
  const effects = columns.length
  const size = four + 2 * effects
  const slopeAt = (at: readonly number[]): Slope => {
    const sums = { value: 0, gradient: new Float64Array(size), hessian: new Float64Array(size * size) }
    for (const { z, slopeAt: ofGroup } of parts) {
      const own = columns.map(({ column }) => z[column] as number)
      const logs = at.slice(0, four)
      const along = (first: number) => own.reduce((sum, each, i) => sum + each * (at[first + i] as number), 0)
      logs[places.purchase] = (logs[places.purchase] as number) - along(four)
      logs[places.dropout] = (logs[places.dropout] as number) + moves.dropoutSign * along(four + effects)
      const parameters = logs.map(Math.exp)
      addGroup(sums, byLogs(ofGroup(parameters), parameters), jacobian(own))
    }
    return sums
  }
  /** Of the logarithms of a group's parameters by the coordinates: one row a parameter. */
  function jacobian(own: readonly number[]): Float64Array[] {
    return Array.from({ length: four }, (_, i) => {
      const row = new Float64Array(size)
      row[i] = 1
      own.forEach((each, column) => {
        if (i === places.purchase) row[four + column] = -each
        if (i === places.dropout) row[four + effects + column] = moves.dropoutSign * each
      })
      return row
    })
  }
  const none = new Array<number>(2 * effects).fill(0)
  const begin = plain.unbounded.length > 0 ? start : plain.parameters
  const peak = climb(slopeAt, [...begin.map(Math.log), ...none], [...start.map(Math.log), ...none])
  const names = ['purchase', 'dropout'].flatMap((part) => columns.map(({ name }) => `${part}: ${name}`))
  return {
    maximum: { ...peak, parameters: peak.at.slice(0, four).map(Math.exp) } satisfies Maximum,
    names,
    effects: columns.map(({ name, column }, i): Effect => {
      const [purchase, dropout] = [peak.at[four + i] as number, peak.at[four + effects + i] as number]
      return { name, column, purchase, dropout }
    }),
  }
}

const sumOf = (rows: Uint32Array, value: (row: number) => number): number => {
  let sum = 0
  for (const row of rows) sum += value(row)
  return sum
}

/** Both families have alpha second; a stands third and beta fourth. */
const placesOf = ({ dropout }: Moves) => ({ purchase: 1, dropout: dropout === 'beta' ? 3 : 2 })

/** By the chain rule, as the logarithms are linear in the coordinates. */
function addGroup(
  sums: { value: number; readonly gradient: Float64Array; readonly hessian: Float64Array },
  { value, gradient, hessian }: Slope,
  rows: readonly Float64Array[],
): void {
  const size = sums.gradient.length
  const four = gradient.length
  sums.value += value
  for (let i = 0; i < size; i++) {
    for (let p = 0; p < four; p++) {
      const byI = (rows[p] as Float64Array)[i] as number
      if (byI === 0) continue
      sums.gradient[i] = (sums.gradient[i] as number) + byI * (gradient[p] as number)
      for (let j = 0; j < size; j++) {
        let inner = 0
        for (let q = 0; q < four; q++) {
          inner += (hessian[p * four + q] as number) * ((rows[q] as Float64Array)[j] as number)
        }
        sums.hessian[i * size + j] = (sums.hessian[i * size + j] as number) + byI * inner
      }
    }
  }
}

/** A fit as it is for one group. */
function fitOfGroup(fitted: Fitted, { purchase, dropout, dropoutSign }: Moves, z: readonly number[]): Fitted {
  const { parameters, effects = [] } = fitted
  let [buys, leaves] = [0, 0]
  for (const effect of effects) {
    const own = z[effect.column] ?? 0
    buys += own * effect.purchase
    leaves += own * effect.dropout
  }
  return {
    ...fitted,
    parameters: {
      ...parameters,
      [purchase]: (parameters[purchase] as number) * Math.exp(-buys),
      [dropout]: (parameters[dropout] as number) * Math.exp(dropoutSign * leaves),
    },
  }
}

/** A prediction by row, where each group has parameters of its own. */
export function byGroup(
  fitted: Fitted,
  moves: Moves | undefined,
  histories: Histories,
  predict: (fitted: Fitted, histories: Histories) => Float64Array,
): Float64Array {
  const { groups } = histories
  if (!groups || !moves || !fitted.effects?.length) return predict(fitted, histories)
  const answer = new Float64Array(histories.x.length)
  for (const [z, rows] of rowsByGroup(groups)) {
    predict(fitOfGroup(fitted, moves, z), pickHistories(histories, rows)).forEach((value, i) => {
      answer[rows[i] as number] = value
    })
  }
  return answer
}
