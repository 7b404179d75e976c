/** Clusters: as good as the best of twenty exact runs, whatever the order of the rows, and what was planted. */
import { describe, expect, test } from 'vitest'
import { CLEAR, chooseK, STABLE } from '../../../src/models/cluster/choose.ts'
import { finishClusters, inertiaOf } from '../../../src/models/cluster/hamerly.ts'
import { clustersOf } from '../../../src/models/cluster/kmeans.ts'
import {
  type Points,
  pointsOf,
  rowOf,
  sampleOf,
  squaredDistance,
} from '../../../src/models/cluster/points.ts'
import {
  adjustedRand,
  calinskiHarabasz,
  daviesBouldin,
  silhouette,
} from '../../../src/models/cluster/quality.ts'
import { transformed, transformOf } from '../../../src/models/cluster/transform.ts'
import { mulberry32 } from '../../../src/models/random.ts'

interface Groups {
  readonly points: Points
  readonly labels: Int32Array
}

/** Groups around centres drawn so far apart, each as wide as one. */
function groups(
  seed: number,
  { rows, of, apart, width = 4 }: { rows: number; of: number; apart: number; width?: number },
): Groups {
  const random = mulberry32(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const centres = Array.from({ length: of }, () => Array.from({ length: width }, () => apart * normal()))
  const labels = Int32Array.from({ length: rows }, () => Math.floor(of * random()))
  const columns = Array.from({ length: width }, (_, i) =>
    Float64Array.from(labels, (label) => (centres[label]?.[i] as number) + normal()),
  )
  return { points: pointsOf(columns), labels }
}

/** A seed whose groups are at least eight of their widths apart. */
function farApart(of: number): number {
  for (let seed = 10 * of; ; seed++) {
    const { points, labels } = groups(seed, { rows: 50 * of, of, apart: 9 })
    const middles = Array.from({ length: of }, (_, label) =>
      Array.from({ length: 4 }, (_, i) => {
        const own = [...labels.keys()].filter((row) => labels[row] === label)
        return own.reduce((sum, row) => sum + (rowOf(points, row)[i] as number), 0) / own.length
      }),
    )
    const gaps = middles.flatMap((one, a) =>
      middles.slice(a + 1).map((other) => Math.hypot(...one.map((value, i) => value - (other[i] as number)))),
    )
    if (Math.min(...gaps) >= 8) return seed
  }
}

/** Lloyd's algorithm as the textbook has it, written for this test. */
function plainLloyd({ rows, width, values }: Points, centres: number[][]): number {
  const flat = Float64Array.from(centres.flat())
  const nearestTo = (row: number): readonly [centre: number, distance: number] => {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY]
    for (let c = 0; c < centres.length; c++) {
      const distance = squaredDistance(values, row * width, flat, c * width, width)
      if (distance < least) [nearest, least] = [c, distance]
    }
    return [nearest, least]
  }
  for (let iteration = 0; iteration < 200; iteration++) {
    const sums = new Float64Array(flat.length)
    const counts = centres.map(() => 0)
    for (let row = 0; row < rows; row++) {
      const [nearest] = nearestTo(row)
      counts[nearest] = (counts[nearest] as number) + 1
      for (let i = 0; i < width; i++) {
        const at = nearest * width + i
        sums[at] = (sums[at] as number) + (values[row * width + i] as number)
      }
    }
    let moved = 0
    for (const [at, sum] of sums.entries()) {
      const count = counts[Math.floor(at / width)] as number
      if (count === 0) continue
      moved = Math.max(moved, Math.abs(sum / count - (flat[at] as number)))
      flat[at] = sum / count
    }
    if (moved < 1e-9) break
  }
  let inertia = 0
  for (let row = 0; row < rows; row++) inertia += nearestTo(row)[1]
  return inertia
}

describe('inertia', () => {
  test.each([5, 10])('of 2,000 rows in %i clusters is within 0.1 %% of the best of 20 plain runs', (k) => {
    const { points } = groups(3, { rows: 2000, of: 8, apart: 1.5 })
    const best = Math.min(
      ...Array.from({ length: 20 }, (_, seed) => {
        const random = mulberry32(1000 + seed)
        return plainLloyd(
          points,
          Array.from({ length: k }, () => [...rowOf(points, Math.floor(2000 * random()))]),
        )
      }),
    )
    expect(clustersOf(points, { k, seed: 1 }).inertia).toBeLessThanOrEqual(1.001 * best)
  })

  test('the bounds spare distances and change nothing: from the same start it ends as plain Lloyd does', () => {
    const { points } = groups(5, { rows: 1500, of: 6, apart: 1 })
    const start = Float64Array.from(
      { length: 24 },
      (_, i) => rowOf(points, 10 * Math.floor(i / 4))[i % 4] as number,
    )
    const plain = plainLloyd(
      points,
      Array.from({ length: 6 }, (_, c) => [...start.subarray(4 * c, 4 * c + 4)]),
    )
    const found = finishClusters(points, start)
    expect(found.inertia / plain).toBeCloseTo(1, 4)
    expect(inertiaOf(points, found.centres, found.labels)).toBe(found.inertia)
  })
})

describe('what must not matter does not', () => {
  const { points, labels } = groups(7, { rows: 12_000, of: 5, apart: 2 })
  const order = Uint32Array.from({ length: points.rows }, (_, row) => row)
  const random = mulberry32(1)
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random())
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  const shuffled = { ...points, values: new Float64Array(points.values.length) }
  order.forEach((row, i) => {
    shuffled.values.set(rowOf(points, row), 4 * i)
  })

  test('the order of the rows, to the last bit, though only some of them are drawn', () => {
    const options = { k: 5, seed: 4, sample: 6000 }
    const [one, other] = [clustersOf(points, options), clustersOf(shuffled, options)]
    expect(other.centres).toEqual(one.centres)
    expect(other.inertia).toBe(one.inertia)
    expect(other.labels).toEqual(Int32Array.from(order, (row) => one.labels[row] as number))
    expect(adjustedRand(one.labels, labels)).toBeGreaterThan(0.8)
  })

  test('the unit that a column is measured in', () => {
    const random = mulberry32(2)
    const column = Float64Array.from(
      { length: 3000 },
      () => (random() < 0.1 ? -1 : 1) * Math.exp(4 * random() ** 2),
    )
    for (const scale of ['z', 'robust'] as const) {
      const of = (values: Float64Array) => {
        const transform = transformOf(values, { scale, weight: 1 })
        return transform && transformed(values, transform)
      }
      const [dollars, cents] = [of(column), of(column.map((value) => 100 * value))]
      dollars?.forEach((value, row) => {
        expect(cents?.[row]).toBeCloseTo(value, 9)
      })
    }
  })
})

describe('odd data', () => {
  const rowsOf = (...rows: number[][]) =>
    pointsOf((rows[0] ?? []).map((_, i) => Float64Array.from(rows, (row) => row[i] as number)))

  test('fewer rows than clusters, and what is no number, are refused', () => {
    expect(() => clustersOf(rowsOf([1], [2]), { k: 3, seed: 1 })).toThrow(/at least 3 rows/)
    expect(() => clustersOf(rowsOf([1], [Number.NaN]), { k: 1, seed: 1 })).toThrow(/finite/)
  })

  test('as many clusters as rows: each its own', () => {
    const found = clustersOf(rowsOf([1, 1], [2, 2], [9, 9]), { k: 3, seed: 1 })
    expect([found.inertia, [...found.sizes]]).toEqual([0, [1, 1, 1]])
  })

  test('nothing but one row again and again: one cluster has them all, and nothing is invented', () => {
    const found = clustersOf(rowsOf(...Array.from({ length: 50 }, () => [3, 3])), { k: 2, seed: 1 })
    expect(found.inertia).toBe(0)
    expect([...found.sizes].sort((a, b) => a - b)).toEqual([0, 50])
  })

  test('an empty cluster begins anew where a row is far', () => {
    const points = rowsOf([0], [1], [2], [100], [101])
    const found = finishClusters(points, Float64Array.of(0, 500))
    expect([...found.sizes].sort()).toEqual([2, 3])
    expect(found.repaired).toBe(1)
  })

  test('a column that is the same everywhere has no transform', () => {
    expect(transformOf(Float64Array.of(4, 4, 4), { scale: 'z', weight: 1 })).toBeUndefined()
  })
})

describe('figures', () => {
  const small = pointsOf([Float64Array.of(0, 1, 10, 11), Float64Array.of(0, 0, 0, 0)])
  const two = finishClusters(small, Float64Array.of(0, 0, 10, 0))

  test('silhouette, Calinski-Harabasz and Davies-Bouldin of two pairs, by hand', () => {
    // a = 1 for each; b = 10.5, 9.5, 9.5, 10.5.
    expect(silhouette(small, two.labels, 2)).toBeCloseTo((2 * (1 - 1 / 10.5) + 2 * (1 - 1 / 9.5)) / 4, 12)
    expect(two.inertia).toBeCloseTo(1, 9)
    // Between: 4 x 25; within 1; (100 / 1) / (1 / 2).
    expect(calinskiHarabasz(small, two)).toBeCloseTo(200, 6)
    expect(daviesBouldin(small, two)).toBeCloseTo(0.1, 9)
  })

  test('adjusted Rand index: the example of Hubert and Arabie, the same partition, and chance', () => {
    const one = Int32Array.of(0, 0, 0, 1, 1, 1)
    expect(adjustedRand(one, Int32Array.of(2, 2, 2, 0, 0, 0))).toBe(1)
    // Pairs together in both 2, expected 6 x 4 / 15 = 1.6, most 5: .4 / 3.4.
    expect(adjustedRand(one, Int32Array.of(0, 0, 1, 1, 2, 2))).toBeCloseTo((2 - 1.2) / (4.5 - 1.2), 12)
    const random = mulberry32(8)
    const draw = () => Int32Array.from({ length: 5000 }, () => Math.floor(4 * random()))
    expect(Math.abs(adjustedRand(draw(), draw()))).toBeLessThan(0.01)
  })
})

describe('how many', () => {
  const ks = [2, 3, 4, 5, 6, 7]

  test.each([2, 3, 4, 5, 6, 7])('%i groups far apart are found, with what they are', (of) => {
    const planted = groups(farApart(of), { rows: 400, of, apart: 9 })
    const { k, rule, candidates } = chooseK(planted.points, ks, 1)
    expect(k).toBe(of)
    expect(rule).toBe(of === 2 ? 'two' : 'clear')
    const found = clustersOf(planted.points, { k, seed: 1 })
    expect(adjustedRand(found.labels, planted.labels)).toBeGreaterThanOrEqual(0.99)
    expect(candidates.find((each) => each.k === of)?.stability).toBeGreaterThanOrEqual(CLEAR)
  })

  test('groups that run into one another are told as such, and are few but not two', () => {
    const { k, rule, candidates } = chooseK(groups(901, { rows: 400, of: 5, apart: 1.2 }).points, ks, 1)
    expect(rule).toBe('fewest')
    expect(k).toBeGreaterThanOrEqual(3)
    expect(k).toBeLessThanOrEqual(5)
    expect(candidates.find((each) => each.k === k)?.stability).toBeLessThan(CLEAR)
  })

  test('one cloud has no groups: what is cut from it is not stable, and that is said', () => {
    const cloud = groups(30, { rows: 400, of: 1, apart: 0 })
    const { candidates, rule } = chooseK(cloud.points, ks, 1)
    expect(rule).toBe('gap')
    expect(Math.min(...candidates.map(({ stability }) => stability))).toBeLessThan(STABLE)
  })
})

test('a sample is the same rows whatever their order, equal ones as often as their share', () => {
  const many = pointsOf([Float64Array.from({ length: 5000 }, (_, row) => row % 10)])
  const few = sampleOf(many, 1000, 3)
  const counts = Array.from({ length: 10 }, (_, value) => few.values.filter((each) => each === value).length)
  expect(Math.min(...counts)).toBeGreaterThan(60)
  expect(few.rows).toBe(1000)
})
