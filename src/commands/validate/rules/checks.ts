/** The checks that a user asks for: by a file of rules, and by --rule. */
import { parseDay } from '../../../core/days.ts'
import { CustError } from '../../../core/errors.ts'
import type { Records } from '../../../core/records.ts'
import { join, type Sql, sql } from '../../../core/sql.ts'
import { isPhoneCountry } from '../../../fields/phone.ts'
import { knowsPostcodes } from '../../../fields/postcode.ts'
import { trimmed } from '../../../fields/text.ts'
import { type Check, type Dimension, type Finding, literals, type Said } from '../check.ts'
import { type Field, fieldNamed } from '../fields.ts'
import { compiled } from './compile.ts'
import { columnsIn } from './expression.ts'
import type { ColumnRules, RowRule, Rules } from './file.ts'

export interface Ruling {
  readonly records: Records
  readonly fields: readonly Field[]
  readonly today: number
}

export function ruleChecks(ruling: Ruling, { columns, rules, unique }: Rules): Check[] {
  return [
    ...columns.flatMap((said) => columnChecks(ruling, said)),
    ...unique.map((together) => uniqueTogether(ruling, together)),
    ...rules.map((rule) => rowCheck(ruling, rule)),
  ]
}

/** What rules say of the file: its columns and the number of its rows. */
export function ruleFindings({ fields }: Ruling, { columns, rows }: Rules, counted: number): Finding[] {
  const missing = columns.filter(({ column, optional }) => !optional && !has(fields, column))
  const about = { severity: 'error', column: undefined, share: Number.NaN, lines: '', examples: [] } as const
  const found = missing.map(
    ({ column }): Finding => ({
      ...about,
      ...{ rule: 'missing_column', dimension: 'completeness', column, count: 1 },
      ...{ en: 'the rules name it, the file lacks it', zh: '规则要求此列，但文件中没有' },
    }),
  )
  const few = rows.min !== undefined && counted < rows.min
  const many = rows.max !== undefined && counted > rows.max
  if (!few && !many) return found
  const bound = few ? `at least ${rows.min}` : `at most ${rows.max}`
  const said = {
    en: `the rules want ${bound} rows`,
    zh: few ? `行数应不少于 ${rows.min}` : `行数应不多于 ${rows.max}`,
  }
  return [...found, { ...about, ...said, rule: 'rows', dimension: 'completeness', count: counted }]
}

const keyOf = (header: string): string => header.trim().toLowerCase()
export const has = (fields: readonly Field[], column: string): boolean =>
  fields.some(({ header }) => keyOf(header) === keyOf(column))

/** The rules of a column, for the field that it is. */
export const ruledField = (fields: readonly Field[], { column }: ColumnRules): Field | undefined =>
  fields.find(({ header }) => keyOf(header) === keyOf(column))

// Rows -----------------------------------------------------------------------------------------------

function rowCheck({ records, fields, today }: Ruling, { check, name, severity }: RowRule): Check {
  const field = (column: string) => fieldNamed(fields, column, `rule "${check.source}"`)
  const keeps = compiled(check, { dialect: records.dialect, today, field })
  const columns = columnsIn(check.node).map((column) => field(column).header)
  return {
    rule: name,
    severity,
    dimension: columns.length > 1 ? 'consistency' : 'validity',
    columns,
    tested: sql`((${keeps}) is not null)`,
    ...{ en: `breaks the rule: ${check.source}`, zh: `违反规则：${check.source}` },
    fails: sql`(not ${keeps})`,
  }
}

function uniqueTogether({ records, fields }: Ruling, together: readonly string[]): Check {
  const columns = together.map((column) => fieldNamed(fields, column, 'unique'))
  const cells = columns.map(({ cell }) => trimmed(cell))
  const all = sql`(${join(
    columns.map(({ filled }) => filled),
    ' and ',
  )})`
  const key = sql`(${join(cells)})`
  const twice = sql`select ${join(cells)} from ${records.from} as rows where ${all} group by ${key} having count(*) > 1`
  const names = columns.map(({ header }) => header)
  return {
    rule: 'unique',
    severity: 'error',
    dimension: 'uniqueness',
    columns: names,
    tested: all,
    ...{ en: `${names.join(' + ')} as in another row`, zh: `${names.join(' + ')} 与另一行相同` },
    fails: sql`(${all} and ${cells.length === 1 ? (cells[0] as Sql) : key} in (${twice}))`,
  }
}

// Columns --------------------------------------------------------------------------------------------

function columnChecks(ruling: Ruling, said: ColumnRules): Check[] {
  const field = ruledField(ruling.fields, said)
  if (!field) return []
  checkCountry(said)
  const { header, cell, filled } = field
  const severity = said.severity ?? 'error'
  const text = trimmed(cell)
  const of = (
    rule: string,
    dimension: Dimension,
    fails: Sql,
    what: Said,
    also: Partial<Check> = {},
  ): Check => {
    return { rule, severity, dimension, columns: [header], ...what, fails, ...also }
  }
  const checks: Check[] = []
  if (said.required) {
    checks.push(
      of(
        'required',
        'completeness',
        sql`(not ${filled})`,
        { en: 'no value', zh: '缺少必填值' },
        { tested: sql`true` },
      ),
    )
  }
  if (said.unique) checks.push({ ...uniqueTogether(ruling, [header]), severity })
  if (said.values) {
    const values = said.values.map(String)
    const what = { en: `not one of ${shown(values)}`, zh: `不在允许的取值中：${shown(values)}` }
    checks.push(of('values', 'validity', sql`(${filled} and ${text} not in (${literals(values)}))`, what))
  }
  if (said.pattern !== undefined) {
    checkPattern(said)
    const what = { en: `not like ${said.pattern}`, zh: `不符合格式 ${said.pattern}` }
    checks.push(
      of('pattern', 'validity', sql`(${filled} and not regexp_full_match(${text}, ${said.pattern}))`, what),
    )
  }
  for (const bound of ['min', 'max'] as const) {
    if (said[bound] !== undefined) checks.push(boundCheck(ruling, field, { said, bound, severity }))
  }
  for (const bound of ['min-length', 'max-length'] as const) {
    const limit = said[bound]
    if (limit === undefined) continue
    const [sign, en, zh] = bound === 'min-length' ? ['<', 'shorter', '短于'] : ['>', 'longer', '长于']
    const what = { en: `${en} than ${limit} characters`, zh: `${zh} ${limit} 个字符` }
    checks.push(
      of(
        bound,
        'validity',
        sql`(${filled} and length(${text}) ${{ pieces: [sign as string] }} ${limit})`,
        what,
      ),
    )
  }
  if (said.kind === 'integer' && field.reading) {
    const { value } = field.reading
    const what = { en: 'no whole number', zh: '不是整数' }
    checks.push(of('integer', 'validity', sql`coalesce(${value} <> floor(${value}), false)`, what))
  }
  return checks
}

const MOST_SHOWN = 6
const shown = (values: readonly string[]): string =>
  values.slice(0, MOST_SHOWN).join(', ') + (values.length > MOST_SHOWN ? ', ...' : '')

/** A country of which nothing is known would make all its numbers wrong. */
function checkCountry({ kind, country, place }: ColumnRules): void {
  const isKnown = kind === 'postcode' ? knowsPostcodes : kind === 'phone' ? isPhoneCountry : undefined
  if (country === undefined || isKnown === undefined || isKnown(country)) return
  const what = kind === 'postcode' ? 'postcodes' : 'telephone numbers'
  throw new CustError(
    'usage',
    `${place}: no ${what} are known of country "${country}"`,
    'write its two letters, as DE, US or CN',
  )
}

function checkPattern({ pattern = '', place }: ColumnRules): void {
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new CustError('usage', `${place}: pattern '${pattern}' is no regular expression`, error.message)
  }
}

interface Bounding {
  readonly said: ColumnRules
  readonly bound: 'min' | 'max'
  readonly severity: Check['severity']
}

function boundCheck(
  { today }: Ruling,
  { header, reading }: Field,
  { said, bound, severity }: Bounding,
): Check {
  const limit = limitOf(said, bound, today)
  const isDay = typeof said[bound] === 'string'
  if (reading?.as !== (isDay ? 'day' : 'number')) {
    const what = isDay ? 'dates' : 'numbers'
    throw new CustError(
      'input',
      `${said.place}: ${bound} of "${header}": the column holds no ${what}`,
      `say kind: ${isDay ? 'date' : 'number'} to have it read so`,
    )
  }
  const { value } = reading
  const fails = bound === 'min' ? sql`${value} < ${limit}` : sql`${value} > ${limit}`
  const [en, zh] =
    bound === 'min'
      ? [isDay ? 'before' : 'less than', isDay ? '早于' : '小于']
      : [isDay ? 'after' : 'more than', isDay ? '晚于' : '大于']
  return {
    rule: bound,
    severity,
    dimension: 'validity',
    columns: [header],
    ...{ en: `${en} ${said[bound]}`, zh: `${zh} ${said[bound]}` },
    fails: sql`coalesce(${fails}, false)`,
  }
}

function limitOf(said: ColumnRules, bound: 'min' | 'max', today: number): number {
  const given = said[bound]
  if (typeof given === 'number') return given
  const day = given === 'today' ? today : parseDay(String(given))
  if (day !== undefined) return day
  throw new CustError(
    'usage',
    `${said.place}: ${bound} "${given}" is no number and no date`,
    'write a day as 2025-12-31, or today',
  )
}
