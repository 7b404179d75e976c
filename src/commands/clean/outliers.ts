/** Numbers far from the rest of their column: told, brought in, or their rows rejected. */
import type { RewriteInput } from '../../core/rewrite.ts'
import { listText } from '../../core/texts.ts'
import { isPlainNumber } from '../../fields/plainNumber.ts'
import { type Fences, fencesOf } from '../../models/frequencies.ts'
import type { CellMender } from './cellMender.ts'
import type { Facts } from './facts.ts'
import { OUTLIER_COLUMN } from './missing.ts'
import type { RowStep } from './rows.ts'

export type OutlierWay = 'flag' | 'clip' | 'reject'

/** Of fewer numbers nobody knows what is far. */
const FEWEST = 20

/** The columns whose numbers are compared. */
export const judgedColumns = (menders: readonly CellMender[]): number[] =>
  menders.filter(({ column }) => column.taken === 'number').map(({ column }) => column.index)

interface Judged {
  readonly column: number
  readonly header: string
  readonly fences: Fences
  readonly decimals: number
}

export function outlierSteps(
  way: OutlierWay,
  facts: ReadonlyMap<number, Facts>,
  input: RewriteInput,
): { readonly steps: readonly RowStep[]; readonly adds: readonly string[] } {
  const judged = [...facts].flatMap(([column, known]): Judged[] => {
    const numbers = known.numbers()
    const count = numbers.counts.reduce((sum, each) => sum + each, 0)
    if (count < FEWEST) return []
    return [
      {
        column,
        header: input.headers[column] as string,
        fences: fencesOf(numbers),
        decimals: known.decimals,
      },
    ]
  })
  for (const { header, fences } of judged)
    input.note(`${header}: outliers lie beyond ${shown(fences.low)} to ${shown(fences.high)}`)
  if (way === 'clip') return { steps: [clipStep(judged)], adds: [] }
  if (way === 'reject') return { steps: [rejectStep(judged)], adds: [] }
  const existing = input.headers.indexOf(OUTLIER_COLUMN)
  return { steps: [flagStep(judged, existing)], adds: existing < 0 ? [OUTLIER_COLUMN] : [] }
}

const shown = (value: number): string => String(Number(value.toPrecision(6)))

/** Which fence a text lies beyond. */
function beyond(text: string, { low, high, scale }: Fences): 'low' | 'high' | undefined {
  if (!isPlainNumber(text)) return undefined
  const value = Number(text)
  if (value > high) return 'high'
  return value < low && (scale === 'distance' || value > 0) ? 'low' : undefined
}

function clipStep(judged: readonly Judged[]): RowStep {
  return (working) => {
    for (const { column, fences, decimals } of judged) {
      const ends = {
        low: inward(fences.low, decimals, Math.ceil),
        high: inward(fences.high, decimals, Math.floor),
      }
      for (let at = 0; at < working.batch.length; at++) {
        const side = beyond(working.text(column, at), fences)
        if (side) working.set(column, at, ends[side], 'outlier')
      }
    }
  }
}

/** A fence with the decimals of the column, on its inner side: what lies on it lies within. */
function inward(fence: number, decimals: number, round: (value: number) => number): string {
  const unit = 10 ** decimals
  return (round(fence * unit) / unit).toFixed(decimals)
}

function rejectStep(judged: readonly Judged[]): RowStep {
  return (working) => {
    for (const { column, header, fences } of judged) {
      for (let at = 0; at < working.batch.length; at++) {
        const text = working.text(column, at)
        if (beyond(text, fences) === undefined) continue
        working.remove({ at, as: 'rejected', why: `outlier: ${header} ${text}`, column: column + 1 })
      }
    }
  }
}

function flagStep(judged: readonly Judged[], existing: number): RowStep {
  return (working) => {
    for (let at = 0; at < working.batch.length; at++) {
      const found = judged.filter(({ column, fences }) => beyond(working.text(column, at), fences))
      const text = listText(found.map(({ header }) => header))
      if (existing < 0) working.add(OUTLIER_COLUMN, at, text)
      else if (working.text(existing, at) !== text) working.set(existing, at, text, 'outlier')
    }
  }
}
