/** Cut points as a file, so that next month is scored by this month's scale. */
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import {
  type AxisName,
  ascending,
  axisNames,
  type FixedCuts,
  type RfmOptions,
  type Scores,
} from './scoring.ts'

/** The text of a cuts file. Throws CustError('usage') for scores that go by rank and have no cuts. */
export function cutsText(scores: Scores, options: RfmOptions, asOf: number): string {
  const axes = scores.map(({ name, cuts, bins }) => {
    if (cuts) return [name, { bins, cuts: cuts.values, edge: cuts.edge }] as const
    throw new CustError('usage', 'scores by rank (ntile) have no cuts to save', 'use another --method')
  })
  const about = { as_of: formatDay(asOf), monetary: options.monetary, window_days: options.window ?? null }
  return `${JSON.stringify({ cust: 'rfm cuts', version: 1, ...about, ...Object.fromEntries(axes) }, null, 2)}\n`
}

/** Read a cuts file. Throws CustError('usage') for another file, or one for another measure. */
export function readCuts({ path, text }: TextFile, options: RfmOptions): FixedCuts {
  const file = jsonObject(path, text)
  if (file['cust'] !== 'rfm cuts') throw wrong(path, 'it is not a file written by --save-cuts')
  if (file['monetary'] !== options.monetary) {
    throw wrong(path, `its M is ${String(file['monetary'])}`, `add --monetary ${String(file['monetary'])}`)
  }
  if ((file['window_days'] ?? undefined) !== options.window) {
    const window = typeof file['window_days'] === 'number' ? `${file['window_days']}d` : 'all'
    throw wrong(path, `its window is ${window}`, `add --window ${window}`)
  }
  return Object.fromEntries(axisNames.map((axis) => [axis, axisCuts(path, axis, file[axis])]))
}

function axisCuts(path: string, axis: AxisName, value: unknown) {
  const { cuts, edge, bins } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  const numbers = Array.isArray(cuts) && cuts.every((cut) => typeof cut === 'number' && Number.isFinite(cut))
  if (!numbers || (edge !== 'lower' && edge !== 'upper')) throw wrong(path, `it has no cuts for ${axis}`)
  const values = cuts as number[]
  // Quantiles may repeat where many customers share a value; only a fall is wrong.
  ascending([...new Set(values)], `${path}: ${axis}`)
  if (typeof bins !== 'number' || !(bins > values.length && bins <= 10)) {
    throw wrong(path, `"bins" of ${axis} does not fit its ${values.length} cuts`)
  }
  return { values, edge, bins } as const
}

/** The object in a JSON file. Throws CustError('usage') with the place of a mistake. */
export function jsonObject(path: string, text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CustError('usage', `${path} is not JSON: ${(error as Error).message}`, '', { cause: error })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw wrong(path, 'it does not hold a JSON object')
}

const wrong = (path: string, why: string, hint = ''): CustError =>
  new CustError('usage', `${path} cannot be used: ${why}`, hint)
