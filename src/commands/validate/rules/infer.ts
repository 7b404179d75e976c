/** The rules that a file keeps, as a file of rules: a beginning, to be edited. */

import type { Records } from '../../../core/records.ts'
import { sql } from '../../../core/sql.ts'
import { trimmed } from '../../../fields/text.ts'
import { likelyCountry } from '../contactChecks.ts'
import type { Field } from '../fields.ts'
import type { Keyed } from '../keyChecks.ts'
import type { Measures } from '../measure.ts'
import { countryOfPhones, phonesByRow } from '../phoneChecks.ts'
import { valuesIn } from '../values.ts'

export interface Inferring {
  readonly records: Records
  readonly fields: readonly Field[]
  readonly made: { readonly key: Keyed | undefined }
  readonly measures: Measures
  readonly today: number
  /** A file with the schema, written beside. */
  readonly schema: string | undefined
}

export async function rulesText(inferring: Inferring): Promise<string> {
  const { fields, measures, schema } = inferring
  const head = schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]
  const columns: string[] = []
  for (const field of fields) columns.push(...columnText(field.header, await saidOf(inferring, field)))
  const rules = measures.checks.flatMap(({ check, fails, tested }) =>
    fails === 0 && tested > 0 && check.condition !== undefined ? [`  - ${quoted(check.condition)}`] : [],
  )
  return [
    ...head,
    '# What held for every row when this file was written. Loosen what is too strict, add what you know.',
    'columns:',
    ...columns,
    ...(rules.length > 0 ? ['rules:', ...rules] : []),
    '',
  ].join('\n')
}

/** YAML takes texts as JSON writes them. */
const quoted = (text: string): string =>
  /^[\p{L}_][\p{L}\p{N} _./-]*$/u.test(text) && !WORDS.test(text) ? text : JSON.stringify(text)
/** YAML takes these for no text. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|~)$|\s$/i

type Said = readonly (readonly [key: string, value: string])[]

function columnText(header: string, said: Said): string[] {
  if (said.length === 0) return [`  ${quoted(header)}: {}`]
  return [`  ${quoted(header)}:`, ...said.map(([key, value]) => `    ${key}: ${value}`)]
}

async function saidOf(inferring: Inferring, field: Field): Promise<Said> {
  const { made, measures, records } = inferring
  const filled = measures.filled.get(field.header) ?? 0
  if (filled === 0) return []
  const kind = kindOf(inferring, field)
  const isKey = made.key?.field.header === field.header && made.key.distinct === made.key.filled
  return [
    ...(kind === undefined ? [] : ([['kind', kind]] as const)),
    ...(kind === 'phone' || kind === 'postcode' ? await countryOf(inferring, field, kind) : []),
    ...(filled === measures.rows ? ([['required', 'true']] as const) : []),
    ...(isKey ? ([['unique', 'true']] as const) : []),
    ...boundsOf(inferring, field, kind),
    ...(kind === undefined ? await shapeOf(records, field, filled) : []),
  ]
}

const contactKinds: Readonly<Record<string, string>> = {
  ...{ email: 'email', phone: 'phone', postcode: 'postcode' },
  ...{ resident_id: 'resident id', company_number: 'company number' },
}

/** What its cells hold, where all of them do. */
function kindOf({ measures }: Inferring, { header, reading }: Field): string | undefined {
  const own = measures.checks.filter(({ check }) => check.columns[0] === header)
  const kept = (rule: string) =>
    own.some(({ check, fails, tested }) => check.rule === rule && fails === 0 && tested > 0)
  const contact = Object.keys(contactKinds).find((rule) => own.some(({ check }) => check.rule === rule))
  if (contact !== undefined) return kept(contact) ? contactKinds[contact] : undefined
  if (reading?.as === 'day') return kept('date') ? 'date' : undefined
  return reading && kept('number') ? 'number' : undefined
}

async function countryOf({ records, fields }: Inferring, field: Field, kind: string): Promise<Said> {
  // To name one would hold the numbers of all rows against it.
  if (kind === 'phone' && (await phonesByRow({ records, field, fields })) !== undefined) return []
  const likely = likelyCountry(fields)
  const country = kind === 'phone' ? countryOfPhones(field, likely) : likely
  return country === undefined ? [] : [['country', country]]
}

function boundsOf({ measures }: Inferring, { header, meaning, role }: Field, kind: string | undefined): Said {
  const none = (rule: string) =>
    measures.checks.some(
      ({ check, fails }) => check.rule === rule && check.columns[0] === header && fails === 0,
    )
  if (kind === 'number' && (role !== undefined || meaning !== undefined) && none('negative'))
    return [['min', '0']]
  const future = measures.checks.find(
    ({ check }) => check.rule === 'future_date' && check.columns[0] === header,
  )
  return kind === 'date' && future?.check.severity === 'error' && future.fails === 0 ? [['max', 'today']] : []
}

/** So few values of so many rows are all that there are. */
const [FEW_VALUES, MANY_ROWS] = [12, 50]

/** The only words of a column, or the one form of its names. */
async function shapeOf(records: Records, field: Field, filled: number): Promise<Said> {
  const text = trimmed(field.cell)
  if (filled < MANY_ROWS) return []
  const values = await valuesIn(records, text, { where: field.filled, most: FEW_VALUES + 1 })
  if (values.length <= FEW_VALUES && field.reading === undefined) {
    return [['values', `[${values.map(({ value }) => JSON.stringify(value)).join(', ')}]`]]
  }
  const form = sql`regexp_replace(${text}, '[0-9]', '9', 'g')`
  const forms = field.isName ? await valuesIn(records, form, { where: field.filled, most: 2 }) : []
  const [only] = forms
  return forms.length === 1 && only && /9/.test(only.value) ? [['pattern', `'${patternOf(only.value)}'`]] : []
}

function patternOf(form: string): string {
  const escaped = form.replaceAll("'", "''").replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return escaped.replace(/9+/g, (run) => `\\d{${run.length}}`)
}
