/** What two threads do at once where there are two: plan keys, and tell the patterns of many pairs. */
import { type Helper, HelperLost } from '../../core/helper.ts'
import {
  type Limits,
  type Pairs,
  type Plan,
  type Proposed,
  planOf,
  proposePairs,
} from '../../models/linkage/blocking.ts'
import { type Radix, radixOf } from '../../models/linkage/patterns.ts'
import { type Comparison, comparisonsOf } from './compare.ts'
import type { Field } from './fields.ts'
import { keysOf } from './keys.ts'

export interface Ready {
  readonly comparisons: readonly Comparison[]
  readonly radix: Radix
}

/** Pairs with room for their patterns; between two threads all of it is shared. */
export interface Part extends Pairs {
  /** By pair: the levels of all comparisons as one number. */
  readonly patterns: Float64Array
  /** How many chunks are taken. */
  readonly taken: Int32Array
}

/** Of every two keys the first, or the second. */
export type Half = 0 | 1

/** What the helper is asked: the fields first, half of the keys, then pairs of records. */
export type Task =
  | { readonly fields: readonly Field[] }
  | { readonly half: Half; readonly limits: Limits }
  | { readonly part: Part }

export interface Comparer {
  ready(): Ready
  propose(records: number, limits: Limits): Promise<Proposed>
  /** The other thread begins at once, this one where the answer is asked for. */
  begin(pairs: Pairs): () => Promise<Float64Array>
}

const CHUNK = 1 << 15

export function readyOf(fields: readonly Field[]): Ready {
  const comparisons = comparisonsOf(fields)
  return { comparisons, radix: radixOf(comparisons.map(({ levels }) => levels.length - 1)) }
}

/** The plans of half of the keys. */
export function plansOf(fields: readonly Field[], half: Half, limits: Limits): Plan[] {
  const plans: Plan[] = []
  let place = 0
  for (const make of keysOf(fields)) if (place++ % 2 === half) plans.push(planOf(make(), limits))
  return plans
}

export function comparerOf(
  fields: readonly Field[],
  helper: Helper | undefined,
  pause = async () => {},
): Comparer {
  let held: Ready | undefined
  const ready = () => {
    held ??= readyOf(fields)
    return held
  }
  const ask = <T>(task: Task) => helper && outcomeOf<T>(helper.ask(task))
  const told = ask({ fields })
  return {
    ready,
    async propose(records, limits) {
      const other = ask<Plan[]>({ half: 1, limits })
      const own = plansOf(fields, 0, limits)
      await pause()
      const answer = await other
      const theirs = answer === undefined || answer === 'lost' ? plansOf(fields, 1, limits) : answer.value
      return proposePairs(records, [...own, ...theirs], limits)
    },
    begin(pairs) {
      const part = partOf(pairs, helper !== undefined)
      const other = ask({ part })
      return async () => {
        while (takeChunk(ready(), part)) await pause()
        if ((await told) === 'lost' || (await other) === 'lost') {
          // What it had begun and not ended is not known.
          part.taken[0] = 0
          while (takeChunk(ready(), part)) await pause()
        }
        return part.patterns
      }
    },
  }
}

/** Nobody waits for it yet: an error is kept until somebody does. */
function outcomeOf<T>(asked: Promise<unknown>): Promise<{ readonly value: T } | 'lost'> {
  const outcome = asked.then(
    (value) => ({ value: value as T }),
    (error: unknown) => {
      if (error instanceof HelperLost) return 'lost' as const
      throw error
    },
  )
  outcome.catch(() => {})
  return outcome
}

function partOf({ left, right }: Pairs, isShared: boolean): Part {
  if (!isShared) return { left, right, patterns: new Float64Array(left.length), taken: new Int32Array(1) }
  const sharedCopy = (values: Int32Array) => {
    const copy = new Int32Array(new SharedArrayBuffer(values.byteLength))
    copy.set(values)
    return copy
  }
  return {
    left: sharedCopy(left),
    right: sharedCopy(right),
    patterns: new Float64Array(new SharedArrayBuffer(8 * left.length)),
    taken: new Int32Array(new SharedArrayBuffer(4)),
  }
}

/** Tell the patterns of the next pairs that nobody has taken; false where there are none. */
export function takeChunk({ comparisons, radix }: Ready, { left, right, patterns, taken }: Part): boolean {
  const from = CHUNK * Atomics.add(taken, 0, 1)
  if (from >= left.length) return false
  const to = Math.min(left.length, from + CHUNK)
  patterns.fill(0, from, to)
  comparisons.forEach(({ levelOf }, i) => {
    const stride = radix.strides[i] as number
    for (let pair = from; pair < to; pair++) {
      const level = levelOf(left[pair] as number, right[pair] as number)
      patterns[pair] = (patterns[pair] as number) + stride * (level + 1)
    }
  })
  return true
}
