/** What the flags of `cust clv` alone mean: a rate per year, a day that divides the data. */

import { CustError } from '../../core/errors.ts'
import { isoDay } from '../../core/options.ts'

const usage = (message: string): CustError => new CustError('usage', message)

/** `10%/yr` or `0.1/yr`: an effective rate, a part of one. */
export function yearlyRate(given: string): number {
  const [, number, percent, per] = /^(\d+(?:\.\d+)?)(%?)(\/(?:yr|year|y))?$/.exec(given.trim()) ?? []
  if (number === undefined) throw usage(`"${given}" is not a rate: write 10%/yr`)
  if (per === undefined && Number(number) !== 0)
    throw usage(`"${given}" is per year: write ${number}${percent}/yr`)
  return Number(number) / (percent ? 100 : 1)
}

/** The last day that the models may see while they are judged by what came after. */
export function holdout(given: string): 'auto' | 'off' | number {
  return given === 'auto' || given === 'off' ? given : isoDay(given)
}
