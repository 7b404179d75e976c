/** The columns of the input, and what each is taken for. */
import { CustError } from '../../core/errors.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { Fetched, Shape, Table } from '../../core/table.ts'
import { type Column, columnOf } from './columns.ts'
import { dateOfParts } from './dateParts.ts'
import { type CellForm, type Field, fieldsOf } from './fields.ts'
import type { Learnt } from './learnt.ts'
import type { DedupeOptions } from './options.ts'
import type { MatchRole } from './roleNames.ts'
import { roleOf, withSurname } from './roles.ts'
import { joinedSurnames, surnamesTogether } from './surnames.ts'

/** Every column, with its rows in the order of the file. Throws CustError('input') where there are none. */
export async function columnsIn(table: Table, what = 'the input'): Promise<Column[]> {
  const query = sql`select ${join(table.columns.map(name))} from ${table.from} as input`
  const shape: Shape = Object.fromEntries(table.columns.map((_, i) => [`c${i}`, 'coded' as const]))
  const fetched = (await table.fetch(query, shape, 'as read')) as Fetched<Record<string, 'coded'>>
  const columns = table.columns.map((header, i) => {
    const { codes, words } = fetched[`c${i}`] as Fetched<Record<string, 'coded'>>[string]
    return columnOf(header, withoutBlanks(codes, words), words)
  })
  if ((columns[0]?.rows ?? 0) === 0) throw new CustError('input', `${what} has no rows`)
  return columns
}

/** An empty cell has no value. */
function withoutBlanks(codes: Int32Array, words: readonly string[]): Int32Array {
  const blank = Uint8Array.from(words, (word) => (word.trim() === '' ? 1 : 0))
  return blank.includes(1) ? codes.map((code) => (code >= 0 && blank[code] === 1 ? -1 : code)) : codes
}

export interface Known {
  readonly column: Column
  readonly role: MatchRole
  readonly fields: readonly Field[]
}

export async function knownColumns(
  columns: readonly Column[],
  options: DedupeOptions,
  learnt: Learnt | undefined,
): Promise<Known[]> {
  const keptOf = (column: Column) => learnt?.columns.find(({ header }) => header === column.header)
  const roles = learnt
    ? columns.map((column) => keptOf(column)?.role ?? 'skip')
    : withSurname(columns, columns.map(roleOf))
  const known: Known[] = []
  for (const [i, column] of columns.entries()) {
    known.push(await knownAs(column, { options, role: roles[i] as MatchRole, form: keptOf(column)?.form }))
  }
  const isKnown = learnt && ((header: string) => learnt.fields.some((field) => field.header === header))
  return withJoined(known, isKnown)
}

/** Facts that stand in several columns are one field, that of the first of them. */
export function withJoined(known: readonly Known[], isKnown?: (header: string) => boolean): Known[] {
  return withSurnames(withBirthDates(known), isKnown)
}

function withSurnames(known: readonly Known[], isKnown?: (header: string) => boolean): Known[] {
  const own = known.filter(({ role, fields }) => role === 'surname' && fields.length > 0)
  const header = surnamesTogether(own.map(({ column }) => column.header))
  if (isKnown && !isKnown(header)) return [...known]
  const joined = joinedSurnames(
    own.flatMap(({ fields }) => fields),
    isKnown !== undefined,
  )
  if (!joined) return [...known]
  return known.map((each) => {
    const part = own.indexOf(each)
    return part < 0 ? each : { ...each, fields: part === 0 ? [joined] : [] }
  })
}

/** Year, month and day of birth in columns of their own are one field, that of the year. */
function withBirthDates(known: readonly Known[]): Known[] {
  const birth = dateOfParts(known.filter(({ fields }) => fields.length > 0).map(({ column }) => column))
  if (!birth) return [...known]
  return known.map((each) => {
    const part = birth.parts.indexOf(each.column)
    return part < 0 ? each : { ...each, role: 'date' as const, fields: part === 0 ? [birth.field] : [] }
  })
}

interface Taken {
  readonly options: DedupeOptions
  /** What it is taken for where nobody says. */
  readonly role: MatchRole
  readonly form?: CellForm | undefined
}

export async function knownAs(column: Column, { options, role: likely, form }: Taken): Promise<Known> {
  const { header } = column
  const isOut = options.never.includes(header) || options.evaluate.includes(header)
  const given = options.role.findLast((each) => each.column === header)?.role
  const role = isOut ? 'skip' : (given ?? likely)
  const fields = role === 'skip' || role === 'row id' ? [] : await fieldsOf(column, role, form)
  return { column, role, fields }
}

/** By flag, the columns that it names. */
export const namedColumns = ({ role, key, never, evaluate }: DedupeOptions) =>
  Object.entries({ role: role.map(({ column }) => column), key, never, evaluate })

/** Columns that are named are there: told before a row is read. */
export function checkNamed(
  columns: readonly string[],
  options: DedupeOptions,
  learnt: Learnt | undefined,
): void {
  const check = (wanted: string, message: string): void => {
    if (!columns.includes(wanted))
      throw new CustError('usage', message, `the file has: ${columns.join(', ')}`)
  }
  for (const [flag, headers] of namedColumns(options)) {
    for (const header of headers) check(header, `--${flag}: there is no column ${header}`)
  }
  for (const { header, role } of learnt?.columns ?? []) {
    if (role !== 'skip') check(header, `--use-model: this file has no column ${header}`)
  }
}

/** What a model has decided is not decided anew. */
export function checkFree({ role, never }: DedupeOptions): void {
  const other = role.length > 0 ? '--role' : never.length > 0 ? '--never' : undefined
  if (other === undefined) return
  throw new CustError(
    'usage',
    `--use-model and ${other} cannot go together`,
    'the model says what columns are',
  )
}
