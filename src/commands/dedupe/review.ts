/** `--review FILE`: pairs of rows for somebody to look at, side by side, with a column to be filled in. */
import type { Free } from '../../core/command.ts'
import type { Column as Written } from '../../core/report.ts'
import { hashOfTwo, mixedHash } from '../../models/linkage/hash.ts'
import { evenly, sharedOut } from '../../models/linkage/sample.ts'
import { probabilityOf } from './clusters.ts'
import type { Column } from './columns.ts'
import type { Deduped } from './customers.ts'
import { compareIds } from './ids.ts'
import type { Label } from './labels.ts'
import type { RowNaming } from './rowNaming.ts'

/** Strata of bits around the threshold; the last is open. */
const STRATA = { below: 10, width: 2.5, count: 10 }
export const NEAR = STRATA.below
/** Pairs of each group that is held back. */
const OF_GROUP = 10

/** Two records, in their order. */
interface Pair {
  readonly left: number
  readonly right: number
  readonly bits: number
}

interface Drawn extends Pair {
  /** What it was chosen from, in words. */
  readonly stratum: string
  /** Pairs of that stratum, and how many each stands for; undefined where it was not drawn by chance. */
  readonly of: { readonly pairs: number; readonly weight: number } | undefined
}

export interface Reviewing {
  readonly pairs: number
  readonly names: RowNaming
  /** What has been said before stays said. */
  readonly labels: readonly Label[]
}

export function reviewSheet(found: Deduped, reviewing: Reviewing): Free {
  const drawn = drawnPairs(found, reviewing.pairs)
  const all = withoutRepeats([...drawn, ...heldPairs(found), ...answeredPairs(found, reviewing.labels)])
  return { free: columnsOf(found, all, reviewing) }
}

const keyOf = ({ left, right }: Pick<Pair, 'left' | 'right'>): string => `${left} ${right}`

function withoutRepeats(pairs: readonly Drawn[]): Drawn[] {
  const first = new Map<string, Drawn>()
  for (const pair of pairs) if (!first.has(keyOf(pair))) first.set(keyOf(pair), pair)
  return [...first.values()]
}

// By chance ------------------------------------------------------------------------------------------------

interface Near extends Pair {
  readonly pattern: number
  /** What its answer tells: how open it is, for as many pairs as agree in the same way. */
  readonly tells: number
}

/**
 * Strata come in the order of what their pairs tell. Inside of a stratum the order is that of a hash: whoever stops
 * early has answered a fair pick of each.
 */
function drawnPairs({ matched }: Deduped, total: number): Drawn[] {
  const strata = strataOf(matched)
  const taken = sharedOut(strata.map(stratumFor), total)
  const chosen = strata.map((pairs, stratum) => spreadOver(pairs, taken[stratum] as number, stratum))
  const turns = chosen.flatMap((pairs, stratum) => pairs.map(({ tells }) => ({ stratum, tells })))
  turns.sort((a, b) => b.tells - a.tells || a.stratum - b.stratum)
  const queues = chosen.map((pairs, stratum) => {
    const [all, own] = [strata[stratum]?.length as number, taken[stratum] as number]
    const drawn = { stratum: stratumName(stratum, matched.threshold), of: { pairs: all, weight: all / own } }
    pairs.sort((a, b) => hashOf(a) - hashOf(b) || a.left - b.left || a.right - b.right)
    return pairs.map(({ left, right, bits }) => ({ left, right, bits, ...drawn })).values()
  })
  return turns.map(({ stratum }) => queues[stratum]?.next().value as Drawn)
}

const stratumFor = (pairs: readonly Near[]) => ({
  pairs: pairs.length,
  doubt: pairs.reduce((sum, { bits }) => sum + doubtOf(bits), 0),
})

function strataOf({ near, threshold }: Deduped['matched']): Near[][] {
  const strata: Near[][] = Array.from({ length: STRATA.count }, () => [])
  if (!near) return strata
  const alike = new Map<number, number>()
  for (const pattern of near.numbers) alike.set(pattern, (alike.get(pattern) ?? 0) + 1)
  near.left.forEach((left, i) => {
    const [above, pattern] = [near.bits[i] as number, near.numbers[i] as number]
    const bits = above + threshold - STRATA.below
    const tells = doubtOf(bits) * (alike.get(pattern) as number)
    const stratum = Math.min(STRATA.count - 1, Math.floor(above / STRATA.width))
    strata[stratum]?.push({ left, right: near.right[i] as number, bits, pattern, tells })
  })
  return strata
}

function doubtOf(bits: number): number {
  const p = probabilityOf(bits)
  return p * (1 - p)
}

const hashOf = ({ left, right }: Pair): number => hashOfTwo(left, right)

/** Evenly over the patterns, from the weakest to the strongest: as many different ones as there can be. */
function spreadOver(pairs: readonly Near[], taken: number, stratum: number): Near[] {
  const sums = new Map<number, { bits: number; pairs: number }>()
  for (const { pattern, bits } of pairs) {
    const own = sums.get(pattern) ?? { bits: 0, pairs: 0 }
    sums.set(pattern, { bits: own.bits + bits, pairs: own.pairs + 1 })
  }
  const mean = (pattern: number): number => {
    const own = sums.get(pattern) as { bits: number; pairs: number }
    return own.bits / own.pairs
  }
  const ordered = [...pairs].sort(
    (a, b) =>
      mean(a.pattern) - mean(b.pattern) ||
      a.pattern - b.pattern ||
      hashOf(a) - hashOf(b) ||
      a.left - b.left ||
      a.right - b.right,
  )
  const start = mixedHash(hashOfTwo(stratum, pairs.length)) / 2 ** 32
  return evenly(pairs.length, taken, start).map((place) => ordered[place] as Near)
}

/** No sign in front: a spreadsheet would take it for a sum. */
function stratumName(stratum: number, threshold: number): string {
  const from = threshold - STRATA.below + stratum * STRATA.width
  const plain = (bits: number) => String(Math.round(bits * 100) / 100)
  return stratum === STRATA.count - 1
    ? `bits ${plain(from)} up`
    : `bits ${plain(from)} to ${plain(from + STRATA.width)}`
}

// For other reasons -------------------------------------------------------------------------------------------

/** Of groups that are too large to be believed: their weakest links. */
function heldPairs({ matched, clusters }: Deduped): Drawn[] {
  if (clusters.held.length === 0) return []
  const { records, links, threshold } = matched
  const groupOf = new Map<number, number>()
  clusters.held.forEach((rows, group) => {
    for (const row of rows) groupOf.set(records.ofRow[row] as number, group)
  })
  const own: Pair[][] = clusters.held.map(() => [])
  links.left.forEach((left, i) => {
    const [group, right] = [groupOf.get(left), links.right[i] as number]
    if (group === undefined || groupOf.get(right) !== group) return
    own[group]?.push({ left, right, bits: (links.bits[i] as number) + threshold })
  })
  return own.flatMap((pairs, group) => {
    const stratum = `group of ${clusters.held[group]?.length} rows`
    pairs.sort((a, b) => a.bits - b.bits || a.left - b.left || a.right - b.right)
    return pairs.slice(0, OF_GROUP).map((pair) => ({ ...pair, stratum, of: undefined }))
  })
}

function answeredPairs({ matched }: Deduped, labels: readonly Label[]): Drawn[] {
  const { records, scorer } = matched
  return labels.flatMap((label) => {
    const pair = pairIn(records.ofRow, label)
    if (label.same === undefined || pair.left === pair.right) return []
    return [
      { ...pair, bits: scorer.bitsOf(pair.left, pair.right), stratum: 'answered before', of: undefined },
    ]
  })
}

function pairIn(ofRow: Int32Array, { left, right }: Pick<Label, 'left' | 'right'>) {
  const [one, other] = [ofRow[left] as number, ofRow[right] as number]
  return { left: Math.min(one, other), right: Math.max(one, other) }
}

// The file -------------------------------------------------------------------------------------------------

function columnsOf(found: Deduped, pairs: readonly Drawn[], { names, labels }: Reviewing): Written[] {
  const { matched, known } = found
  const rowOf = rowOfRecord(matched.records.ofRow, pairs, names)
  const said = new Map<string, string>()
  for (const label of labels) {
    const answer = label.same === undefined ? undefined : label.same ? 'y' : 'n'
    if (answer) said.set(keyOf(pairIn(matched.records.ofRow, label)), answer)
  }
  const [left, right] = [pairs.map((pair) => rowOf(pair.left)), pairs.map((pair) => rowOf(pair.right))]
  const compared = known.filter(({ fields }) => fields.length > 0)
  const rounded = (values: readonly number[]) =>
    Float64Array.from(values, (each) => Math.round(each * 1e4) / 1e4)
  return [
    { key: 'pair', unit: 'count', title: titled('pair'), values: Int32Array.from(pairs, (_, i) => i + 1) },
    textColumn(
      'same',
      pairs.map((pair) => said.get(keyOf(pair)) ?? null),
    ),
    textColumn('id_left', left.map(names.nameOf)),
    textColumn('id_right', right.map(names.nameOf)),
    ...compared.flatMap(({ column }) => [
      textColumn(
        `${column.header} (left)`,
        left.map((row) => cellOf(column, row)),
      ),
      textColumn(
        `${column.header} (right)`,
        right.map((row) => cellOf(column, row)),
      ),
    ]),
    numberColumn('bits', rounded(pairs.map(({ bits }) => bits))),
    numberColumn('p', rounded(pairs.map(({ bits }) => probabilityOf(bits)))),
    textColumn(
      'stratum',
      pairs.map(({ stratum }) => stratum),
    ),
    numberColumn(
      'stratum_pairs',
      Float64Array.from(pairs, ({ of }) => of?.pairs ?? Number.NaN),
    ),
    numberColumn('weight', rounded(pairs.map(({ of }) => of?.weight ?? Number.NaN))),
  ]
}

const titled = (key: string) => ({ en: key, zh: key })
const textColumn = (key: string, values: (string | null)[]): Written => ({
  key,
  unit: 'text',
  title: titled(key),
  values,
})
const numberColumn = (key: string, values: Float64Array): Written => ({
  key,
  unit: 'number',
  title: titled(key),
  values,
})

const cellOf = ({ codes, words }: Column, row: number): string | null => words[codes[row] as number] ?? null

/** Of rows that say the same the one with the smallest name, whichever comes first. */
function rowOfRecord(
  ofRow: Int32Array,
  pairs: readonly Pair[],
  names: RowNaming,
): (record: number) => number {
  const best = new Map<number, number>()
  const wanted = new Set(pairs.flatMap(({ left, right }) => [left, right]))
  ofRow.forEach((record, row) => {
    if (!wanted.has(record)) return
    const known = best.get(record)
    if (known === undefined || compareIds(names.nameOf(row), names.nameOf(known)) < 0) best.set(record, row)
  })
  return (record) => best.get(record) as number
}
