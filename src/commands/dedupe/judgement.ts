/** What the answers of `--labels` say of the links: how many are right, how many are missing, and where to cut. */

import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import {
  areAnswered,
  type Cell,
  cutFor,
  type Interval,
  precisionOf,
  recallOf,
  shareOf,
} from '../../models/linkage/judged.ts'
import { probabilityOf } from './clusters.ts'
import { counted, isOrAre } from './counted.ts'
import { type Label, type Labels, weightOf } from './labels.ts'
import type { Matched } from './match.ts'
import { NEAR } from './review.ts'

type BitsOf = (row: number, other: number) => number

const bitsBetween =
  ({ records: { ofRow }, scorer }: Pick<Matched, 'records' | 'scorer'>): BitsOf =>
  (row, other) => {
    const [one, two] = [ofRow[row] as number, ofRow[other] as number]
    return scorer.bitsOf(Math.min(one, two), Math.max(one, two))
  }

interface Judged {
  readonly name: string
  readonly whole: Cell
  /** Its pairs on either side of the threshold. */
  readonly linked: Cell
  readonly others: Cell
}

export interface Judgement {
  /** The strongest first. */
  readonly strata: readonly Judged[]
  readonly precision: Interval | undefined
  readonly recall: Interval | undefined
}

export function judge(matched: Matched, labels: Labels): Judgement {
  const bitsOf = bitsBetween(matched)
  const strata = labels.strata.map(({ name, pairs }, stratum) => {
    const own = labels.labels.filter((label) => label.stratum === stratum)
    const isLinked = own.map(({ left, right }) => bitsOf(left, right) > matched.threshold)
    const cell = (side: (i: number) => boolean): Cell => {
      const some = own.filter((_, i) => side(i))
      const count = (same: boolean) => some.filter((label) => label.same === same).length
      return { pairs: (pairs * some.length) / own.length, same: count(true), different: count(false) }
    }
    const sum = own.reduce((total, { left, right }) => total + bitsOf(left, right), 0)
    return {
      name,
      mean: sum / own.length,
      whole: cell(() => true),
      linked: cell((i) => isLinked[i] === true),
      others: cell((i) => isLinked[i] === false),
    }
  })
  strata.sort((a, b) => b.mean - a.mean)
  const [linked, others] = [strata.map((each) => each.linked), strata.map((each) => each.others)]
  return { strata, precision: precisionOf(linked), recall: recallOf(linked, others) }
}

// Told -----------------------------------------------------------------------------------------------------

export function noteJudgement(input: Input, labels: Labels, { strata, precision, recall }: Judgement): void {
  const count = (same: boolean | undefined) => labels.labels.filter((label) => label.same === same).length
  const [yes, no, open] = [count(true), count(false), count(undefined)]
  input.note(
    `labels: ${counted(yes, 'pair')} ${isOrAre(yes)} one customer, ${no} ${isOrAre(no)} not, ${open} ${isOrAre(open)} left open`,
  )
  if (yes + no === 0) {
    input.warn(`--labels ${labels.path}: no pair has an answer; write y or n in the column same`)
    return
  }
  const limits = `of pairs that were compared and came within ${NEAR} bits of the threshold when they were drawn; pairs that were never proposed are not in it`
  if (precision) input.note(`by the labels, precision of the links: ${shown(precision)}`)
  if (recall) input.note(`by the labels, recall: ${shown(recall)}, ${limits}`)
  if (precision && recall) return
  const missing = strata.filter(({ linked, others }) => !areAnswered(precision ? [others] : [linked, others]))
  const what = precision ? 'no recall' : 'neither precision nor recall'
  input.note(`by the labels, ${what}: ${whyNot(missing)}`)
}

function whyNot(missing: readonly Judged[]): string {
  const [first, ...more] = missing
  if (!first) return 'they do not say how many pairs they stand for, as a file of --review does'
  const others = more.length > 0 ? `, nor in ${more.length} strata more` : ''
  return `no answer among the ${counted(Math.round(first.whole.pairs), 'pair')} of "${first.name}"${others}`
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
const shown = ({ estimate, low, high }: Interval): string =>
  `${percent(estimate)} (${percent(low)} to ${percent(high)})`

const NONE: Interval = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }

export function labelsSheet({ strata, precision, recall }: Judgement) {
  const linked = summed(strata.map((each) => each.linked))
  const all = summed(strata.map((each) => each.whole))
  const rows = [
    { measure: 'precision', cell: linked, interval: precision ?? NONE },
    { measure: 'recall', cell: all, interval: recall ?? NONE },
    ...strata.map(({ name, whole }) => ({ measure: name, cell: whole, interval: shareOf(whole) })),
  ]
  return {
    measure: rows.map(({ measure }) => measure),
    share: Float64Array.from(rows, ({ interval }) => interval.estimate),
    low: Float64Array.from(rows, ({ interval }) => interval.low),
    high: Float64Array.from(rows, ({ interval }) => interval.high),
    pairs: Int32Array.from(rows, ({ cell }) => Math.round(cell.pairs)),
    same: Int32Array.from(rows, ({ cell }) => cell.same),
    different: Int32Array.from(rows, ({ cell }) => cell.different),
  }
}

const summed = (cells: readonly Cell[]): Cell =>
  cells.reduce(
    (sum, { pairs, same, different }) => ({
      pairs: sum.pairs + pairs,
      same: sum.same + same,
      different: sum.different + different,
    }),
    { pairs: 0, same: 0, different: 0 },
  )

// `--threshold precision=0.99` ---------------------------------------------------------------------------------

/** With fewer of a kind a share of it is a guess. */
const LEAST = { same: 20, different: 10 }

/** The least bits with that precision, by the labels. Throws CustError('model') where they cannot tell. */
export function thresholdFor(precision: number, labels: Labels): (bitsOf: BitsOf) => number {
  const drawn = labels.labels.filter(({ same, stratum }) => same !== undefined && stratum >= 0)
  refuseFew(precision, drawn)
  return (bitsOf) => {
    const answers = drawn.map((label) => ({
      bits: bitsOf(label.left, label.right),
      same: label.same === true,
      weight: weightOf(labels, label),
    }))
    const cut = cutFor(answers, precision)
    if (cut !== undefined) return cut
    const best = Math.max(...answers.map(({ bits }) => bits))
    throw new CustError(
      'model',
      `--threshold precision=${precision}: not even pairs of ${best.toFixed(1)} bits match in so large a share, by the labels`,
      'are the answers right? Or ask for less, or for a probability: --threshold 0.99',
    )
  }
}

function refuseFew(precision: number, drawn: readonly Label[]): void {
  const missing = (['same', 'different'] as const).flatMap((kind) => {
    const has = drawn.filter(({ same }) => same === (kind === 'same')).length
    return has < LEAST[kind] ? [`${LEAST[kind] - has} more answers "${kind === 'same' ? 'y' : 'n'}"`] : []
  })
  if (missing.length === 0) return
  throw new CustError(
    'model',
    `--threshold precision=${precision} needs ${missing.join(' and ')}, to pairs of a file of --review`,
    'answer more of them, draw more with --review-pairs, or give a probability: --threshold 0.99',
  )
}

export function noteThreshold(input: Input, precision: number, threshold: number): void {
  input.note(
    `threshold: ${threshold.toFixed(2)} bits (p ${probabilityOf(threshold).toPrecision(3)}), the least from which ${percent(precision)} of the links are right, by the labels`,
  )
}
