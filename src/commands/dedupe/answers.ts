/** What somebody has said of pairs of rows, in the matching of their records: links that hold, and evidence. */
import { CustError } from '../../core/errors.ts'
import { answersByPattern, surpriseOf } from '../../models/linkage/answered.ts'
import { type Bonds, bondsBetween, boundLinks, contradictionIn } from '../../models/linkage/bonds.ts'
import type { Links } from '../../models/linkage/groups.ts'
import { fitMixture, type Mixture } from '../../models/linkage/mixture.ts'
import type { Observed } from '../../models/linkage/observed.ts'
import type { Field } from './fields.ts'
import type { Records } from './records.ts'
import type { Scorer } from './score.ts'

export interface Answers {
  readonly path: string
  /** By answer: two rows, whether they are one customer, and the line that says so. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly same: Uint8Array
  readonly lines: Int32Array
  /** Pairs that each stands for. */
  readonly weights: Float64Array
}

/** The pairs of rows that are one customer. */
export function answersTogether({ left, right, same }: Answers): Pick<Answers, 'left' | 'right'> {
  const isSame = (_: number, i: number) => same[i] === 1
  return { left: left.filter(isSame), right: right.filter(isSame) }
}

/** Of two rows that say the same, one is a record of its own where they are said to be two customers. */
export function rowsApart(fields: readonly Field[], { left, right, same }: Answers): number[] {
  const apart = new Set<number>()
  same.forEach((together, i) => {
    const [one, other] = [left[i] as number, right[i] as number]
    if (together === 0 && fields.every(({ codes }) => codes[one] === codes[other])) apart.add(other)
  })
  return [...apart]
}

/** Pairs of records that are bound; those of one record are together anyway. */
export interface BoundRecords extends Bonds {
  /** By pair: the place of its answer. */
  readonly places: Int32Array
}

/** Throws CustError('input') where answers contradict each other. */
export function boundRecords({ ofRow }: Records, answers: Answers): BoundRecords {
  const between = (i: number) => {
    const [one, other] = [
      ofRow[answers.left[i] as number] as number,
      ofRow[answers.right[i] as number] as number,
    ]
    return [Math.min(one, other), Math.max(one, other)] as const
  }
  const places = Int32Array.from(answers.same.keys()).filter((i) => between(i)[0] !== between(i)[1])
  const bonds = {
    places,
    left: places.map((i) => between(i)[0]),
    right: places.map((i) => between(i)[1]),
    same: Uint8Array.from(places, (i) => answers.same[i] as number),
  }
  const contradiction = contradictionIn(bonds)
  if (contradiction === undefined) return bonds
  const lineOf = (place: number) => answers.lines[places[place] as number] as number
  const lines = contradiction.together.map((place) => `line ${lineOf(place)}`)
  throw contradicted(
    answers,
    lineOf(contradiction.apart),
    `${listed(lines)} ${lines.length > 1 ? 'make' : 'makes'} it "y"`,
  )
}

const listed = (lines: readonly string[]): string =>
  lines.length > 1 ? `${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}` : (lines[0] ?? '')

const contradicted = ({ path }: Answers, line: number, why: string) =>
  new CustError(
    'input',
    `--labels ${path}:${line}: this pair is "n", but ${why}`,
    'correct one of the answers',
  )

/** Keys join what answers keep apart? Throws CustError('input'). */
export function refuseJoined(clusters: Int32Array, bonds: BoundRecords, answers: Answers): void {
  bonds.same.forEach((together, i) => {
    if (together === 1 || clusters[bonds.left[i] as number] !== clusters[bonds.right[i] as number]) return
    throw contradicted(answers, answers.lines[bonds.places[i] as number] as number, '--key makes it "y"')
  })
}

export function boundScorer(scorer: Scorer, bonds: Bonds): Pick<Scorer, 'bitsOf'> {
  const bond = bondsBetween(bonds)
  return { bitsOf: (one, other) => bond(one, other) ?? scorer.bitsOf(one, other) }
}

export const linksWith = (links: Links, bonds: Bonds | undefined): Links =>
  bonds ? boundLinks(links, bonds) : links

export interface ToLearn {
  readonly bonds: BoundRecords
  readonly answers: Answers
  /** By pair of the bonds: the number of its pattern. */
  readonly numbers: Int32Array
  readonly scorerOf: (mixture: Mixture) => Scorer
}

/**
 * A mixture that has learnt from the answers, or one that has not where that agrees better with them: columns are
 * independent inside of a class, and a few wrong answers about a frequent pattern may move what all columns count
 * beyond what the other answers about that pattern bear out.
 */
export function fitTold(observed: Observed, { bonds, answers, numbers, scorerOf }: ToLearn): Mixture {
  const plain = fitMixture(observed)
  if (bonds.same.length === 0) return plain
  const answered = answersByPattern(numbers, bonds.same, observed.proposed.length)
  const told = fitMixture({ ...observed, answered })
  const weights = Float64Array.from(bonds.places, (i) => answers.weights[i] as number)
  const surprise = (mixture: Mixture) => {
    const { bitsOf } = scorerOf(mixture)
    const bits = Array.from(bonds.left, (one, i) => bitsOf(one, bonds.right[i] as number))
    return surpriseOf(bits, { same: bonds.same, weights })
  }
  return surprise(told) < surprise(plain) ? told : plain
}
