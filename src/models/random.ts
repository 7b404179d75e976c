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

/** Poisson, by waiting times; a large mean in parts (a sum of Poissons is one). */
export function poissonOf(random: Random, mean: number): number {
  if (mean > MOST_AT_ONCE) return poissonOf(random, mean / 2) + poissonOf(random, mean / 2)
  const least = Math.exp(-mean)
  let [count, product] = [0, random()]
  for (; product > least; count++) product *= random()
  return count
}

const MOST_AT_ONCE = 64
