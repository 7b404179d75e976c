/** What the answer stands on, as sheets: parameters, fits, definitions. */
import { formatDay } from '../../core/days.ts'
import { wholeText } from '../../core/numerals.ts'
import { toldCounts } from '../../core/purchases.ts'
import type { Columns } from '../../core/report.ts'
import { populationMean } from '../../models/clv/gammagamma.ts'
import { type Fitted, parameterNames } from '../../models/clv/model.ts'
import { effectEstimates, estimates } from '../../models/clv/uncertainty.ts'
import type { Named } from './fits.ts'
import type spec from './index.ts'
import type { Options, Valued } from './valued.ts'

type Gives = (typeof spec)['gives']

const fittedToText = ({ choice }: Valued, to: Named['to']): string =>
  to === 'calibration' && choice.judged ? `up to ${formatDay(choice.judged.calibrationEnd)}` : 'all'

interface ParameterLine {
  readonly model: string
  readonly parameter: string
  readonly values: readonly [estimate: number, error: number, low: number, high: number]
  readonly to: string
}

const NONE = Number.NaN

export function parametersSheet(valued: Valued): Columns<Gives['parameters']> {
  const lines: ParameterLine[] = valued.choice.fits.flatMap(({ fitted, to }) => {
    const where = { model: fitted.model, to: fittedToText(valued, to) }
    const regular =
      fitted.model === 'cnbd' ? [{ parameter: 'k', values: [fitted.k, NONE, NONE, NONE] as const }] : []
    const each = estimates(fitted).map(({ name, value, standardError, low, high }) => ({
      parameter: name,
      values: [value, standardError, low, high] as const,
    }))
    const effects = effectEstimates(fitted).map(({ name, value, standardError, low, high }) => ({
      parameter: name,
      values: [value, standardError, low, high] as const,
    }))
    const likelihood = {
      parameter: 'log_likelihood',
      values: [fitted.logLikelihood, NONE, NONE, NONE] as const,
    }
    return [...each, ...effects, ...regular, likelihood].map((line) => ({ ...where, ...line }))
  })
  const { spend } = valued
  if (typeof spend === 'object') {
    const where = { model: 'gamma-gamma', to: 'all' }
    for (const { name, value, standardError, low, high } of estimates({
      ...spend,
      parameters: { ...spend.parameters },
    })) {
      lines.push({ ...where, parameter: name, values: [value, standardError, low, high] })
    }
    lines.push({ ...where, parameter: 'log_likelihood', values: [spend.logLikelihood, NONE, NONE, NONE] })
  }
  const column = (i: 0 | 1 | 2 | 3) => Float64Array.from(lines, ({ values }) => values[i])
  return {
    model: lines.map(({ model }) => model),
    parameter: lines.map(({ parameter }) => parameter),
    estimate: column(0),
    std_error: column(1),
    ci_low: column(2),
    ci_high: column(3),
    fitted_to: lines.map(({ to }) => to),
  }
}

export function fitSheet(valued: Valued): Columns<Gives['fit']> {
  const { choice, spend } = valued
  const lines = choice.fits.map(({ fitted, to }) => ({
    ...fitted,
    free: parameterNames(fitted.model).length + 2 * (fitted.effects?.length ?? 0),
    to: fittedToText(valued, to),
    notes: [...regularity(fitted), ...fitted.notes],
  }))
  const others =
    typeof spend === 'object'
      ? [{ ...spend, model: 'gamma-gamma', patterns: spend.customers, free: 3, to: 'all' }]
      : []
  const all = [...lines, ...others]
  return {
    model: all.map(({ model }) => model),
    fitted_to: all.map(({ to }) => to),
    log_likelihood: Float64Array.from(all, ({ logLikelihood }) => logLikelihood),
    aic: Float64Array.from(all, ({ logLikelihood, free }) => 2 * free - 2 * logLikelihood),
    customers: Float64Array.from(all, ({ customers }) => customers),
    patterns: Float64Array.from(all, ({ patterns }) => patterns),
    iterations: Float64Array.from(all, ({ iterations }) => iterations),
    converged: all.map(({ covariance }) => (covariance ? 'yes' : 'at a bound')),
    note: all.map(({ notes }) => notes.join('; ') || null),
  }
}

function regularity({ model, k }: Fitted): string[] {
  if (model !== 'cnbd') return []
  return [k > 1 ? `k = ${k}` : 'k = 1 is likeliest: buyers are not regular, and this is MBG/NBD']
}

export function definitionsSheet(valued: Valued, options: Options): Columns<Gives['definitions']> {
  const { history, end, unit, choice, spend } = valued
  const { counts, first } = history
  const lines: (readonly [string, string])[] = [
    ['unit of time of the parameters', unit],
    ['first day of the data', formatDay(first)],
    ['last day of observation', formatDay(end)],
    ['last day of the calibration', choice.judged ? formatDay(choice.judged.calibrationEnd) : 'no holdout'],
    ...toldCounts(history),
    ['first order', 'where a history begins; no repeat purchase, and no part of the mean spend'],
    ['refunds', options.refunds],
    ['horizon', options.horizon.text],
    ['discount rate per year', `${Number((100 * options.discount).toPrecision(6))} %`],
    ['margin', `${Number((100 * options.margin).toPrecision(6))} %`],
  ]
  if (options.spend !== 'none')
    lines.push(['purchases that brought in nothing', wholeText(counts.withoutMoney)])
  if (typeof spend === 'object') {
    const mean = populationMean(spend.parameters)
    lines.push([
      'expected value of an order of anyone',
      mean === undefined ? 'no finite mean' : mean.toFixed(2),
    ])
    lines.push(['customers in the model of spend', wholeText(spend.customers)])
  }
  return { definition: lines.map(([what]) => what), value: lines.map(([, is]) => is) }
}
