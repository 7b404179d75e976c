/** The answers of --explain and --evaluate in a line: where only rows are written they would be seen nowhere. */
import type { Input } from '../../core/command.ts'
import type { explainedPair } from './tables.ts'

type Note = Pick<Input, 'note'>

export function noteExplanation(
  { note }: Note,
  [one, other]: readonly [string, string],
  { level, bits }: ReturnType<typeof explainedPair>,
): void {
  note(
    `${one} and ${other}: ${bits.at(-1)?.toFixed(1)} bits, ${level.at(-1)}; what each column says: --sheet explanation`,
  )
}

interface Figures {
  readonly measure: readonly string[]
  readonly value: Float64Array
}

export function noteEvaluation({ note }: Note, truth: string, { measure, value }: Figures): void {
  const figure = (name: string): number => value[measure.indexOf(name)] as number
  const share = (name: string): string =>
    Number.isNaN(figure(name)) ? 'none' : `${(100 * figure(name)).toFixed(1)}%`
  const f1 = Number.isNaN(figure('F1')) ? 'none' : figure('F1').toFixed(4)
  note(`by ${truth}: precision ${share('precision')}, recall ${share('recall')}, F1 ${f1}`)
}
