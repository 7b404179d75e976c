/** `--threshold 0.9`: a probability; `--threshold precision=0.99`: the share of links that are right. */
import { CustError } from '../../core/errors.ts'

export type Threshold = { readonly p: number } | { readonly precision: number }

export function thresholdOf(given: string): Threshold {
  const [, word, digits = ''] = /^(?:(precision)\s*=)?(.*)$/.exec(given.trim()) ?? []
  const share = Number(digits)
  if (digits.trim() !== '' && share > 0 && share < 1) return word ? { precision: share } : { p: share }
  const what = word ? 'a precision' : 'a probability'
  throw new CustError('usage', `"${given}" is not ${what} between 0 and 1, such as 0.9 or precision=0.99`)
}

/** Throws CustError('usage') where a share was asked for: labels tell what it takes. */
export function probabilityIn(threshold: Threshold): number {
  if ('p' in threshold) return threshold.p
  throw new CustError(
    'usage',
    `--threshold precision=${threshold.precision} needs --labels`,
    'write pairs to look at with --review <file>, fill in the column same, and give it with --labels <file>',
  )
}
