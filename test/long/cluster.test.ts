/** Clusters at scale: held to the best of twenty whole runs of another k-means, and to groups that were planted. */
import { describe, expect, test } from 'vitest'
import { clustersOf } from '../../src/models/cluster/kmeans.ts'
import { type Points, pointsOf } from '../../src/models/cluster/points.ts'
import { adjustedRand } from '../../src/models/cluster/quality.ts'
import { mulberry32, type Random } from '../../src/models/random.ts'

const WIDTH = 4

function normalOf(random: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Customers of eight kinds that overlap: logs of recency, orders, spend and tenure, each brought to one scale. */
function customers(seed: number, rows: number): Points {
  const random = mulberry32(seed)
  const normal = normalOf(random)
  const kinds = Array.from({ length: 8 }, () => ({
    weight: 0.5 + random(),
    middle: Array.from({ length: WIDTH }, () => 1.5 * normal()),
    spread: Array.from({ length: WIDTH }, () => 0.5 + random()),
  }))
  let all = 0
  const ends = kinds.map(({ weight }) => {
    all += weight
    return all
  })
  const columns = Array.from({ length: WIDTH }, () => new Float64Array(rows))
  for (let row = 0; row < rows; row++) {
    const left = random() * all
    const kind = kinds[ends.findIndex((end) => left <= end)] ?? (kinds[0] as (typeof kinds)[number])
    for (const [i, column] of columns.entries())
      column[row] = (kind.middle[i] as number) + (kind.spread[i] as number) * normal()
  }
  return pointsOf(columns)
}

/** Lloyd's algorithm from the seeds of Arthur and Vassilvitskii (2007), to the end; written for this test alone. */
function plainInertia({ rows, values }: Points, k: number, random: Random): number {
  const centres = new Float64Array(k * WIDTH)
  const nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
  const far = (row: number, c: number) => {
    let sum = 0
    for (let i = 0; i < WIDTH; i++)
      sum += ((values[WIDTH * row + i] as number) - (centres[WIDTH * c + i] as number)) ** 2
    return sum
  }
  let drawn = Math.floor(rows * random())
  for (let c = 0; c < k; c++) {
    centres.set(values.subarray(WIDTH * drawn, WIDTH * (drawn + 1)), WIDTH * c)
    let total = 0
    for (let row = 0; row < rows; row++) {
      nearest[row] = Math.min(nearest[row] as number, far(row, c))
      total += nearest[row] as number
    }
    let left = random() * total
    for (drawn = 0; drawn < rows - 1 && left > (nearest[drawn] as number); drawn++)
      left -= nearest[drawn] as number
  }
  let [before, inertia] = [Number.POSITIVE_INFINITY, Number.MAX_VALUE]
  // So small a part of it is left to gain when it gains no more than this at a time.
  while (before - inertia > 1e-7 * inertia) {
    before = inertia
    inertia = 0
    const [sums, sizes] = [new Float64Array(k * WIDTH), new Float64Array(k)]
    for (let row = 0; row < rows; row++) {
      let [best, least] = [0, Number.POSITIVE_INFINITY]
      for (let c = 0; c < k; c++) {
        const distance = far(row, c)
        if (distance < least) [best, least] = [c, distance]
      }
      inertia += least
      sizes[best] = (sizes[best] as number) + 1
      for (let i = 0; i < WIDTH; i++) {
        const at = WIDTH * best + i
        sums[at] = (sums[at] as number) + (values[WIDTH * row + i] as number)
      }
    }
    for (let at = 0; at < sums.length; at++) {
      const size = sizes[Math.floor(at / WIDTH)] as number
      if (size > 0) centres[at] = (sums[at] as number) / size
    }
  }
  return inertia
}

describe.each([
  [10_000, 20],
  [100_000, 20],
  // Twenty runs of a million take some eight minutes.
  [1_000_000, 3],
])('%i customers, against the best of %i runs', (rows, runs) => {
  const points = customers(rows, rows)
  test.each([5, 10])('%i clusters: inertia within 0.1 %% of it', async (k) => {
    const random = mulberry32(k)
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < runs; run++) {
      best = Math.min(best, plainInertia(points, k, random))
      // Who waits for news of the test hears that it is alive.
      await new Promise((resume) => setImmediate(resume))
    }
    const found = clustersOf(points, { k, seed: 1 }).inertia
    process.stdout.write(
      `${rows} x ${WIDTH}, k ${k}: ${(100 * (found / best - 1)).toFixed(4)} % of the best\n`,
    )
    expect(found).toBeLessThanOrEqual(1.001 * best)
  })
})

describe('planted groups', () => {
  test.each([
    [10_000, 5],
    [100_000, 10],
    [1_000_000, 10],
  ])('%i rows in %i groups: adjusted Rand index at least 0.99', (rows, of) => {
    const random = mulberry32(rows + of)
    const normal = normalOf(random)
    // On the corners of a grid, eight of their widths apart.
    const middles = Array.from({ length: of }, (_, c) => [
      8 * (c % 2),
      8 * ((c >> 1) % 2),
      8 * ((c >> 2) % 2),
      8 * (c >> 3),
    ])
    const labels = Int32Array.from({ length: rows }, () => Math.floor(of * random()))
    const columns = Array.from({ length: WIDTH }, (_, i) =>
      Float64Array.from(labels, (label) => (middles[label]?.[i] as number) + normal()),
    )
    const found = clustersOf(pointsOf(columns), { k: of, seed: 1 })
    expect(adjustedRand(found.labels, labels)).toBeGreaterThanOrEqual(0.99)
  })
})
