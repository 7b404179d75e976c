/** Thresholds as whole numbers: `0.1%` of 9,835 baskets is at least 10 of them, and 16 of 20 are 80 %. */
import { CustError } from '../../core/errors.ts'

/** A part of one. */
export interface Confidence {
  readonly numerator: number
  readonly denominator: number
}

export type Support =
  | 'auto'
  | { readonly baskets: number }
  | { readonly share: Confidence; readonly text: string }

const usage = (message: string): CustError => new CustError('usage', message)

/** `80%` or `0.8`. */
export function confidence(given: string): Confidence {
  const ratio = ratioOf(given)
  if (ratio && ratio.numerator <= ratio.denominator) return ratio
  throw usage(`"${given}" is not a share: write 30% or 0.3`)
}

/** `auto`, `0.1%`, `0.001`, or a number of baskets. */
export function support(given: string): Support {
  if (given === 'auto') return given
  if (/^[1-9]\d*$/.test(given)) return { baskets: Number(given) }
  const share = ratioOf(given)
  if (share && share.numerator > 0 && share.numerator <= share.denominator) return { share, text: given }
  throw usage(`"${given}" is not a support: write 0.1%, or 20 for a number of baskets`)
}

function ratioOf(given: string): Confidence | undefined {
  const [, whole, decimals = '', percent] = /^(\d{1,3})(?:\.(\d{1,9}))?(%?)$/.exec(given.trim()) ?? []
  if (whole === undefined) return undefined
  return { numerator: Number(whole + decimals), denominator: 10 ** decimals.length * (percent ? 100 : 1) }
}

/** The least number of `total` baskets that is such a share: rounded up, without floating point. */
export function leastBaskets({ numerator, denominator }: Confidence, total: number): number {
  const [top, bottom] = [BigInt(numerator) * BigInt(total), BigInt(denominator)]
  return Math.max(1, Number((top + bottom - 1n) / bottom))
}
