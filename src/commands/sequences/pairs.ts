/** Pairs of items one after the other: which are shown, and why the others are not. */
import type { OptionValues } from '../../core/options.ts'
import { falseDiscoveryRates } from '../../models/discovery.ts'
import type { NextItems } from '../../models/sequences/next.ts'
import type spec from './index.ts'

/** False discovery rate that is borne. */
const LEVEL = 0.05

export interface Pairs {
  readonly next: NextItems
  readonly rows: number
  readonly share: Float64Array
  readonly baseShare: Float64Array
  readonly q: Float64Array
  readonly reason: readonly (string | null)[]
  /** By lift, then by count: those that are shown. */
  readonly shown: readonly number[]
  readonly hidden: readonly (readonly [words: string, count: number])[]
}

export function judgePairs(next: NextItems, { all }: OptionValues<(typeof spec)['options']>): Pairs {
  const { from, to, bought, anchors, base, everyone } = next
  const share = Float64Array.from(bought, (count, pair) => count / (anchors[from[pair] as number] as number))
  const baseShare = Float64Array.from(to, (item) => (base[item] as number) / everyone)
  const q = falseDiscoveryRates(next.p, next.tests)
  const reason = Array.from(share, (own, pair) => {
    if (own <= (baseShare[pair] as number)) return 'no likelier than for anyone'
    return (q[pair] as number) > LEVEL ? 'may be chance' : null
  })
  const pairs = [...reason.keys()]
  const lift = (pair: number) => (share[pair] as number) / (baseShare[pair] as number)
  const count = (pair: number) => bought[pair] as number
  // What nobody bought in a first window has no bound; items go by their letters.
  const shown = pairs
    .filter((pair) => all || reason[pair] === null)
    .sort((a, b) => (lift(a) === lift(b) ? 0 : lift(b) - lift(a)) || count(b) - count(a) || a - b)
  const words = [...new Set(reason.filter((each) => each !== null))].sort()
  const hidden = words.map((each) => [each, reason.filter((one) => one === each).length] as const)
  return { next, rows: pairs.length, share, baseShare, q, reason, shown, hidden }
}
