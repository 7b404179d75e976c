/** The standard normal distribution, exact to the last digits in both tails. */

const SQRT_2PI = Math.sqrt(2 * Math.PI)

/**
 * P(Z > z). Near the middle by the series of Marsaglia (2004, "Evaluating the normal distribution"), in the tail by
 * the continued fraction of Laplace, so that small values keep their digits.
 */
export function normalAbove(z: number): number {
  if (z < 0) return 1 - normalAbove(-z)
  const density = Math.exp((-z * z) / 2) / SQRT_2PI
  if (z < MIDDLE) {
    let [term, sum, n] = [z, z, 1]
    while (Math.abs(term) > 1e-17 * sum) {
      n += 2
      term *= (z * z) / n
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = z
  for (let n = TERMS; n > 0; n--) fraction = z + n / fraction
  return density / fraction
}

const MIDDLE = 2.5
const TERMS = 120

type Polynomial = readonly number[]

const at = (coefficients: Polynomial, x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0)

/** Numerators and denominators of algorithm AS 241 (Wichura 1988, PPND16), the constant term first. */
const CENTRE: readonly [Polynomial, Polynomial] = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
]
const NEAR: readonly [Polynomial, Polynomial] = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
]
const FAR: readonly [Polynomial, Polynomial] = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
]

/** The z that a standard normal is above with probability p, 0 < p < 1. */
export function normalQuantileAbove(p: number): number {
  const q = 0.5 - p
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * at(CENTRE[0], r)) / at(CENTRE[1], r)
  }
  const r = Math.sqrt(-Math.log(q < 0 ? 1 - p : p))
  const [top, bottom] = r <= 5 ? NEAR : FAR
  const z = at(top, r - (r <= 5 ? 1.6 : 5)) / at(bottom, r - (r <= 5 ? 1.6 : 5))
  return q < 0 ? -z : z
}
