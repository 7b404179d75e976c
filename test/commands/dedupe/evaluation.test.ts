import { expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { blockingRecall, evaluate } from '../../../src/commands/dedupe/evaluation.ts'

const codes = (list: readonly number[]): Int32Array => Int32Array.from(list)

test('an example by hand', () => {
  // Found {0,1,2} {3,4} {5}, in truth {0,1} {2,3,4} {5}: together in both are 0-1 and 3-4.
  const found = evaluate(codes([0, 0, 0, 1, 1, 2]), codes([0, 0, 1, 1, 1, 2]))
  expect(found).toEqual({
    rows: 6,
    truePositives: 2,
    predictedPairs: 4,
    truePairs: 4,
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
    clusters: 3,
    clustersRight: 1,
    groups: 2,
    groupsRight: 0,
  })
})

test('against all pairs of rows, one by one, on random clusters', () => {
  const random = mulberry32(4)
  for (let round = 0; round < 50; round++) {
    const rows = 2 + Math.floor(random() * 60)
    const draw = (count: number): Int32Array =>
      Int32Array.from({ length: rows }, () => Math.floor(random() * count))
    const [predicted, truth] = [draw(20), draw(15).map((code) => (random() < 0.1 ? -1 : code))]
    const counts = { both: 0, predicted: 0, truth: 0 }
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) {
        if ((truth[i] as number) < 0 || (truth[j] as number) < 0) continue
        const [found, real] = [predicted[i] === predicted[j], truth[i] === truth[j]]
        counts.predicted += Number(found)
        counts.truth += Number(real)
        counts.both += Number(found && real)
      }
    }
    const made = evaluate(predicted, truth)
    expect([made.truePositives, made.predictedPairs, made.truePairs]).toEqual([
      counts.both,
      counts.predicted,
      counts.truth,
    ])
    const sets = (list: Int32Array): string[] => {
      const groups = new Map<number, number[]>()
      list.forEach((code, row) => {
        if ((truth[row] as number) >= 0) groups.set(code, [...(groups.get(code) ?? []), row])
      })
      return [...groups.values()].map((group) => group.join())
    }
    const [found, real] = [sets(predicted), sets(truth)]
    const right = real.filter((set) => found.includes(set))
    expect([made.clusters, made.clustersRight]).toEqual([real.length, right.length])
    expect([made.groups, made.groupsRight]).toEqual([
      real.filter((set) => set.includes(',')).length,
      right.filter((set) => set.includes(',')).length,
    ])
  }
})

test('nothing to divide by is null, not zero and not perfect', () => {
  const apart = evaluate(codes([0, 1, 2]), codes([0, 1, 2]))
  expect([apart.precision, apart.recall, apart.f1]).toEqual([null, null, null])
  expect([apart.clustersRight, apart.groupsRight]).toEqual([3, 0])
  const none = evaluate(codes([0, 1]), codes([0, 0]))
  expect([none.precision, none.recall, none.f1]).toEqual([null, 0, 0])
  expect(evaluate(codes([]), codes([])).rows).toBe(0)
})

test('all rows in one cluster', () => {
  const one = evaluate(new Int32Array(100_000), new Int32Array(100_000))
  expect(one.truePairs).toBe((100_000 * 99_999) / 2)
  expect(one.f1).toBe(1)
})

test('the share of true pairs that were looked at', () => {
  const truth = codes([0, 0, 0, 1, 1, -1])
  // True pairs: 01 02 12 34.
  expect(blockingRecall(codes([0, 3, 2, 4]), codes([1, 4, 3, 5]), truth)).toBe(0.5)
  expect(blockingRecall(codes([]), codes([]), codes([0, 1]))).toBeNull()
})

test('a million rows in seconds', () => {
  const clusters = Uint32Array.from({ length: 1_000_000 }, (_, row) => Math.floor(row / 1.1))
  const started = performance.now()
  expect(evaluate(clusters, clusters).f1).toBe(1)
  expect(performance.now() - started).toBeLessThan(10_000)
})
