/** --regress: one column from others by least squares. */
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import type { Columns } from '../../core/report.ts'
import { type Regression, regress } from '../../models/regression.ts'
import { type Cells, cellNamed, type Fetched, fetchRows } from './cells.ts'
import type { Formula } from './formula.ts'
import type spec from './index.ts'

type Gives = (typeof spec)['gives']

export interface Explained {
  readonly terms: readonly string[]
  readonly found: Regression
  readonly leftOut: number
}

interface Term {
  readonly name: string
  readonly values: Float64Array
}

/** A column of more words than this would be a coefficient for each. */
const MOST_WORDS = 50

/** Throws CustError('model') where no line can be drawn. */
export async function explain(cells: Cells, { text, y, x }: Formula): Promise<Explained> {
  const named = [y, ...x].map((header) => cellNamed(cells, header, '--regress'))
  const rows = await fetchRows(cells, named)
  const [target] = rows
  if (!target || !('numbers' in target)) {
    throw new CustError('usage', `--regress ${text}: ${y} does not hold numbers`)
  }
  const complete = completeRows(rows)
  const picked = (values: Float64Array) => Float64Array.from(complete, (row) => values[row] as number)
  const terms = rows.slice(1).flatMap((column) => termsOf(column, complete, text))
  const found = regress(
    picked(target.numbers),
    terms.map(({ values }) => values),
  )
  if ('refusal' in found) throw refused(found.refusal, { text, terms })
  return {
    terms: ['(intercept)', ...terms.map(({ name }) => name)],
    found,
    leftOut: target.numbers.length - complete.length,
  }
}

function completeRows(columns: readonly Fetched[]): Uint32Array {
  const has = (column: Fetched, row: number) =>
    'numbers' in column ? !Number.isNaN(column.numbers[row] as number) : (column.codes[row] as number) >= 0
  const [first] = columns
  const length = first && 'numbers' in first ? first.numbers.length : 0
  return Uint32Array.from({ length }, (_, row) => row).filter((row) =>
    columns.every((column) => has(column, row)),
  )
}

/** A column of numbers as it is; of words, a 0/1 column for each but the first by its letters. */
function termsOf(column: Fetched, rows: Uint32Array, formula: string): Term[] {
  const { header } = column.cell
  if ('numbers' in column) {
    return [{ name: header, values: Float64Array.from(rows, (row) => column.numbers[row] as number) }]
  }
  const { codes, words } = column
  const used = new Set(Array.from(rows, (row) => codes[row] as number))
  const [, ...others] = [...used].sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1))
  if (used.size > MOST_WORDS) {
    throw new CustError(
      'usage',
      `--regress ${formula}: ${header} has ${wholeText(used.size)} different words`,
      `a column of at most ${MOST_WORDS} can be explained by`,
    )
  }
  if (others.length === 0) {
    throw new CustError('model', `--regress ${formula}: ${header} has one value in all rows that count`)
  }
  return others.map((code) => ({
    name: `${header} = ${words[code]}`,
    values: Float64Array.from(rows, (row) => (codes[row] === code ? 1 : 0)),
  }))
}

function refused(
  refusal: { readonly collinear: number } | { readonly rows: number; readonly needed: number },
  { text, terms }: { readonly text: string; readonly terms: readonly Term[] },
): CustError {
  if ('collinear' in refusal) {
    const name = terms[refusal.collinear]?.name
    const why = 'it is the same in all rows, or made up of the columns before it'
    return new CustError(
      'model',
      `--regress ${text}: ${name} has no coefficient of its own: ${why}`,
      'leave it out',
    )
  }
  const rows = `${wholeText(refusal.rows)} rows have all the values, and it takes ${wholeText(refusal.needed)}`
  return new CustError('model', `--regress ${text}: ${rows}`)
}

// The sheets -----------------------------------------------------------------------------------------

export function regressionSheet({ terms, found: { coefficients } }: Explained): Columns<Gives['regression']> {
  const numbers = (of: (each: Regression['coefficients'][number]) => number) =>
    Float64Array.from(coefficients, of)
  return {
    term: terms,
    coefficient: numbers(({ value }) => value),
    standard_error: numbers(({ error }) => error),
    low: numbers(({ low }) => low),
    high: numbers(({ high }) => high),
    t_value: numbers(({ t }) => t),
    p_value: numbers(({ p }) => p),
    vif: numbers(({ inflation }) => inflation),
  }
}

/** Below this p a check says that something is not as least squares takes it to be. */
const DOUBT = 0.05

export function fitSheet({ found, leftOut }: Explained): Columns<Gives['fit']> {
  const { breuschPagan, durbinWatson, jarqueBera } = found.checks
  const none = Number.NaN
  const spread = breuschPagan.p < DOUBT
  const normal = jarqueBera.p < DOUBT
  const rows: readonly (readonly [string, number, number, string, string])[] = [
    [
      'rows',
      found.rows,
      none,
      `${wholeText(leftOut)} rows lack a value and are out`,
      `${wholeText(leftOut)} 行缺值未计入`,
    ],
    ['r2', found.r2, none, 'share of the spread that the columns explain', '解释的方差占比'],
    [
      'adjusted_r2',
      found.adjustedR2,
      none,
      'the same, less what as many columns of chance would explain',
      '调整后',
    ],
    ['residual_standard_error', found.sigma, none, 'usual distance of a row from the line', '残差标准误'],
    [
      'f',
      found.f,
      found.fP,
      `all columns together, ${found.fDegrees.map(wholeText).join(' and ')} degrees of freedom`,
      `整体显著性，自由度 ${found.fDegrees.map(wholeText).join('、')}`,
    ],
    [
      'breusch_pagan',
      breuschPagan.value,
      breuschPagan.p,
      spread
        ? 'residuals spread more for some rows: standard errors are not to be trusted'
        : 'residuals spread evenly',
      spread ? '残差方差不齐，标准误不可靠' : '残差方差齐',
    ],
    [
      'durbin_watson',
      durbinWatson,
      none,
      'neighbouring rows: 2 unrelated, towards 0 alike, towards 4 opposite',
      '相邻行残差：2 无关，趋 0 正相关，趋 4 负相关',
    ],
    [
      'jarque_bera',
      jarqueBera.value,
      jarqueBera.p,
      normal ? 'residuals are not normal: matters where rows are few' : 'residuals may be normal',
      normal ? '残差非正态，行数少时需注意' : '残差可视为正态',
    ],
  ]
  return {
    measure: rows.map(([measure]) => measure),
    value: Float64Array.from(rows, ([, value]) => value),
    p_value: Float64Array.from(rows, ([, , p]) => p),
    what: rows.map(([, , , en]) => en),
    what_zh: rows.map(([, , , , zh]) => zh),
  }
}
