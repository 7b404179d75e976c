/** From columns to clusters: prepare, propose, compare, fit, score, group. */
import type { Input } from '../../core/command.ts'
import type { Helper } from '../../core/helper.ts'
import { meaningOfHeader } from '../../fields/contactWords.ts'
import { budgetFor, type Pairs, type Proposed } from '../../models/linkage/blocking.ts'
import { DRAWN, notProposed, randomPairs } from '../../models/linkage/drawn.ts'
import { averageLinked, type Links, smallComponents, unionOf } from '../../models/linkage/groups.ts'
import { fitMixture, type Mixture } from '../../models/linkage/mixture.ts'
import { countsOf, levelsOf, patternTable, type Radix } from '../../models/linkage/patterns.ts'
import {
  type Answers,
  boundRecords,
  boundScorer,
  fitTold,
  linksWith,
  refuseJoined,
  rowsApart,
} from './answers.ts'
import { chanceBetween, pairsBetween, pairsInside, sizeOf } from './between.ts'
import type { Column } from './columns.ts'
import { type Comparison, usualChance } from './compare.ts'
import { comparerOf } from './comparing.ts'
import { countsOfField, type Field } from './fields.ts'
import { joinedByKeys, without } from './keyed.ts'
import { frequenciesIn, type Learnt, mixtureOf, placesIn } from './learnt.ts'
import { reasonsOf } from './reasons.ts'
import { type Records, recordsOf } from './records.ts'
import { relevantColumns } from './relevant.ts'
import { MOVING } from './roles.ts'
import { type PatternedLinks, type Scorer, scorerOf } from './score.ts'
import { type Shared, withoutShared } from './shared.ts'

export interface Matched {
  readonly records: Records
  readonly comparisons: readonly Comparison[]
  readonly mixture: Mixture
  readonly scorer: Scorer
  readonly proposed: Proposed
  /** By record; between two files each its own. */
  readonly clusters: Int32Array
  readonly links: Links
  /** Bits that linked records have more than. */
  readonly threshold: number
  /** Proposed pairs from some bits below the threshold up; their bits count from there. */
  readonly near: PatternedLinks | undefined
  readonly edges: number
  readonly inside: number
  /** Columns that have nothing to do with who somebody is. */
  readonly irrelevant: readonly string[]
  /** Values that stand with many names and are taken for none. */
  readonly shared: readonly Shared[]
  readonly stages: Readonly<Record<string, number>>
}

export interface Settings {
  /** Pairs to compare for each row. */
  readonly perRecord: number
  /** Bits that two records must have more than for being linked; or how they follow from the bits of pairs of rows. */
  readonly threshold: number | ((bitsOf: (row: number, other: number) => number) => number)
  /** What is known of pairs of rows. */
  readonly answers?: Answers | undefined
  /** How far below the threshold pairs are wanted, to be looked at. */
  readonly near?: number | undefined
  /** Columns of which a shared value alone makes two rows one customer. */
  readonly keys?: readonly Column[]
  /** By row the file that it is of, 0 or 1: only pairs of both are looked at, and nothing is grouped. */
  readonly sources?: Uint8Array | undefined
  /** What an earlier run has learnt: nothing is learnt from these rows then. */
  readonly learnt?: Learnt | undefined
  /** A clock in milliseconds, to say how long each stage took. */
  readonly now?: () => number
  /** A second thread, which compares pairs too. */
  readonly helper?: Helper | undefined
  /** Let Ctrl-C be heard. */
  readonly pause?: (() => Promise<void>) | undefined
}

/** With a second thread, as long as it takes. */
export async function helped<T>(
  input: Pick<Input, 'helper' | 'pause'>,
  work: (also: Pick<Settings, 'helper' | 'pause'>) => Promise<T>,
): Promise<T> {
  const helper = await input.helper()
  try {
    return await work({ helper, pause: input.pause })
  } finally {
    helper?.end()
  }
}

/** Throws CustError('model') where nothing in the columns tells who is who. */
export async function match(rows: number, fields: readonly Field[], settings: Settings): Promise<Matched> {
  const { perRecord, answers, keys = [], sources, learnt, now = () => 0 } = settings
  const stages: Record<string, number> = {}
  let last = now()
  const lap = async (name: string) => {
    stages[name] = now() - last
    await settings.pause?.()
    last = now()
  }
  const { fields: told, shared } = withoutShared(fields, learnt?.shared)
  const records = recordsOf(rows, told, { sources, apart: answers && rowsApart(told, answers) })
  const bonds = answers && boundRecords(records, answers)
  await lap('records')
  if (records.count === 1) return without(records)
  const comparer = comparerOf(records.fields, settings.helper, settings.pause)
  const limits = { ...budgetFor(records.count, perRecord), sources: records.sources }
  const proposing = comparer.propose(records.count, limits)
  const drawn = learnt ? NONE : drawnPairs(records)
  const drawnPatterns = comparer.begin(drawn)
  const proposed = await proposing
  await lap('propose')
  const { comparisons: all, radix } = comparer.ready()
  await lap('ladders')
  const table = patternTable()
  const numbers = table.numbersOf(await comparer.begin(proposed)())
  await lap('compare')
  const apart = notProposed(drawn, proposed)
  const { smaller, pairs } = sizeOf(records)
  const weight = apart.length === 0 ? 1 : (pairs - proposed.left.length) / apart.length
  const ofDrawn = await drawnPatterns()
  const others = table.numbersOf(Float64Array.from(apart, (place) => ofDrawn[place] as number))
  await lap('random')
  const answered = bonds && table.numbersOf(await comparer.begin(bonds)())
  const distinct = table.distinct()
  const whole = levelMatrix(distinct, radix)
  const chances = all.map((each) => chanceOf(each, records.sources))
  const pairsOfEach = countsOf(numbers, distinct.length)
  const places = learnt
    ? placesIn(learnt, all)
    : relevantColumns(all, { levels: whole, pairs: pairsOfEach, chance: chances })
  const comparisons = places.map((i) => all[i] as Comparison)
  const levels = levelsAt(whole, places, all.length)
  const observed = {
    records: smaller,
    pairs,
    columns: comparisons.map((comparison, i) => ({
      exact: comparison.levels.length - 1,
      chance: chances[places[i] as number] as number,
      usual: usualChance(comparison.role),
      typical: comparison.typical,
      mostDifferent: mostDifferent(comparison, comparisons),
      unlike: comparison.unlike,
      madeByChance: comparison.made?.chance,
      steady: isBirth(comparison) ? STEADY_BIRTHS : undefined,
    })),
    ...reasonsOf(
      comparisons,
      places.map((i) => chances[i] as number),
    ),
    moving: comparisons.flatMap(({ role }, i) => (MOVING.includes(role) ? [i] : [])),
    levels,
    proposed: pairsOfEach,
    others: countsOf(others, distinct.length).map((count) => count * weight),
    weight,
  }
  const frequencies = learnt && frequenciesIn(learnt, comparisons)
  const scorerFor = (fitted: Mixture) => scorerOf(comparisons, fitted, frequencies)
  const learn = () =>
    bonds && answered
      ? fitTold(observed, { bonds, answers, numbers: answered, scorerOf: scorerFor })
      : fitMixture(observed)
  const mixture = learnt ? mixtureOf(learnt, comparisons) : learn()
  await lap('fit')
  const scorer = scorerFor(mixture)
  const threshold = thresholdFrom(settings, records, scorer)
  const patterned = { ...proposed, numbers, levels }
  const links = scorer.linksAmong(patterned, threshold)
  const near =
    settings.near === undefined ? undefined : scorer.linksAmong(patterned, threshold - settings.near)
  await lap('score')
  const { clusters: own, inside } = records.sources
    ? { clusters: Int32Array.from(records.first.keys()), inside: pairsInside(records, links) }
    : clustersOf(records.count, linksWith(links, bonds), {
        scorer: bonds ? boundScorer(scorer, bonds) : scorer,
        threshold,
      })
  const clusters = records.sources ? own : joinedByKeys(own, records, keys)
  if (bonds) refuseJoined(clusters, bonds, answers)
  await lap('group')
  return {
    records,
    comparisons,
    mixture,
    scorer,
    proposed,
    clusters,
    links,
    threshold,
    near,
    shared,
    irrelevant: all.filter((_, i) => !places.includes(i)).map(({ field }) => field.header),
    edges: links.left.length,
    inside,
    stages,
  }
}

const drawnPairs = ({ count, sources }: Records): Pairs =>
  sources ? pairsBetween(sources, DRAWN.few) : randomPairs(count)

const NONE: Pairs = { left: new Int32Array(), right: new Int32Array() }

function thresholdFrom({ threshold }: Settings, { ofRow }: Records, { bitsOf }: Scorer): number {
  if (typeof threshold === 'number') return threshold
  return threshold((row, other) => {
    const [one, two] = [ofRow[row] as number, ofRow[other] as number]
    return bitsOf(Math.min(one, two), Math.max(one, two))
  })
}

/** Who is one person has one given name, however it is written; a business has many who answer for it. */
function mostDifferent({ role }: Comparison, all: readonly Comparison[]): number {
  if (role === 'surname') return DIFFERENT_SURNAMES
  const isPerson = role === 'given' || (role === 'name' && !all.some((each) => each.role === 'company'))
  return isPerson ? DIFFERENT_NAMES : 1
}

/** Who is one person was born on one day: it takes many matches to hold that dates of birth are worth little. */
const isBirth = ({ role, field }: Comparison): boolean =>
  role === 'date' && meaningOfHeader(field.header) === 'birth'

const STEADY_BIRTHS = 20
/** Who marries may take another one. */
const DIFFERENT_SURNAMES = 0.3
const DIFFERENT_NAMES = 0.12

function levelMatrix(distinct: Float64Array, radix: Radix): Int8Array {
  const width = radix.sizes.length
  const levels = new Int8Array(distinct.length * width)
  distinct.forEach((pattern, i) => {
    levels.set(levelsOf(radix, pattern), i * width)
  })
  return levels
}

/** The same of some of the columns. */
function levelsAt(levels: Int8Array, places: readonly number[], width: number): Int8Array {
  if (places.length === width) return levels
  const some = new Int8Array((levels.length / width) * places.length)
  for (let to = 0, from = 0; from < levels.length; from += width) {
    for (const place of places) some[to++] = levels[from + place] as number
  }
  return some
}

/** Two records that have a value agree exactly by chance: the sum over values of n (n - 1) / N^2. */
function chanceOf({ field, made }: Comparison, sources: Uint8Array | undefined): number {
  const isOwn = (code: number) => made?.made[code] !== 1
  if (sources) return chanceBetween(field, sources, isOwn)
  const counts = countsOfField(field)
  let [filled, pairs] = [0, 0]
  counts.forEach((count, code) => {
    filled += count
    if (isOwn(code)) pairs += count * (count - 1)
  })
  return filled < 2 ? 0 : pairs / (filled * (filled - 1))
}

interface Scored {
  readonly scorer: Pick<Scorer, 'bitsOf'>
  readonly threshold: number
}

function clustersOf(records: number, links: Links, { scorer, threshold }: Scored) {
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
        const score = scorer.bitsOf(members[j] as number, members[i] as number) - threshold
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
