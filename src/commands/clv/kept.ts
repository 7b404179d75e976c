/** A fit as a file, so that tomorrow's customers are scored by it; whatever it holds is checked before it is used. */
import { parseDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import type { Effect } from '../../models/clv/covariates.ts'
import {
  type Fitted,
  MOST_K,
  type ModelName,
  modelNames,
  parameterNames,
  takesCovariates,
} from '../../models/clv/model.ts'
import type { SpendFit } from '../../models/clv/spend.ts'
import type { Coding } from './covariates.ts'
import { UNITS, type UnitName } from './fits.ts'

export interface Kept {
  readonly unit: UnitName
  /** The last day that the fit has seen. */
  readonly asOf: string
  readonly fitted: Fitted
  /** How what is known of customers became levels. */
  readonly covariates: readonly Coding[]
  /** Null where spend was not fitted. */
  readonly spend: SpendFit | null
  /** What an order was worth on average; null without money. */
  readonly meanSpend: number | null
}

export const keptText = (kept: Kept): string => `${JSON.stringify({ cust: 'clv', ...kept }, null, 2)}\n`

/** Read what `keptText` wrote. Throws CustError('usage') that names the file and the first thing wrong with it. */
export function readKept({ path, text }: TextFile): Kept {
  const found = parsed(text)
  if (found?.['cust'] !== 'clv') {
    throw new CustError('usage', `${path}: is no fit of cust clv`, 'write one with --save-model <file>')
  }
  const read = reader(path)
  const asOf = read.text('asOf', found['asOf'])
  if (parseDay(asOf) === undefined) throw read.wrong('asOf', asOf, 'a date such as 2025-12-31')
  const covariates = read.list('covariates', found['covariates'] ?? []).map((each) => codingIn(read, each))
  return {
    unit: read.word('unit', found['unit'], Object.keys(UNITS) as UnitName[]),
    asOf,
    fitted: fittedIn(read, read.object('fitted', found['fitted']), covariates),
    covariates,
    spend: found['spend'] === null ? null : spendIn(read, read.object('spend', found['spend'])),
    meanSpend:
      found['meanSpend'] === null ? null : read.number('meanSpend', found['meanSpend'], 0, 'a number from 0'),
  }
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function fittedIn(read: Reader, fields: Fields, covariates: readonly Coding[]): Fitted {
  const model = read.word('fitted.model', fields['model'], modelNames)
  const effects = fields['effects'] === undefined ? undefined : effectsIn(read, fields['effects'], covariates)
  const names = parameterNames(model)
  if ((effects !== undefined || covariates.length > 0) && !takesCovariates(model))
    throw read.wrong('covariates', model, 'none for this model')
  return {
    model,
    parameters: parametersIn(read, 'fitted.parameters', fields['parameters'], names),
    k: kIn(read, model, fields['k']),
    covariance: covarianceIn(
      read,
      'fitted.covariance',
      fields['covariance'],
      names.length + 2 * (effects?.length ?? 0),
    ),
    ...accountIn(read, 'fitted', fields),
    patterns: read.number('fitted.patterns', fields['patterns'], 0, 'a number from 0'),
    ...(effects ? { effects } : {}),
    ...(fields['gain'] === undefined ? {} : { gain: read.number('fitted.gain', fields['gain']) }),
  }
}

function kIn(read: Reader, model: ModelName, value: unknown): number {
  const most = model === 'cnbd' ? MOST_K : 1
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number
  throw read.wrong('fitted.k', value, most === 1 ? '1' : `a whole number from 1 to ${most}`)
}

function spendIn(read: Reader, fields: Fields): SpendFit {
  const {
    p = 1,
    q = 1,
    v = 1,
  } = parametersIn(read, 'spend.parameters', fields['parameters'], ['p', 'q', 'v'])
  return {
    parameters: { p, q, v },
    covariance: covarianceIn(read, 'spend.covariance', fields['covariance'], 3),
    ...accountIn(read, 'spend', fields),
    without: read.number('spend.without', fields['without'], 0, 'a number from 0'),
  }
}

const accountIn = (read: Reader, where: string, fields: Fields) => ({
  logLikelihood: read.number(`${where}.logLikelihood`, fields['logLikelihood']),
  customers: read.number(`${where}.customers`, fields['customers'], 0, 'a number from 0'),
  iterations: read.number(`${where}.iterations`, fields['iterations'], 0, 'a number from 0'),
  notes: read.list(`${where}.notes`, fields['notes']).map((note) => read.text(`${where}.notes`, note)),
})

function parametersIn(
  read: Reader,
  where: string,
  value: unknown,
  names: readonly string[],
): Record<string, number> {
  const fields = read.object(where, value)
  const each = names.map((name) => {
    const place = `${where}.${name}`
    return [name, read.number(place, fields[name], Number.MIN_VALUE, 'a number above 0')] as const
  })
  return Object.fromEntries(each)
}

function covarianceIn(read: Reader, where: string, value: unknown, size: number): number[][] | null {
  if (value === null) return null
  const rows = read
    .list(where, value)
    .map((row) => read.list(where, row).map((each) => read.number(where, each)))
  const fits = rows.length === size && rows.every((row, i) => row.length === size && (row[i] as number) >= 0)
  if (!fits)
    throw read.wrong(
      where,
      value,
      `null, or ${size} rows of ${size} numbers with none below 0 on the diagonal`,
    )
  return rows
}

function effectsIn(read: Reader, value: unknown, covariates: readonly Coding[]): Effect[] {
  const columns = covariates.reduce((sum, { levels }) => sum + levels.length, 0)
  return read.list('fitted.effects', value).map((each) => {
    const fields = read.object('fitted.effects', each)
    const column = read.number('fitted.effects.column', fields['column'], 0, 'a number from 0')
    if (!Number.isInteger(column) || column >= columns)
      throw read.wrong('fitted.effects.column', column, `a level, of which there are ${columns}`)
    return {
      name: read.text('fitted.effects.name', fields['name']),
      column,
      purchase: read.number('fitted.effects.purchase', fields['purchase']),
      dropout: read.number('fitted.effects.dropout', fields['dropout']),
    }
  })
}

function codingIn(read: Reader, value: unknown): Coding {
  const fields = read.object('covariates', value)
  const cuts = fields['cuts']
  return {
    column: read.text('covariates.column', fields['column']),
    reference: read.text('covariates.reference', fields['reference']),
    levels: read
      .list('covariates.levels', fields['levels'])
      .map((each) => read.text('covariates.levels', each)),
    ...(cuts === undefined
      ? {}
      : { cuts: read.list('covariates.cuts', cuts).map((each) => read.number('covariates.cuts', each)) }),
  }
}

// What a place may hold ------------------------------------------------------------------------------

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Reader = ReturnType<typeof reader>

/** Readers of values of a file, each at the place that an error names. */
function reader(path: string) {
  const wrong = (place: string, value: unknown, wanted: string): CustError => {
    const found = value === undefined ? 'missing' : shown(value)
    return new CustError(
      'usage',
      `${path} cannot be used: ${place} is ${found}, and must be ${wanted}`,
      'write the file anew with --save-model <file>',
    )
  }
  return {
    wrong,
    text(place: string, value: unknown): string {
      if (typeof value === 'string') return value
      throw wrong(place, value, 'a text')
    },
    word<W extends string>(place: string, value: unknown, words: readonly W[]): W {
      const word = words.find((each) => each === value)
      if (word !== undefined) return word
      throw wrong(place, value, `one of ${words.join(', ')}`)
    },
    number(place: string, value: unknown, least = Number.NEGATIVE_INFINITY, wanted = 'a number'): number {
      if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value
      throw wrong(place, value, wanted)
    },
    list(place: string, value: unknown): readonly unknown[] {
      if (Array.isArray(value)) return value
      throw wrong(place, value, 'a list')
    },
    object(place: string, value: unknown): Fields {
      if (isFields(value)) return value
      throw wrong(place, value, 'an object')
    },
  }
}

const MOST_SHOWN = 40

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
