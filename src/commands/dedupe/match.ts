/** From columns to clusters: prepare, propose, compare, fit, score, group. */
import { budgetFor, type Pairs, type Proposed, proposePairs } from '../../models/linkage/blocking.ts'
import { averageLinked, smallComponents, unionOf } from '../../models/linkage/groups.ts'
import { fitMixture, type Mixture } from '../../models/linkage/mixture.ts'
import { countsOf, levelsOf, patternTable, type Radix, radixOf } from '../../models/linkage/patterns.ts'
import { type Comparison, comparisonsOf } from './compare.ts'
import { countsOfField, type Field } from './fields.ts'
import { keysOf } from './keys.ts'
import { reasonsOf } from './reasons.ts'
import { type Records, recordsOf } from './records.ts'
import { MOVING } from './roles.ts'
import { type Scorer, scorerOf } from './score.ts'

export interface Matched {
  readonly records: Records
  readonly comparisons: readonly Comparison[]
  readonly mixture: Mixture
  readonly scorer: Scorer
  readonly proposed: Proposed
  /** By record. */
  readonly clusters: Int32Array
  readonly edges: number
  readonly inside: number
  readonly stages: Readonly<Record<string, number>>
}

export interface Watch {
  now(): number
}

export function match(
  rows: number,
  fields: readonly Field[],
  perRecord: number,
  now: () => number = () => 0,
): Matched {
  const stages: Record<string, number> = {}
  let last = now()
  const lap = (name: string) => {
    stages[name] = now() - last
    last = now()
  }
  const records = recordsOf(rows, fields)
  lap('records')
  const proposed = proposePairs(
    records.count,
    () => keysOf(records.fields),
    budgetFor(records.count, perRecord),
  )
  lap('propose')
  const comparisons = comparisonsOf(records.fields)
  const radix = radixOf(comparisons.map(({ levels }) => levels.length - 1))
  lap('ladders')
  const table = patternTable()
  const numbers = table.numbersOf(patternsOf(comparisons, radix, proposed))
  lap('compare')
  const drawn = notProposed(randomPairs(records.count), proposed)
  const pairs = (records.count * (records.count - 1)) / 2
  const weight = drawn.left.length === 0 ? 1 : (pairs - proposed.left.length) / drawn.left.length
  const others = table.numbersOf(patternsOf(comparisons, radix, drawn))
  lap('random')
  const distinct = table.distinct()
  const levels = levelMatrix(distinct, radix)
  const mixture = fitMixture({
    records: records.count,
    columns: comparisons.map((comparison) => ({
      exact: comparison.levels.length - 1,
      chance: chanceOf(comparison.field),
      typical: comparison.typical,
    })),
    reasons: reasonsOf(comparisons),
    moving: comparisons.flatMap(({ role }, i) => (MOVING.includes(role) ? [i] : [])),
    levels,
    proposed: countsOf(numbers, distinct.length),
    others: countsOf(others, distinct.length).map((count) => count * weight),
    weight,
  })
  lap('fit')
  const scorer = scorerOf(comparisons, mixture)
  const links = linksOf(proposed, { numbers, levels, scorer, width: comparisons.length })
  lap('score')
  const { clusters, inside } = clustersOf(records.count, links, scorer)
  lap('group')
  return {
    records,
    comparisons,
    mixture,
    scorer,
    proposed,
    clusters,
    edges: links.left.length,
    inside,
    stages,
  }
}

function levelMatrix(distinct: Float64Array, radix: Radix): Int8Array {
  const width = radix.sizes.length
  const levels = new Int8Array(distinct.length * width)
  distinct.forEach((pattern, i) => {
    levels.set(levelsOf(radix, pattern), i * width)
  })
  return levels
}

function patternsOf(
  comparisons: readonly Comparison[],
  { strides }: Radix,
  { left, right }: Pairs,
): Float64Array {
  const patterns = new Float64Array(left.length)
  comparisons.forEach(({ levelOf }, i) => {
    const stride = strides[i] as number
    for (let pair = 0; pair < left.length; pair++) {
      patterns[pair] =
        (patterns[pair] as number) + stride * (levelOf(left[pair] as number, right[pair] as number) + 1)
    }
  })
  return patterns
}

/** Two records that have a value agree exactly by chance: the sum over values of n (n - 1) / N^2. */
function chanceOf(field: Field): number {
  const counts = countsOfField(field)
  let [filled, pairs] = [0, 0]
  for (const count of counts) {
    filled += count
    pairs += count * (count - 1)
  }
  return filled < 2 ? 0 : pairs / (filled * (filled - 1))
}

const ALL_UP_TO = 800
const DRAWN = { few: 400_000, many: 1_500_000, manyFrom: 200_000 }

/** Records lie in the order of hashes: each with the one so many places on is as good as a draw. */
function randomPairs(records: number): Pairs {
  const wanted = records > DRAWN.manyFrom ? DRAWN.many : DRAWN.few
  const all = (records * (records - 1)) / 2
  const shifts = records <= ALL_UP_TO ? Math.floor(records / 2) : Math.ceil(wanted / records)
  const [left, right]: [number[], number[]] = [[], []]
  const most = Math.min(all, records <= ALL_UP_TO ? all : wanted)
  const golden = (Math.sqrt(5) - 1) / 2
  const used = new Set<number>()
  for (let i = 1; used.size < shifts && left.length < most; i++) {
    const half = Math.floor((records - 1) / 2)
    const shift = records <= ALL_UP_TO ? i : 1 + Math.floor(((i * golden) % 1) * half)
    if (used.has(shift)) continue
    used.add(shift)
    for (let record = 0; record < records && left.length < most; record++) {
      const other = (record + shift) % records
      if (2 * shift === records && other < record) continue
      left.push(Math.min(record, other))
      right.push(Math.max(record, other))
    }
  }
  return { left: Int32Array.from(left), right: Int32Array.from(right) }
}

function notProposed(drawn: Pairs, { left, right }: Pairs): Pairs {
  const kept: number[] = []
  for (let i = 0; i < drawn.left.length; i++) {
    const [one, other] = [drawn.left[i] as number, drawn.right[i] as number]
    let [from, to] = [0, left.length]
    while (from < to) {
      const middle = (from + to) >> 1
      const isLess =
        (left[middle] as number) < one || (left[middle] === one && (right[middle] as number) < other)
      if (isLess) from = middle + 1
      else to = middle
    }
    if (left[from] !== one || right[from] !== other) kept.push(i)
  }
  const pick = (list: Int32Array) => Int32Array.from(kept, (i) => list[i] as number)
  return { left: pick(drawn.left), right: pick(drawn.right) }
}

interface Scored {
  readonly numbers: Int32Array
  readonly levels: Int8Array
  readonly scorer: Scorer
  readonly width: number
}

function linksOf({ left, right }: Pairs, { numbers, levels, scorer, width }: Scored) {
  const found: number[] = []
  const bits: number[] = []
  for (let pair = 0; pair < left.length; pair++) {
    const at = (numbers[pair] as number) * width
    const score = scorer.bitsWith(
      left[pair] as number,
      right[pair] as number,
      levels.subarray(at, at + width),
    )
    if (score > 0) {
      found.push(pair)
      bits.push(score)
    }
  }
  return {
    left: Int32Array.from(found, (pair) => left[pair] as number),
    right: Int32Array.from(found, (pair) => right[pair] as number),
    bits: Float64Array.from(bits),
  }
}

function clustersOf(records: number, links: ReturnType<typeof linksOf>, scorer: Scorer) {
  const union = unionOf(records)
  let inside = 0
  for (const members of smallComponents(records, links)) {
    const size = members.length
    inside += (size * (size - 1)) / 2
    if (size === 2) {
      union.join(members[0] as number, members[1] as number)
      continue
    }
    const bits = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const score = scorer.bitsOf(members[j] as number, members[i] as number)
        bits[i * size + j] = score
        bits[j * size + i] = score
      }
    }
    const groups = averageLinked(size, bits)
    const heads = new Map<number, number>()
    groups.forEach((group, i) => {
      const head = heads.get(group)
      if (head === undefined) heads.set(group, members[i] as number)
      else union.join(head, members[i] as number)
    })
  }
  return { clusters: Int32Array.from({ length: records }, (_, record) => union.rootOf(record)), inside }
}
