/**
 * Which pairs of records are worth a comparison: those that share the value of some key. A key takes its smallest
 * blocks first, as far as its share of the budget goes, so that no value, however common, makes pairs explode.
 */
import { radixOrder } from '../order.ts'

/** What records must share: for each record a number, or several; 0 is none. */
export interface Key {
  readonly name: string
  /** Hashes of what is compared: equal values have equal hashes, hardly any others have. */
  readonly hashes: Uint32Array
  /** Where the hashes of a record start, one more than there are records; undefined: one each. */
  readonly starts?: Uint32Array
  /** A key that hardly ever agrees by chance: e-mail, phone, identity number. */
  readonly strong?: boolean
}

export interface Budget {
  /** Pairs to propose in all. */
  readonly pairs: number
  /** The most that one key may propose, if it is not strong. */
  readonly perKey: number
}

export interface Limits extends Budget {
  /** By record the file that it is of, 0 or 1: only pairs of both are proposed. */
  readonly sources?: Uint8Array | undefined
}

/** Pairs of records, the smaller first, in ascending order. */
export interface Pairs {
  readonly left: Int32Array
  readonly right: Int32Array
}

export interface Proposed extends Pairs {
  readonly keys: readonly KeyUsed[]
}

export interface KeyUsed {
  readonly name: string
  /** The largest block that was taken; 0: the key was left out. */
  readonly largest: number
  readonly pairs: number
  /** Pairs of the blocks that were too large. */
  readonly skipped: number
}

/** As many times the budget may be proposed, as many pairs are proposed by several keys. */
const OVERLAP = 2.5
/** A strong key may use so much of the budget by itself. */
const STRONG_SHARE = 0.5

/** Budget for so many records: `perRecord` pairs each, and enough for small files to compare nearly all. */
export function budgetFor(records: number, perRecord: number): Budget {
  const pairs = Math.max(2_000_000, perRecord * records)
  return { pairs, perKey: Math.max(250_000, pairs / 16) }
}

/** Pairs of as many as the plans that come first leave room for, whatever the order of the plans. */
export function proposePairs(
  records: number,
  all: readonly Plan[],
  { sources, ...budget }: Limits,
): Proposed {
  const plans = [...all].sort(inOrder)
  const taken: Plan[] = []
  const used: KeyUsed[] = []
  let left = OVERLAP * budget.pairs
  for (const plan of plans) {
    const { name, pairs, largest, skipped } = plan
    const fits = pairs > 0 && pairs <= left
    if (fits) {
      taken.push(plan)
      left -= pairs
    }
    used.push(
      fits ? { name, pairs, largest, skipped } : { name, pairs: 0, largest: 0, skipped: pairs + skipped },
    )
  }
  return { ...distinctPairs(records, rawPairs(taken, sources)), keys: used }
}

/** What a key would propose. Survives structured cloning. */
export interface Plan extends KeyUsed {
  readonly strong: boolean
  readonly mark: number
  readonly blocks: Blocks
}

export function planOf(key: Key, { sources, ...budget }: Limits): Plan {
  const blocks = blocksOf(key)
  const sizes = new Map<number, number>()
  for (let i = 0; i < blocks.ends.length; i++) {
    const size = (blocks.ends[i] as number) - (blocks.starts[i] as number)
    sizes.set(size, (sizes.get(size) ?? 0) + pairsIn(blocks, i, sources))
  }
  const most = key.strong ? STRONG_SHARE * budget.pairs : budget.perKey
  let [pairs, largest, skipped] = [0, 0, 0]
  for (const [size, more] of [...sizes].sort((a, b) => a[0] - b[0])) {
    if (skipped > 0 || pairs + more > most) skipped += more
    else [pairs, largest] = [pairs + more, size]
  }
  const mark = key.hashes.reduce((sum, hash) => (sum + hash) >>> 0, 0)
  return { name: key.name, pairs, largest, skipped, strong: key.strong === true, mark, blocks }
}

/** Strong keys first, then those that agree most rarely; no two keys that differ are alike in all of it. */
const inOrder = (one: Plan, other: Plan): number =>
  Number(other.strong) - Number(one.strong) ||
  one.pairs + one.skipped - other.pairs - other.skipped ||
  one.mark - other.mark

/** Records that share a hash, two at least, in the order of the records. */
interface Blocks {
  readonly records: Int32Array
  /** Block `i` is `records[starts[i]]` up to `records[ends[i]]`. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

function blocksOf({ hashes, starts: firsts }: Key): Blocks {
  const order = radixOrder(hashes)
  const [starts, ends]: [number[], number[]] = [[], []]
  for (let from = 0; from < order.length; ) {
    const hash = hashes[order[from] as number]
    let to = from + 1
    while (to < order.length && hashes[order[to] as number] === hash) to++
    if (to - from > 1 && hash !== 0) {
      starts.push(from)
      ends.push(to)
    }
    from = to
  }
  const records = firsts ? ownersOf(order, firsts) : new Int32Array(order.buffer)
  return { records, starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

/** Pairs of a block; between two files, those of both. */
function pairsIn({ records, starts, ends }: Blocks, block: number, sources: Uint8Array | undefined): number {
  const [from, to] = [starts[block] as number, ends[block] as number]
  const size = to - from
  if (!sources) return (size * (size - 1)) / 2
  let second = 0
  for (let i = from; i < to; i++) second += sources[records[i] as number] as number
  return second * (size - second)
}

/** The records that the places of a key of several values belong to. */
function ownersOf(order: Uint32Array, firsts: Uint32Array): Int32Array {
  const owner = new Int32Array(order.length)
  for (let record = 0; record < firsts.length - 1; record++)
    owner.fill(record, firsts[record], firsts[record + 1])
  const owners = new Int32Array(order.length)
  for (let i = 0; i < order.length; i++) owners[i] = owner[order[i] as number] as number
  return owners
}

function rawPairs(plans: readonly Plan[], sources: Uint8Array | undefined): Pairs {
  const most = plans.reduce((sum, { pairs }) => sum + pairs, 0)
  const [left, right] = [new Int32Array(most), new Int32Array(most)]
  let size = 0
  const add = (one: number, other: number) => {
    // A record may hold a token twice.
    if (one === other) return
    left[size] = one < other ? one : other
    right[size++] = one < other ? other : one
  }
  for (const { blocks, largest } of plans) {
    const { records, starts, ends } = blocks
    for (let block = 0; block < starts.length; block++) {
      const [from, to] = [starts[block] as number, ends[block] as number]
      if (to - from > largest) continue
      if (sources) {
        const own = records.subarray(from, to)
        const second = own.filter((record) => sources[record] === 1)
        for (const one of own) if (sources[one] === 0) for (const other of second) add(one, other)
        continue
      }
      for (let i = from; i < to; i++) {
        const one = records[i] as number
        for (let j = i + 1; j < to; j++) add(one, records[j] as number)
      }
    }
  }
  return { left: left.subarray(0, size), right: right.subarray(0, size) }
}

/** Each pair once: counted by its left record, and those of one record sorted. */
export function distinctPairs(records: number, { left, right }: Pairs): Pairs {
  const ends = new Uint32Array(records + 1)
  for (let i = 0; i < left.length; i++)
    ends[(left[i] as number) + 1] = (ends[(left[i] as number) + 1] as number) + 1
  for (let record = 0; record < records; record++) {
    ends[record + 1] = (ends[record + 1] as number) + (ends[record] as number)
  }
  const next = ends.slice(0, records)
  const grouped = new Int32Array(right.length)
  for (let i = 0; i < left.length; i++) {
    const one = left[i] as number
    const at = next[one] as number
    grouped[at] = right[i] as number
    next[one] = at + 1
  }
  let size = 0
  const owners = new Int32Array(right.length)
  for (let record = 0; record < records; record++) {
    const [from, to] = [ends[record] as number, ends[record + 1] as number]
    sortStretch(grouped, from, to)
    let last = -1
    for (let i = from; i < to; i++) {
      const other = grouped[i] as number
      if (other === last) continue
      last = other
      owners[size] = record
      grouped[size++] = other
    }
  }
  return { left: owners.slice(0, size), right: grouped.slice(0, size) }
}

const FEW = 24

function sortStretch(values: Int32Array, from: number, to: number): void {
  if (to - from > FEW) {
    values.subarray(from, to).sort()
    return
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number
    let j = i - 1
    while (j >= from && (values[j] as number) > value) {
      values[j + 1] = values[j] as number
      j--
    }
    values[j + 1] = value
  }
}
