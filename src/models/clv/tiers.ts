/** Customers in tiers by the part of all value that the more valuable ones make up. */
import { greatestOf, sumOf } from '../sums.ts'

/** A is up to half of the value, B up to eight tenths. */
const [HALF, MOST] = [0.5, 0.8]
const BUCKETS = 1 << 14

/** 0, A: the customers who make up the first half of the value; 1, B: the next three tenths; 2, C: the rest. */
export function tiersOf(value: Float64Array): Uint8Array {
  const total = sumOf(value)
  const above = sumsOfGreater(value)
  const [half, most] = [above.least(HALF * total), above.least(MOST * total)]
  const tiers = new Uint8Array(value.length)
  for (let row = 0; row < tiers.length; row++) {
    const own = value[row] as number
    tiers[row] = own >= half ? 0 : own >= most ? 1 : 2
  }
  return tiers
}

/**
 * Values in buckets from small to great, each with its sum: only the buckets in which a limit is reached need be sorted,
 * and a sort of a million takes ten times as long as this.
 */
function sumsOfGreater(value: Float64Array) {
  const scale = BUCKETS / Math.min(Math.max(greatestOf(value), 1e-300), Number.MAX_VALUE)
  const bucketOf = (each: number) => Math.max(0, Math.min(BUCKETS - 1, Math.floor(each * scale)))
  const sums = new Float64Array(BUCKETS)
  const buckets = new Uint16Array(value.length)
  for (let row = 0; row < value.length; row++) {
    const bucket = bucketOf(value[row] as number)
    buckets[row] = bucket
    sums[bucket] = (sums[bucket] as number) + (value[row] as number)
  }
  const sortedIn = (bucket: number): Float64Array => {
    const own: number[] = []
    for (let row = 0; row < buckets.length; row++) if (buckets[row] === bucket) own.push(value[row] as number)
    return Float64Array.from(own).sort()
  }
  return {
    /** The least value of which all greater ones add up to less than a limit; infinite where none does. */
    least(limit: number): number {
      let [above, bucket] = [0, BUCKETS - 1]
      if (!(above < limit)) return Number.POSITIVE_INFINITY
      while (bucket > 0 && above + (sums[bucket] as number) < limit) above += sums[bucket--] as number
      const sorted = sortedIn(bucket)
      let least = Number.POSITIVE_INFINITY
      for (let i = sorted.length - 1; i >= 0 && above < limit; i--) {
        least = sorted[i] as number
        above += least
      }
      return least
    },
  }
}
