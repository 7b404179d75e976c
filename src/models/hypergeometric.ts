/** Drawing without putting back: of `total` baskets `marked` hold one thing, and `drawn` are looked at. */

export interface Urn {
  readonly total: number
  readonly marked: number
  readonly drawn: number
}

/** The smallest and the largest count that can come out. */
const least = ({ total, marked, drawn }: Urn): number => Math.max(0, drawn + marked - total)
const most = ({ marked, drawn }: Urn): number => Math.min(marked, drawn)

/** P(X = count). By saddle points, so that no digits are lost among large numbers (Loader 2000). */
export function hypergeometric(count: number, urn: Urn): number {
  if (count < least(urn) || count > most(urn)) return 0
  const { total, marked, drawn } = urn
  if (drawn === 0 || drawn === total) return 1
  const p = drawn / total
  return Math.exp(
    logBinomial(count, marked, p) +
      logBinomial(drawn - count, total - marked, p) -
      logBinomial(drawn, total, p),
  )
}

/** P(X >= count): Fisher's exact test of "more often together than by chance". Time: the deviations it sums over. */
export function upperTail(count: number, urn: Urn): number {
  const [low, high] = [least(urn), most(urn)]
  if (count <= low) return 1
  if (count > high) return 0
  const { total, marked, drawn } = urn
  const mean = (marked * drawn) / total
  // The tail that is short: terms fall from its first one on.
  if (count > mean) return sumOf(count, high, urn)
  return Math.max(0, 1 - sumDown(count - 1, low, urn))
}

const NO_MORE = 1e-18

function sumOf(from: number, high: number, urn: Urn): number {
  const { total, marked, drawn } = urn
  let term = 1
  let sum = 1
  for (let x = from; x < high && term > NO_MORE * sum; x++) {
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (total - marked - drawn + x + 1))
    sum += term
  }
  return Math.min(1, hypergeometric(from, urn) * sum)
}

function sumDown(from: number, low: number, urn: Urn): number {
  const { total, marked, drawn } = urn
  let term = 1
  let sum = 1
  for (let x = from; x > low && term > NO_MORE * sum; x--) {
    term *= (x * (total - marked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1))
    sum += term
  }
  return Math.min(1, hypergeometric(from, urn) * sum)
}

/** The smallest count with P(X <= count) >= share. */
export function hypergeometricQuantile(share: number, urn: Urn): number {
  let [low, high] = [least(urn), most(urn)]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (1 - upperTail(middle + 1, urn) >= share) high = middle
    else low = middle + 1
  }
  return low
}

// Logarithms of binomials ------------------------------------------------------------------------------

/** log P(X = x) of x successes in n trials (Loader 2000, Fast and accurate computation of binomial probabilities). */
function logBinomial(x: number, n: number, p: number): number {
  if (x === 0) return n * Math.log1p(-p)
  if (x === n) return n * Math.log(p)
  const corrections = stirlingError(n) - stirlingError(x) - stirlingError(n - x)
  const deviances = deviance(x, n * p) + deviance(n - x, n * (1 - p))
  return corrections - deviances + 0.5 * Math.log(n / (2 * Math.PI * x * (n - x)))
}

/** log n! less Stirling's formula. */
function stirlingError(n: number): number {
  if (n < exactErrors.length) return exactErrors[n] as number
  const inverse = 1 / (n * n)
  return (1 / 12 - (1 / 360 - (1 / 1260 - inverse / 1680) * inverse) * inverse) / n
}

const exactErrors = errorsUpTo(80)

function errorsUpTo(count: number): Float64Array {
  const errors = new Float64Array(count)
  let logFactorial = 0
  for (let n = 1; n < count; n++) {
    logFactorial += Math.log(n)
    errors[n] = logFactorial - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n)
  }
  return errors
}

/** x log(x / mean) + mean - x, without the loss of digits where both are alike. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x
  const v = (x - mean) / (x + mean)
  let sum = (x - mean) * v
  let term = 2 * x * v
  for (let j = 1; ; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) return next
    sum = next
  }
}
