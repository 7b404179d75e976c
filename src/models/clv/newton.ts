/** Maximum likelihood by damped Newton steps with the exact Hessian; positive parameters by their logarithms. */
import { CustError } from '../../core/errors.ts'
import { inverse, solve } from '../matrix.ts'

/** A log-likelihood with its derivatives by the parameters themselves; Hessian row by row. */
export interface Slope {
  readonly value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

export interface Maximum {
  readonly parameters: readonly number[]
  readonly value: number
  /** Covariance of the logarithms of the parameters, row by row; undefined where the data do not fix them. */
  readonly covariance: readonly (readonly number[])[] | undefined
  readonly iterations: number
  /** Parameters that grow or shrink without bound: their place in the list. */
  readonly unbounded: readonly number[]
}

const MOST_ITERATIONS = 200
const MOST_STEP = 2
/** A parameter e^12 times its start is on its way to infinity. */
const FAR = 12
/** Where the logarithm of a parameter has such a standard error, its interval is from next to nothing to anything. */
const LOOSE = 20
/** Of twice the log-likelihood: a hundredth of what one parameter is worth at the level of 95 %, and less. */
const LITTLE = 1e-2
/** The maximum is reached where less is to be gained: parameters are within 1e-6 standard errors. */
const ENOUGH = 1e-12
/** The same where some are far, and rounding hides more. */
const NEARLY = 1e-7
/** With so little damping a step is Newton's. */
const LIGHT = 1e-2
/** Steps are Newton's own within a hundredth of a standard error. */
const NEAR = 1e-4
const MOST_DAMPING = 1e12
/** A likelihood is a sum: so much of it is rounding, or of many terms some times as much. */
const ROUNDING = 1e-13
const HIDING = 1e3

/**
 * Maximise over positive parameters, by their logarithms, from a start. Throws as `climb` does. `origin` is what
 * parameters are far from when they grow without bound, where the start is near the maximum already.
 */
export function maximise(
  slopeAt: (parameters: readonly number[]) => Slope,
  start: readonly number[],
  origin = start,
): Maximum {
  const logs = (parameters: readonly number[]) => parameters.map(Math.log)
  const found = climb((at) => byLogs(slopeAt(at.map(Math.exp)), at.map(Math.exp)), logs(start), logs(origin))
  return { ...found, parameters: found.at.map(Math.exp) }
}

export interface Peak extends Omit<Maximum, 'parameters'> {
  readonly at: readonly number[]
}

/**
 * Maximise over coordinates of which each may be any number. Throws CustError('model') where the likelihood is not
 * finite or does not rise from the start, with the coordinates reached: a table of meaningless numbers is never an
 * answer.
 */
export function climb(
  slopeAt: (at: readonly number[]) => Slope,
  start: readonly number[],
  origin = start,
): Peak {
  const size = start.length
  let at = start
  let here = slopeAt(at)
  if (!Number.isFinite(here.value)) throw stuck('the likelihood is not a number at the start', at)
  let [damping, iterations, before] = [1e-3, 0, 0]
  let loose: readonly number[] = []
  let lastStep: readonly number[] = []
  let best = { at, here }
  // What is on its way to infinity is held where it is far enough; the others go on to their maximum beside it.
  let free: readonly number[] = [...start.keys()]
  const runaway = new Set<number>()
  /** Answers whether there is any other. */
  const hold = (held: readonly number[], there: readonly number[], without: readonly number[]): boolean => {
    at = there
    here = slopeAt(at)
    free = free.filter((i) => !held.includes(i))
    for (const i of without) runaway.add(i)
    ;[damping, before, loose] = [1e-3, 0, []]
    return free.length > 0
  }
  for (; iterations < MOST_ITERATIONS && damping <= MOST_DAMPING; iterations++) {
    const step = stepOf(here, damping, free)
    const next = step && at.map((each, i) => each + (step[i] as number))
    const there = next && slopeAt(next)
    // Twice what is still to be gained: the distance to the maximum in standard errors, squared.
    const left = step?.reduce((sum, each, i) => sum + each * (here.gradient[i] as number), 0) ?? 0
    const rounding = ROUNDING * Math.abs(here.value)
    // Whether the value rises by so little cannot be seen; Newton's own step is taken all the same, and is the last.
    const hidden = damping < LIGHT && left < rounding
    if (!there || !(there.value >= here.value - (hidden ? HIDING : 1) * rounding)) {
      // On the way to infinity the derivatives are differences of large numbers in the end.
      if (free.length < size && left < NEARLY) break
      if (loose.length === 0) {
        damping *= 10
        continue
      }
      const far = leap(slopeAt, { at, value: here.value, origin, step: lastStep, loose })
      if (far && hold([far.held], far.at, loose)) continue
      break
    }
    loose = damping < LIGHT ? looseIn(step, left) : []
    lastStep = step
    ;[at, here] = [next, there]
    if (here.value > best.here.value) best = { at, here }
    const beyond = free.filter((i) => Math.abs((next[i] as number) - (origin[i] as number)) > FAR)
    if (beyond.length > 0) {
      const far = upTo(beyond, { at, origin, step })
      if (hold(far.held, far.at, [...beyond, ...loose])) continue
      break
    }
    if (damping < 1 && (left < ENOUGH || leftAfter(left, before, damping) < ENOUGH / 100)) break
    if (hidden) break
    before = left
    damping = Math.max(damping / 10, 1e-12)
  }
  if (iterations === MOST_ITERATIONS && loose.length === 0 && free.length === size)
    throw stuck(`no maximum was reached in ${MOST_ITERATIONS} steps`, at)
  // Far away the value may be lower than it was on the way.
  if (here.value < best.here.value - LITTLE) ({ at, here } = best)
  const isFar = (i: number) => Math.abs((at[i] as number) - (origin[i] as number)) > FAR - MOST_STEP
  const unbounded = [...at.keys()].filter((i) => runaway.has(i) || loose.includes(i) || isFar(i))
  const covariance = unbounded.length > 0 ? undefined : inverse(negative(here.hessian), size)
  return { at, value: here.value, covariance, iterations, unbounded }
}

interface OnTheWay {
  /** After the step. */
  readonly at: readonly number[]
  readonly origin: readonly number[]
  readonly step: readonly number[]
}

/** Back on a step to where the first coordinate went beyond, with all others: on a ridge they rise together. */
function upTo(
  beyond: readonly number[],
  { at, origin, step }: OnTheWay,
): { readonly at: readonly number[]; readonly held: readonly number[] } {
  const backOf = (i: number) =>
    (Math.abs((at[i] as number) - (origin[i] as number)) - FAR) / Math.abs(step[i] as number)
  const back = Math.min(1, Math.max(...beyond.map(backOf)))
  const held = beyond.filter((i) => backOf(i) >= back)
  return {
    at: at.map((each, i) =>
      held.includes(i) ? farFrom(origin[i] as number, each) : each - back * (step[i] as number),
    ),
    held,
  }
}

interface Leaping extends OnTheWay {
  /** Where it is. */
  readonly value: number
  readonly loose: readonly number[]
}

/**
 * The rest of the way to where a coordinate is far enough, alone or with all others in the direction of the last step;
 * undefined where the value falls on it.
 */
function leap(
  slopeAt: (at: readonly number[]) => Slope,
  { at, value, origin, step, loose }: Leaping,
): { readonly at: readonly number[]; readonly held: number } | undefined {
  const held = loose.reduce((one, next) =>
    Math.abs(step[next] as number) > Math.abs(step[one] as number) ? next : one,
  )
  const own = step[held] as number
  const goal = (origin[held] as number) + Math.sign(own) * FAR
  const times = (goal - (at[held] as number)) / own
  const alone = at.map((each, i) => (i === held ? goal : each))
  const along = at.map((each, i) => (i === held ? goal : each + times * (step[i] as number)))
  const [best] = [alone, along]
    .map((there) => ({ at: there, held, value: slopeAt(there).value }))
    .filter((each) => each.value >= value - LITTLE)
    .sort((one, next) => next.value - one.value)
  return best
}

const farFrom = (origin: number, at: number): number => origin + Math.sign(at - origin) * FAR

/**
 * Coordinates that a step moves by far more than its gain is worth: as the square of a step is at most its variance
 * times what is left (Cauchy, Schwarz), their standard errors are greater than LOOSE.
 */
function looseIn(step: readonly number[], left: number): number[] {
  if (!(left < LITTLE)) return []
  return [...step.keys()].filter((i) => (step[i] as number) ** 2 > LOOSE ** 2 * left)
}

/**
 * What the next step would find left. Near the maximum Newton's distance to it is squared with each step, but for the
 * damping, by which it shrinks at least.
 */
function leftAfter(left: number, before: number, damping: number): number {
  if (!(left < NEAR && before > left)) return Number.POSITIVE_INFINITY
  return Math.max(left ** 3 / before ** 2, damping ** 2 * left)
}

function stuck(what: string, at: readonly number[]): CustError {
  const shown = at.map((log) => Number(Math.exp(log).toPrecision(4))).join(', ')
  return new CustError('model', `the model cannot be fitted: ${what} (parameters ${shown})`)
}

/** Derivatives by the logarithms: g_i p_i, and H_ij p_i p_j with g_i p_i more on the diagonal. */
export function byLogs({ value, gradient, hessian }: Slope, parameters: readonly number[]): Slope {
  const size = parameters.length
  const [slope, curve] = [new Float64Array(size), new Float64Array(size * size)]
  for (let i = 0; i < size; i++) {
    slope[i] = (gradient[i] as number) * (parameters[i] as number)
    for (let j = 0; j < size; j++) {
      const own = i === j ? (slope[i] as number) : 0
      curve[i * size + j] =
        (hessian[i * size + j] as number) * (parameters[i] as number) * (parameters[j] as number) + own
    }
  }
  return { value, gradient: slope, hessian: curve }
}

/** Levenberg's step: the Hessian is made heavier on its diagonal until it is that of a hill. Only some are moved. */
function stepOf(
  { gradient, hessian }: Slope,
  damping: number,
  free: readonly number[],
): number[] | undefined {
  const size = gradient.length
  const hill = Float64Array.from(free.flatMap((i) => free.map((j) => -(hessian[i * size + j] as number))))
  for (let i = 0; i < free.length; i++) {
    const own = i * free.length + i
    hill[own] = (hill[own] as number) + damping * Math.max(Math.abs(hill[own] as number), 1e-8)
  }
  const found = solve(
    hill,
    Float64Array.from(free, (i) => gradient[i] as number),
  )
  if (!found) return undefined
  const longest = Math.max(...found.map(Math.abs))
  const part = longest > MOST_STEP ? MOST_STEP / longest : 1
  const step = new Array<number>(size).fill(0)
  free.forEach((i, place) => {
    step[i] = part * (found[place] as number)
  })
  return step
}

/** The half above the diagonal is worked out; the other is the same. */
export function mirrored({ value, gradient, hessian }: Slope): Slope {
  const size = gradient.length
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) hessian[size * i + j] = hessian[size * j + i] as number
  return { value, gradient, hessian }
}

const negative = (matrix: Float64Array): Float64Array => matrix.map((each) => -each)
