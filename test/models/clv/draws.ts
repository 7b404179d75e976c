/** Draws from the distributions that the models of repeat purchase are made of. */
import type { Random } from '../../../src/models/random.ts'

/** Standard normal (Box, Muller 1958). */
export function normalOf(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}

export const exponentialOf = (random: Random, rate: number): number => -Math.log(1 - random()) / rate

/** Gamma of a shape and a rate (Marsaglia, Tsang 2000). */
export function gammaOf(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gammaOf(random, shape + 1, rate) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = normalOf(random)
    const v = (1 + c * normal) ** 3
    if (v <= 0) continue
    if (Math.log(1 - random()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return (d * v) / rate
  }
}

export function betaOf(random: Random, a: number, b: number): number {
  const [one, other] = [gammaOf(random, a, 1), gammaOf(random, b, 1)]
  return one / (one + other)
}
