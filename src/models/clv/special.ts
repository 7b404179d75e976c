/** Functions of mathematical physics that the models of repeat purchase are made of, to about 1e-14 relative. */

/** From here on six terms of the asymptotic series are exact to a double; below, recurrences lead here. */
const LARGE = 10

const HALF_LN_TWO_PI = 0.9189385332046728

/** ln Gamma(x) for x > 0 (Abramowitz and Stegun 6.1.41, after 6.1.15). */
export function lnGamma(x: number): number {
  let at = x
  let product = 1
  while (at < LARGE) product *= at++
  const inverse = 1 / at
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square *
        (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360)))))
  return (at - 0.5) * Math.log(at) - at + HALF_LN_TWO_PI + series - Math.log(product)
}

/** The derivative of ln Gamma for x > 0 (Abramowitz and Stegun 6.3.18, after 6.3.5). */
export function digamma(x: number): number {
  let at = x
  let sum = 0
  while (at < LARGE) sum += 1 / at++
  const square = 1 / (at * at)
  const series =
    square *
    (1 / 12 -
      square *
        (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760)))))
  return Math.log(at) - 0.5 / at - series - sum
}

/** The second derivative of ln Gamma for x > 0 (Abramowitz and Stegun 6.4.12, after 6.4.6). */
export function trigamma(x: number): number {
  let at = x
  let sum = 0
  for (; at < LARGE; at++) sum += 1 / (at * at)
  const inverse = 1 / at
  const square = inverse * inverse
  const series =
    inverse *
    square *
    (1 / 6 -
      square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - square * (5 / 66 - (square * 691) / 2730)))))
  return inverse + 0.5 * square + series + sum
}

export const lnBeta = (a: number, b: number): number => lnGamma(a) + lnGamma(b) - lnGamma(a + b)

/** ln(e^a + e^b). */
export function logAddExp(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a]
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high))
}

/** ln(1 + e^x), without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** 1 / (1 + e^-x). */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** From here on the continued fraction converges within some dozens of terms. */
const FRACTION = 0.5
const MOST_TERMS = 10_000
const [PANEL, PANEL_NODES, FALLEN] = [2, 16, 45]

/**
 * e^y E_s(y), the integral from 1 to infinity of e^(-y (u - 1)) u^-s, for y > 0 and any s > 0: by Lentz's continued
 * fraction (Abramowitz and Stegun 5.1.22, even part), for small y by Gauss-Legendre over ln u, from where the
 * recurrence in s (5.1.14) leads up without loss.
 */
export function scaledExponentialIntegral(s: number, y: number): number {
  if (y >= FRACTION) return byFraction(s, y)
  const steps = Math.max(0, Math.floor(s - 1))
  let value = byPanels(s - steps, y)
  for (let i = 0; i < steps; i++) value = (1 - y * value) / (s - steps + i)
  return value
}

function byFraction(s: number, y: number): number {
  let b = y + s
  let [c, d] = [Number.MAX_VALUE, 1 / b]
  let fraction = d
  for (let i = 1; i < MOST_TERMS; i++) {
    const a = -i * (s - 1 + i)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return fraction
}

function byPanels(s: number, y: number): number {
  const end = Math.log1p(FALLEN / y)
  const panels = Math.ceil(end / PANEL)
  const width = end / panels
  const { nodes, weights } = gaussLegendre(PANEL_NODES)
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    nodes.forEach((node, i) => {
      const v = width * (panel + node)
      sum += width * (weights[i] as number) * Math.exp(-y * Math.expm1(v) - (s - 1) * v)
    })
  }
  return sum
}

/** Nodes in (0, 1) and their weights, which add up to 1. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

const rules = new Map<number, Quadrature>()

/** The Gauss-Legendre rule of n nodes, moved to (0, 1) (Newton's method from Abramowitz and Stegun 22.16.6). */
export function gaussLegendre(n: number): Quadrature {
  const known = rules.get(n)
  if (known) return known
  const [nodes, weights] = [new Float64Array(n), new Float64Array(n)]
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let [value, before] = [x, 1]
      for (let k = 2; k <= n; k++) [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value]
      slope = (n * (before - x * value)) / (1 - x * x)
      const change = value / slope
      x -= change
      if (Math.abs(change) < 1e-16) break
    }
    nodes[i] = (1 - x) / 2
    weights[i] = 1 / ((1 - x * x) * slope * slope)
  }
  const rule = { nodes, weights }
  rules.set(n, rule)
  return rule
}
