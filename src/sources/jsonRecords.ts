/**
 * JSON as records, in two passes over the text: `jsonColumns` finds the columns, `jsonRecords` the cells.
 * So every record is as wide as the header, and no more than one element is held at a time.
 */
import { CustError } from '../core/errors.ts'
import { distinctHeaders } from './headers.ts'
import { type JsonElement, type JsonFile, type JsonShape, jsonElements, type Reject } from './jsonElements.ts'
import { type Columns, columnsOf, noFields, rowsOf, SEPARATOR, see } from './jsonFields.ts'
import { jsonShape } from './jsonShape.ts'
import { isList, isObject, type JsonList, type JsonValue, jsonText, plainText } from './jsonText.ts'
import type { TextRecord } from './records.ts'

export type { JsonFile, Reject }

export interface JsonColumns {
  readonly format: 'JSON' | 'NDJSON'
  /** None is empty, none is there twice. */
  readonly headers: readonly string[]
  /** What the user should know about how the file was understood. */
  readonly notes: readonly string[]
  readonly shape: JsonShape
  readonly reading: Reading
}

/** What an element is, and how it becomes rows. */
type Reading =
  | { readonly kind: 'objects'; readonly columns: Columns }
  | { readonly kind: 'rows'; readonly width: number; readonly named: boolean }
  | { readonly kind: 'values' }

type Kind = Reading['kind']

const MOST_COLUMNS = 5000
const EXPECTED = 'expected a list of objects, or one object a line'

/** The first pass: the shape of the file and the columns of all its elements. `named`: rows may begin with names. */
export async function jsonColumns(file: JsonFile, named = true): Promise<JsonColumns> {
  const notes: string[] = []
  let shape: JsonShape = { kind: 'sequence' }
  const shapeOf = (text: string, whole: boolean) => {
    shape = jsonShape({ shown: file.shown, text, whole }, (line) => notes.push(line))
    return shape
  }
  const survey = surveyOf(file.shown)
  let rejected: Reject | undefined
  const reject = (each: Reject) => {
    rejected ??= each
  }
  const repeated = (key: string, line: number) => {
    if (!survey.repeated.has(key)) survey.repeated.set(key, line)
  }
  for await (const elements of jsonElements(file, shapeOf, { reject, repeated })) {
    for (const element of elements) seeElement(survey, element)
  }
  if (survey.kind === undefined) throw noRecords(file.shown, rejected)
  const { reading, names } = readingOf(survey, named)
  if (names.length === 0) throw new CustError('input', `${file.shown}: its rows have no fields`, EXPECTED)
  const { headers, renamed } = distinctHeaders(names)
  if (renamed.length > 0) notes.push(`columns with the same name are now ${renamed.join(', ')}`)
  notes.push(...notesOn(survey, reading))
  return {
    format: shape.kind === 'sequence' && survey.elements > 1 ? 'NDJSON' : 'JSON',
    headers,
    notes: notes.map((line) => `${file.shown}: ${line}`),
    shape,
    reading,
  }
}

/** The second pass, over the same text: the records in batches, without the row of names. */
export async function* jsonRecords(
  file: JsonFile,
  { shape, reading }: JsonColumns,
  reject: (reject: Reject) => void,
): AsyncGenerator<TextRecord[]> {
  const listener = { reject, repeated: () => {} }
  let isHeader = reading.kind === 'rows' && reading.named
  for await (const elements of jsonElements(file, () => shape, listener)) {
    const records: TextRecord[] = []
    for (const element of elements) {
      if (kindOf(element.value) !== reading.kind) reject(misfit(element, reading.kind))
      else if (isHeader) isHeader = false
      else
        for (const cells of cellsOf(file.shown, reading, element)) records.push({ cells, line: element.line })
    }
    if (records.length > 0) yield records
  }
}

// The first pass -------------------------------------------------------------------------------

interface Survey {
  readonly shown: string
  kind: Kind | undefined
  elements: number
  readonly fields: ReturnType<typeof noFields>
  first: JsonList
  narrowest: number
  widest: number
  /** Keys that stand twice in one object, and the first line of that. */
  readonly repeated: Map<string, number>
}

const surveyOf = (shown: string): Survey => ({
  shown,
  kind: undefined,
  elements: 0,
  fields: noFields(),
  first: [],
  narrowest: Number.POSITIVE_INFINITY,
  widest: 0,
  repeated: new Map(),
})

function seeElement(survey: Survey, { value }: JsonElement): void {
  const kind = kindOf(value)
  if (value !== null) survey.kind ??= kind
  if (kind !== survey.kind) return
  survey.elements++
  if (isObject(value)) {
    see(survey.fields, value)
    if (survey.fields.count > 2 * MOST_COLUMNS) throw tooManyColumns(survey.shown)
  } else if (isList(value)) {
    if (survey.elements === 1) survey.first = value
    survey.narrowest = Math.min(survey.narrowest, value.length)
    survey.widest = Math.max(survey.widest, value.length)
  }
}

const kindOf = (value: JsonValue): Kind => (isObject(value) ? 'objects' : isList(value) ? 'rows' : 'values')

function readingOf(survey: Survey, mayBeNamed: boolean): { reading: Reading; names: readonly string[] } {
  if (survey.kind === 'values') return { reading: { kind: 'values' }, names: ['value'] }
  if (survey.kind === 'objects') {
    const columns = columnsOf(survey.fields)
    if (columns.names.length > MOST_COLUMNS) throw tooManyColumns(survey.shown)
    return { reading: { kind: 'objects', columns }, names: columns.names }
  }
  const named =
    mayBeNamed && survey.first.length > 0 && survey.first.every((cell) => typeof cell === 'string')
  if (survey.widest > MOST_COLUMNS) throw tooManyColumns(survey.shown)
  const names = Array.from({ length: survey.widest }, (_, i) => (named ? String(survey.first[i] ?? '') : ''))
  return { reading: { kind: 'rows', width: survey.widest, named }, names }
}

function notesOn(survey: Survey, reading: Reading): string[] {
  const notes = notesOnRepeated(survey.repeated)
  if (reading.kind === 'rows') {
    if (!reading.named) notes.push('the first row is not of names: columns go by number')
    if (survey.narrowest < survey.widest) {
      notes.push(`rows have ${survey.narrowest} to ${survey.widest} cells; short ones end in empty cells`)
    }
  }
  return reading.kind === 'objects' ? [...notes, ...notesOnLists(reading.columns)] : notes
}

const SHOWN = 5

function notesOnRepeated(repeated: ReadonlyMap<string, number>): string[] {
  const notes = [...repeated]
    .slice(0, SHOWN)
    .map(([key, line]) => `"${key}" stands twice in one object, first on line ${line}: the last value counts`)
  if (repeated.size > SHOWN) notes.push(`so do ${repeated.size - SHOWN} more keys`)
  return notes
}

const listed = (paths: readonly string[]): string =>
  paths.slice(0, SHOWN).join(', ') + (paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '')

function notesOnLists({ expanded, kept, joined }: Columns): string[] {
  const notes: string[] = []
  if (expanded !== undefined)
    notes.push(`one row for each of "${expanded}"; the cells beside it are repeated`)
  if (kept.length > 0) notes.push(`lists kept as JSON text in one cell: ${listed(kept)}`)
  if (joined.length > 0) notes.push(`lists of values joined with "${SEPARATOR}": ${listed(joined)}`)
  return notes
}

function noRecords(shown: string, rejected: Reject | undefined): CustError {
  if (rejected === undefined) return new CustError('input', `${shown}: has no rows`)
  return new CustError(
    'input',
    `${shown}:${rejected.line}: no JSON value can be read (${rejected.reason})`,
    EXPECTED,
  )
}

function tooManyColumns(shown: string): CustError {
  return new CustError(
    'input',
    `${shown}: has more than ${MOST_COLUMNS} columns: its keys look like values`,
    'save it as a list of objects, the key of each as one of its fields',
  )
}

// The second pass ------------------------------------------------------------------------------

function cellsOf(
  shown: string,
  reading: Reading,
  { value, line }: JsonElement,
): readonly (readonly string[])[] {
  if (reading.kind === 'objects' && isObject(value)) {
    const rows = rowsOf(reading.columns, value)
    if (rows) return rows
    throw new CustError('input', `${shown}:${line}: the file has changed while it was read`, 'read it again')
  }
  if (reading.kind === 'rows' && isList(value)) {
    return [Array.from({ length: reading.width }, (_, i) => cellText(value[i] ?? null))]
  }
  return [[cellText(value)]]
}

const cellText = (value: JsonValue): string =>
  isList(value) || isObject(value) ? jsonText(value) : plainText(value)

const kinds: Readonly<Record<Kind, string>> = { objects: 'an object', rows: 'a list', values: 'a value' }

function misfit({ value, line }: JsonElement, expected: Kind): Reject {
  const reason = `${value === null ? 'null' : kinds[kindOf(value)]}, not ${kinds[expected]} as the first one is`
  return { line, reason, text: jsonText(value).slice(0, 200) }
}
