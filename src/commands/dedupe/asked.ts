/** The answers of --explain and --evaluate, and each in a line: where only rows are written they would be seen nowhere. */
import type { Input } from '../../core/command.ts'
import { absent } from '../../core/report.ts'
import type { DedupeOptions } from './options.ts'
import { idsOf } from './pairOfIds.ts'
import type { explainedPair } from './tables.ts'

type Note = Pick<Input, 'note'>
type Explanation = ReturnType<typeof explainedPair>

interface Figures {
  readonly measure: readonly string[]
  readonly value: Float64Array
}

interface Answering<F extends Figures> {
  /** Which two rows may be named. */
  readonly pairs: string
  explain(ids: readonly [string, string]): Explanation
  evaluate(truth: string): F
}

export function askedSheets<F extends Figures>(
  input: Note,
  { explain, evaluate }: Pick<DedupeOptions, 'explain' | 'evaluate'>,
  answering: Answering<F>,
) {
  return {
    explanation:
      explain.length > 0
        ? explained(input, idsOf(explain), answering)
        : absent(`name ${answering.pairs} with --explain ID1,ID2`),
    evaluation:
      evaluate[0] === undefined
        ? absent('name the column of the truth with --evaluate')
        : evaluated(input, evaluate[0], answering),
  }
}

function explained(
  { note }: Note,
  ids: readonly [string, string],
  { explain }: Pick<Answering<Figures>, 'explain'>,
): Explanation {
  const explanation = explain(ids)
  const [bits, level] = [explanation.bits.at(-1)?.toFixed(1), explanation.level.at(-1)]
  note(`${ids.join(' and ')}: ${bits} bits, ${level}; what each column says: --sheet explanation`)
  return explanation
}

function evaluated<F extends Figures>(
  { note }: Note,
  truth: string,
  { evaluate }: Pick<Answering<F>, 'evaluate'>,
): F {
  const evaluation = evaluate(truth)
  const { measure, value } = evaluation
  const figure = (name: string): number => value[measure.indexOf(name)] as number
  const share = (name: string): string =>
    Number.isNaN(figure(name)) ? 'none' : `${(100 * figure(name)).toFixed(1)}%`
  const f1 = Number.isNaN(figure('F1')) ? 'none' : figure('F1').toFixed(4)
  note(`by ${truth}: precision ${share('precision')}, recall ${share('recall')}, F1 ${f1}`)
  return evaluation
}
