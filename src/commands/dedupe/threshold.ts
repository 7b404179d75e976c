/** `--threshold 0.9`: a probability. */
import { CustError } from '../../core/errors.ts'

export interface Threshold {
  readonly p: number
}

export function thresholdOf(given: string): Threshold {
  const p = Number(given)
  if (given.trim() !== '' && p > 0 && p < 1) return { p }
  throw new CustError('usage', `"${given}" is not a probability between 0 and 1`)
}
