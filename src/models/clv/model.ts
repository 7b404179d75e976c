/**
 * The models of repeat purchase behind one interface. A fit is a plain object that survives JSON; everything that is
 * predicted is a function of it and of histories, one value a row.
 */

import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { greatestOf, sumOfProducts } from '../sums.ts'
import { bgbbAlive, bgbbExpected, bgbbForever, bgbbLikelihood, bgbbSilent } from './bgbb.ts'
import { bgAlive, bgCount, bgExpected, bgForever, bgLikelihood, bgSilent, type Shift } from './bgnbd.ts'
import { cnbdAlive, cnbdExpected, cnbdLikelihood, cnbdSilent } from './cnbd.ts'
import { byGroup, type Effect, type Moves, withEffects } from './covariates.ts'
import { type Groups, type Histories, pickHistories, totalWeight, weightOf } from './histories.ts'
import { type Maximum, maximise, type Slope } from './newton.ts'
import { paretoAlive, paretoExpected, paretoForever, paretoLikelihood, paretoSilent } from './paretonbd.ts'
import { gaussLegendre } from './special.ts'

export const modelNames = ['bgnbd', 'mbgnbd', 'pareto', 'cnbd', 'bgbb'] as const

export type ModelName = (typeof modelNames)[number]

export const modelTitles: Readonly<Record<ModelName, string>> = {
  bgnbd: 'BG/NBD',
  mbgnbd: 'MBG/NBD',
  pareto: 'Pareto/NBD',
  cnbd: 'MBG/CNBD-k',
  bgbb: 'BG/BB',
}

/** A fitted model. Parameters that are times are in the unit of the histories it was fitted to. */
export interface Fitted {
  readonly model: ModelName
  /** In the order of the paper. */
  readonly parameters: Readonly<Record<string, number>>
  /** Events that make a purchase: 1 but for MBG/CNBD-k. */
  readonly k: number
  /** Covariance of the logarithms of the parameters; null where the data do not fix them. */
  readonly covariance: readonly (readonly number[])[] | null
  readonly logLikelihood: number
  readonly customers: number
  readonly patterns: number
  readonly iterations: number
  /** Of what is known of customers, where that was asked for. */
  readonly effects?: readonly Effect[]
  /** By how much the effects raise the log-likelihood. */
  readonly gain?: number
  /** What a reader must know of the fit. */
  readonly notes: readonly string[]
}

/** The title of a fit: regular buyers are of some k, and those of k = 1 are not regular. */
export function titleOfFit({ model, k }: Pick<Fitted, 'model' | 'k'>): string {
  if (model !== 'cnbd') return modelTitles[model]
  return `${modelTitles.cnbd} with k = ${k}${k === 1 ? `, which is ${modelTitles.mbgnbd}` : ''}`
}

interface Kind {
  readonly names: readonly string[]
  /** Which parameters are times: they take the unit of the data. */
  readonly times: readonly string[]
  likelihood(histories: Histories, k: number): (parameters: readonly number[]) => Slope
  /** Which parameters what is known of customers moves; undefined: none can be. */
  readonly moves?: Moves
  alive(fitted: Fitted, histories: Histories): Float64Array
  /** Who is `alive` may be known already. */
  expected(fitted: Fitted, histories: Histories, t: number, alive: () => Float64Array): Float64Array
  silent(fitted: Fitted, histories: Histories, t: number, alive: () => Float64Array): Float64Array
}

type Four<N extends string> = Readonly<Record<N, number>>
const as = <N extends string>({ parameters }: Fitted): Four<N> => parameters as Four<N>
type Bg = 'r' | 'alpha' | 'a' | 'b'
type Pareto = 'r' | 'alpha' | 's' | 'beta'
type Bgbb = 'alpha' | 'beta' | 'gamma' | 'delta'

const geometric = (shift: Shift): Kind => ({
  names: ['r', 'alpha', 'a', 'b'],
  times: ['alpha'],
  likelihood: (histories) => bgLikelihood(histories, shift),
  moves: { purchase: 'alpha', dropout: 'a', dropoutSign: 1 },
  alive: (fitted, histories) => bgAlive(as<Bg>(fitted), shift, histories),
  expected: (fitted, histories, t, known) => bgExpected(as<Bg>(fitted), shift, histories, t, known()),
  silent: (fitted, histories, t, known) => bgSilent(as<Bg>(fitted), shift, histories, t, known()),
})

const kinds: Readonly<Record<ModelName, Kind>> = {
  bgnbd: geometric(0),
  mbgnbd: geometric(1),
  pareto: {
    names: ['r', 'alpha', 's', 'beta'],
    times: ['alpha', 'beta'],
    likelihood: paretoLikelihood,
    moves: { purchase: 'alpha', dropout: 'beta', dropoutSign: -1 },
    alive: (fitted, histories) => paretoAlive(as<Pareto>(fitted), histories),
    expected: (fitted, histories, t, known) => paretoExpected(as<Pareto>(fitted), histories, t, known()),
    silent: (fitted, histories, t, known) => paretoSilent(as<Pareto>(fitted), histories, t, known()),
  },
  cnbd: {
    names: ['r', 'alpha', 'a', 'b'],
    times: ['alpha'],
    likelihood: cnbdLikelihood,
    alive: (fitted, histories) => cnbdAlive(as<Bg>(fitted), fitted.k, histories),
    expected: (fitted, histories, t) => cnbdExpected(as<Bg>(fitted), fitted.k, histories, t),
    silent: (fitted, histories, t) => cnbdSilent(as<Bg>(fitted), fitted.k, histories, t),
  },
  bgbb: {
    names: ['alpha', 'beta', 'gamma', 'delta'],
    times: [],
    likelihood: bgbbLikelihood,
    alive: (fitted, histories) => bgbbAlive(as<Bgbb>(fitted), histories),
    expected: (fitted, histories, t) => bgbbExpected(as<Bgbb>(fitted), histories, t),
    silent: (fitted, histories, t) => bgbbSilent(as<Bgbb>(fitted), histories, t),
  },
}

const movesOf = ({ model }: Fitted): Moves | undefined => kinds[model].moves

/** Whether the model can take account of what is known of customers. */
export const takesCovariates = (model: ModelName): boolean => kinds[model].moves !== undefined

export const parameterNames = (model: ModelName): readonly string[] => kinds[model].names

/** Regular buyers are looked for up to Erlang-6. */
export const MOST_K = 6

/**
 * Fit a model by maximum likelihood. `histories` may be collapsed patterns with weights (see collapse). Throws
 * CustError('model') where nobody bought again, or where the likelihood has no maximum that a number could name.
 */
export function fitModel(model: ModelName, histories: Histories): Fitted {
  const customers = totalWeight(histories)
  if (!histories.x.some((x, row) => x > 0 && weightOf(histories, row) > 0)) {
    throw noRepeats(model, customers)
  }
  if (model !== 'cnbd') return fittedOf(model, histories, 1)
  let best = fittedOf(model, histories, 1)
  // The likelihood has one hill over k: regular buyers are more and more regular up to a point.
  for (let k = 2; k <= MOST_K; k++) {
    const next = fittedOf(model, histories, k)
    if (next.logLikelihood <= best.logLikelihood) break
    best = next
  }
  return best
}

function noRepeats(model: ModelName, customers: number): CustError {
  const who =
    customers === 1 ? 'the only customer did not buy' : `none of ${wholeText(customers)} customers bought`
  const [when, hint] =
    model === 'bgbb'
      ? ['in a later period that is over', 'use a longer export, a shorter --unit, or another --model']
      : ['on a second day', 'use a longer export, or a later --as-of']
  return new CustError('model', `${who} ${when}, so no model of repeat purchase can be fitted`, hint)
}

function fittedOf(model: ModelName, histories: Histories, k: number): Fitted {
  const { names, times, likelihood, moves } = kinds[model]
  // Time is measured in the longest observation, so that no parameter is far from 1 because of its unit.
  const longest = times.length > 0 ? Math.max(greatestOf(histories.T), Number.MIN_VALUE) : 1
  const scaled = longest === 1 ? histories : inUnit(histories, longest)
  const start = names.map((name) => (times.includes(name) ? 0.1 * k : 1))
  const plain = maximise(likelihood(scaled, k), nearStart(scaled), start)
  /** Of many patterns some lead near the maximum of all; where these are too few to have one, from the beginning. */
  function nearStart(all: Histories): readonly number[] {
    if (all.x.length < MANY) return start
    const some = maximise(likelihood(everyTenth(all), k), start)
    return some.unbounded.length > 0 ? start : some.parameters
  }
  const grouped =
    scaled.groups && moves ? withEffects(scaled, { likelihood, moves, plain, start }) : undefined
  const found = grouped?.maximum ?? plain
  const parameters = names.map((name, i) => [
    name,
    (found.parameters[i] as number) * (times.includes(name) ? longest : 1),
  ])
  // Densities of purchase times take the unit of time to the power of their number.
  const repeats = times.length === 0 ? 0 : sumOfProducts(histories.x, histories.weight)
  return {
    model,
    parameters: Object.fromEntries(parameters),
    k,
    covariance: found.covariance ?? null,
    logLikelihood: found.value - repeats * Math.log(longest),
    customers: totalWeight(histories),
    patterns: histories.x.length,
    iterations: found.iterations,
    notes: notesOf([...names, ...(grouped?.names ?? [])], names.length, found),
    ...(grouped ? { effects: grouped.effects, gain: found.value - plain.value } : {}),
  }
}

const MANY = 20_000

const everyTenth = (histories: Histories): Histories =>
  pickHistories(
    histories,
    Uint32Array.from({ length: Math.ceil(histories.x.length / 10) }, (_, i) => 10 * i),
  )

function inUnit(histories: Histories, unit: number): Histories {
  const { tx, T, x, logGaps } = histories
  return {
    ...histories,
    tx: inUnits(tx, unit),
    T: inUnits(T, unit),
    logGaps: logGaps?.map((each, row) => each - (x[row] as number) * Math.log(unit)),
  }
}

function inUnits(times: Float64Array, unit: number): Float64Array {
  const scaled = new Float64Array(times.length)
  for (let row = 0; row < times.length; row++) scaled[row] = (times[row] as number) / unit
  return scaled
}

/** `names` are those of the parameters, then those of the effects. */
function notesOf(names: readonly string[], parameters: number, { unbounded, covariance }: Maximum): string[] {
  const which = (are: (i: number) => boolean) =>
    unbounded
      .filter(are)
      .map((i) => names[i])
      .join(' and ')
  const [own, ofEffects] = [which((i) => i < parameters), which((i) => i >= parameters)]
  const notes = [
    ...(own
      ? [`no difference between customers can be seen in ${own}, which grow or shrink without bound`]
      : []),
    ...(ofEffects
      ? [`nothing in the data holds the effects ${ofEffects}, which grow or shrink without bound`]
      : []),
  ]
  if (notes.length > 0) return [`${notes.join('; ')}; predictions hold, standard errors do not`]
  return covariance ? [] : ['the likelihood is flat at its maximum; predictions hold, standard errors do not']
}

/** Probability of being a customer still, by row. */
export const alive = (fitted: Fitted, histories: Histories): Float64Array =>
  byGroup(fitted, movesOf(fitted), histories, aliveOnce)

interface Alive {
  readonly histories: Histories
  readonly alive: Float64Array
}

const aliveKnown = new WeakMap<Fitted, Alive>()

/** Whatever is asked of a fit and the same histories begins with who is a customer still. */
function aliveOnce(fitted: Fitted, histories: Histories): Float64Array {
  const known = aliveKnown.get(fitted)
  if (known?.histories === histories) return known.alive
  const alive = kinds[fitted.model].alive(fitted, histories)
  aliveKnown.set(fitted, { histories, alive })
  return alive
}

/** Expected purchases in the next t, by row. */
export function expected(fitted: Fitted, histories: Histories, t: number): Float64Array {
  if (!(t > 0)) return new Float64Array(histories.x.length)
  const { expected: of } = kinds[fitted.model]
  return byGroup(fitted, movesOf(fitted), histories, (fit, some) =>
    of(fit, some, t, () => aliveOnce(fit, some)),
  )
}

/** Probability of no purchase in the next t, by row. */
export function silent(fitted: Fitted, histories: Histories, t: number): Float64Array {
  if (!(t > 0)) return new Float64Array(histories.x.length).fill(1)
  const { silent: of } = kinds[fitted.model]
  return byGroup(fitted, movesOf(fitted), histories, (fit, some) =>
    of(fit, some, t, () => aliveOnce(fit, some)),
  )
}

const NEW: Histories = { x: new Float64Array(1), tx: new Float64Array(1), T: new Float64Array(1) }

/** Expected repeat purchases in the first t of a customer, of a group, who has just bought for the first time. */
export function expectedNew(fitted: Fitted, t: number, known?: Omit<Groups, 'of'>, group = 0): number {
  const groups = known && { ...known, of: Float64Array.of(group) }
  return expected(fitted, { ...NEW, groups }, t)[0] as number
}

/** Probability of n purchases in the first t of a new customer, by BG/NBD or MBG/NBD. */
export function countProbability(fitted: Fitted, n: number, t: number): number {
  const shift = fitted.model === 'bgnbd' ? 0 : 1
  if (fitted.model !== 'bgnbd' && fitted.model !== 'mbgnbd')
    throw new RangeError(`no count distribution of ${modelTitles[fitted.model]}`)
  return bgCount(as<Bg>(fitted), shift, n, t)
}

export interface Discounting {
  /** Continuous rate per unit of time. */
  readonly rate: number
  /** How far ahead. */
  readonly horizon: number
}

/** Expected purchases are smooth and concave in time, so that few nodes give their mean. */
const DISCOUNT_NODES = 6
/** Where the discount itself is large, it is no longer smooth on the scale of the horizon. */
const [LARGE_DISCOUNT, MORE_NODES] = [1, 24]

/**
 * Expected purchases up to the horizon, each discounted to now, by row: e^(-d H) E(H) + d times the integral of
 * e^(-d t) E(t), by parts, for any model.
 */
export function discounted(
  fitted: Fitted,
  histories: Histories,
  { rate, horizon }: Discounting,
): Float64Array {
  return byGroup(fitted, movesOf(fitted), histories, (fit, some) => {
    const kind = kinds[fit.model]
    // Who is a customer still does not depend on how far ahead is looked.
    const alive = () => aliveOnce(fit, some)
    const total = kind.expected(fit, some, horizon, alive)
    if (rate === 0) return total
    const { nodes, weights } = gaussLegendre(rate * horizon > LARGE_DISCOUNT ? MORE_NODES : DISCOUNT_NODES)
    const atEnd = Math.exp(-rate * horizon)
    for (let row = 0; row < total.length; row++) total[row] = atEnd * (total[row] as number)
    nodes.forEach((node, i) => {
      const t = horizon * node
      addTimes(
        total,
        rate * horizon * (weights[i] as number) * Math.exp(-rate * t),
        kind.expected(fit, some, t, alive),
      )
    })
    return total
  })
}

function addTimes(sums: Float64Array, weight: number, values: Float64Array): void {
  for (let row = 0; row < sums.length; row++)
    sums[row] = (sums[row] as number) + weight * (values[row] as number)
}

/**
 * Discounted expected residual transactions (DERT): purchases still to come for ever, each discounted to now at a
 * continuous rate per unit of time, by row. The BG/BB discounts by whole periods. Throws RangeError where the rate is
 * not positive: without discount there may be no end to them.
 */
export function discountedForever(fitted: Fitted, histories: Histories, rate: number): Float64Array {
  if (!(rate > 0)) throw new RangeError(`discountedForever requires a rate > 0, got ${rate}`)
  return byGroup(fitted, movesOf(fitted), histories, (fit, some) => {
    if (fit.model === 'pareto') return paretoForever(as<Pareto>(fit), some, rate)
    if (fit.model === 'bgbb') return bgbbForever(as<Bgbb>(fit), some, Math.expm1(rate))
    if (fit.model !== 'cnbd') return bgForever(as<Bg>(fit), fit.model === 'bgnbd' ? 0 : 1, some, rate)
    return fit.k === 1 ? bgForever(as<Bg>(fit), 1, some, rate) : byParts(fit, some, rate)
  })
}

/** rate x the integral of e^(-rate t) E(t), by the trapezoidal rule over ln t. */
function byParts(fitted: Fitted, histories: Histories, rate: number): Float64Array {
  const sum = new Float64Array(histories.x.length)
  for (let y = LOWEST; y <= HIGHEST; y += PART) {
    const u = Math.exp(y)
    expected(fitted, histories, u / rate).forEach((each, row) => {
      sum[row] = (sum[row] as number) + PART * u * Math.exp(-u) * each
    })
  }
  return sum
}

/** ln of rate x t, where what lies below and above no longer counts. */
const [LOWEST, HIGHEST, PART] = [-22, 3.6, 0.2]
