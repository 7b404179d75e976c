/** Seeded chance: the same seed gives the same draws on every machine. */

/** Numbers in [0, 1). */
export type Random = () => number

/** Tommy Ettinger's mulberry32: 32 bits of state, good enough to draw customers by. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

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

/** Poisson, by waiting times; a large mean in parts (a sum of Poissons is one). */
export function poissonOf(random: Random, mean: number): number {
  if (mean > MOST_AT_ONCE) return poissonOf(random, mean / 2) + poissonOf(random, mean / 2)
  const least = Math.exp(-mean)
  let [count, product] = [0, random()]
  for (; product > least; count++) product *= random()
  return count
}

const MOST_AT_ONCE = 64
