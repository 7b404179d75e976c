/** Tails of Student's t, F and chi-squared, to some 1e-12 relative, and the points that cut them off. */
import { lnGamma } from './clv/special.ts'
import { normalQuantileAbove } from './normal.ts'

const HALF_LN_TWO_PI = 0.9189385332046728
const TINY = 1e-300
/** Continued fractions take some sqrt(a) steps near the middle of a distribution. */
const MOST_STEPS = 1_000_000
/** From here on the parts of Stirling's formula are taken one by one, as whole logarithms would cancel. */
const LARGE = 10

/** ln Gamma(x) less the main part of Stirling's formula, for x >= 10 (Abramowitz and Stegun 6.1.41). */
function stirlingRest(x: number): number {
  const square = 1 / (x * x)
  const tail = 1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))
  return (1 / x) * (1 / 12 - square * (1 / 360 - square * tail))
}

/** ln B(a, b) without the cancellation of three large logarithms. */
function lnBeta(a: number, b: number): number {
  const [large, small] = a > b ? [a, b] : [b, a]
  if (large < LARGE) return lnGamma(large) + lnGamma(small) - lnGamma(large + small)
  const sum = large + small
  const rest = stirlingRest(large) - stirlingRest(sum) - (large - 0.5) * Math.log1p(small / large)
  if (small < LARGE) return lnGamma(small) + rest - small * Math.log(sum) + small
  const own = small * Math.log(small / sum) - 0.5 * Math.log(small)
  return rest + own + HALF_LN_TWO_PI + stirlingRest(small)
}

const logOf = (x: number, oneLess: number): number => (oneLess < 0.5 ? Math.log1p(-oneLess) : Math.log(x))

/** The regularised incomplete beta function I_x(a, b), with y = 1 - x as exact as x (DLMF 8.17.22). */
function betaBelow(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(y, x, b, a)
  const front = Math.exp(a * logOf(x, y) + b * logOf(y, x) - lnBeta(a, b)) / a
  const step = (m: number): readonly [number, number] => [
    (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
    (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
  ]
  return front * continued((n) => step(n >> 1)[n & 1] as number)
}

/** 1 / (1 + d1 / (1 + d2 / ...)) by the method of Lentz (Thompson and Barnett 1986). */
function continued(part: (n: number) => number): number {
  let [d, c, value] = [0, 1, 1]
  for (let n = 1; n < MOST_STEPS; n++) {
    const numerator = part(n)
    const down = 1 + numerator * d
    d = 1 / (Math.abs(down) < TINY ? TINY : down)
    const up = 1 + numerator / c
    c = Math.abs(up) < TINY ? TINY : up
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return 1 / value
}

// Student's t ----------------------------------------------------------------------------------------

/** P(|T| > |t|). */
export function tOutside(t: number, degrees: number): number {
  const square = t * t
  if (!(square < Number.POSITIVE_INFINITY)) return Number.isNaN(square) ? Number.NaN : 0
  const whole = degrees + square
  return betaBelow(degrees / whole, square / whole, degrees / 2, 0.5)
}

/** The t that is exceeded with probability p, 0 < p < 1. */
export function tQuantileAbove(p: number, degrees: number): number {
  if (p > 0.5) return -tQuantileAbove(1 - p, degrees)
  if (p === 0.5) return 0
  // The tail is convex, and the normal's is thinner: steps of Newton from its point come from one side.
  let t = normalQuantileAbove(p)
  for (let step = 0; step < 500; step++) {
    const better = t + (tOutside(t, degrees) / 2 - p) / tDensity(t, degrees)
    if (!(better > t * (1 + 1e-15))) break
    t = better
  }
  return t
}

const tDensity = (t: number, degrees: number): number =>
  Math.exp(
    -lnBeta(degrees / 2, 0.5) - 0.5 * Math.log(degrees) - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees),
  )

// F and chi-squared ----------------------------------------------------------------------------------

/** P(F > f). */
export function fAbove(f: number, above: number, below: number): number {
  if (f === Number.POSITIVE_INFINITY) return 0
  const whole = below + above * f
  return betaBelow(below / whole, (above * f) / whole, below / 2, above / 2)
}

/** P(X > x) of a chi-squared. */
export function chiSquaredAbove(x: number, degrees: number): number {
  if (x <= 0) return 1
  const [a, half] = [degrees / 2, x / 2]
  return half < a + 1 ? 1 - gammaSeries(a, half) : gammaFraction(a, half)
}

/** x^a e^-x / Gamma(a + 1). */
function gammaTerm(a: number, x: number): number {
  if (a < LARGE) return Math.exp(a * Math.log(x) - x - lnGamma(a + 1))
  const off = (x - a) / a
  const distance = Math.abs(off) < 0.5 ? off - Math.log1p(off) : off - Math.log(x / a)
  return Math.exp(-a * distance - stirlingRest(a)) / Math.sqrt(2 * Math.PI * a)
}

/** The regularised lower incomplete gamma function by its series (DLMF 8.11.4). */
function gammaSeries(a: number, x: number): number {
  let [term, sum] = [1, 1]
  for (let n = 1; n < MOST_STEPS && term > 1e-17 * sum; n++) {
    term *= x / (a + n)
    sum += term
  }
  return gammaTerm(a, x) * sum
}

/** The upper one by Legendre's continued fraction (DLMF 8.9.2). */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let value = d
  for (let n = 1; n < MOST_STEPS; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return gammaTerm(a, x) * a * value
}

// Non-central chi-squared ----------------------------------------------------------------------------

/** P(X <= x) of a chi-squared whose mean is moved by `shift`: a Poisson mixture of central ones. */
export function shiftedChiSquaredBelow(x: number, degrees: number, shift: number): number {
  if (x <= 0) return 0
  const [mean, half] = [shift / 2, x / 2]
  const width = 10 * Math.sqrt(mean) + 40
  const [first, last] = [Math.max(0, Math.floor(mean - width)), Math.ceil(mean + width)]
  // From the top down every term is added to, so none cancels: P(a, x) = P(a + 1, x) + x^a e^-x / Gamma(a + 1).
  let below = 1 - chiSquaredAbove(x, degrees + 2 * last)
  let sum = 0
  for (let n = last; n >= first; n--) {
    if (n < last) below += gammaTerm(degrees / 2 + n, half)
    sum += below * (n === 0 ? Math.exp(-mean) : mean === 0 ? 0 : gammaTerm(n, mean))
  }
  return Math.min(1, sum)
}

/** The shift under which x is exceeded by all but a share of `below`; 0 where even without any it is rarer. */
export function chiSquaredShift(x: number, degrees: number, below: number): number {
  if (shiftedChiSquaredBelow(x, degrees, 0) <= below) return 0
  let [low, high] = [0, Math.max(1, x)]
  while (shiftedChiSquaredBelow(x, degrees, high) > below) high *= 2
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2
    if (shiftedChiSquaredBelow(x, degrees, middle) > below) low = middle
    else high = middle
  }
  return (low + high) / 2
}
