/** The fields of JSON elements as columns: nested names with dots, one list of line items as rows. */
import { isBeside, isLineItems, isListOfObjects, isPair, pairValue } from './jsonShape.ts'
import {
  isList,
  isObject,
  type JsonList,
  type JsonObject,
  type JsonValue,
  jsonText,
  plainText,
} from './jsonText.ts'

/** A name inside an object, seen in any element. */
export interface Field {
  readonly name: string
  readonly fields: Map<string, Field>
  /** Those of the objects in a list, where it holds such. */
  readonly lines: Map<string, Field>
  /** When it was first seen. */
  order: number
  /** It has been a text, a number or the like. */
  isCell: boolean
  /** It has been a list of cells. */
  isJoined: boolean
  /** It has been a list of more than values, kept as JSON. */
  isJson: boolean
  /** So many objects were in its lists. */
  objects: number
  /** Number of its column, once they are known. */
  column: number
  /** It is the list whose objects become rows. */
  expanded: boolean
}

/** Fields under an object, and a clock that says which came first. */
export interface Fields {
  readonly top: Map<string, Field>
  count: number
}

export const noFields = (): Fields => ({ top: new Map(), count: 0 })

/** Between the values of a list in a cell. */
export const SEPARATOR = '|'

// Seeing ---------------------------------------------------------------------------------------

export function see(all: Fields, object: JsonObject, into = all.top, inLine = false): void {
  for (const [name, value] of object) seeValue(all, fieldOf(all, into, name), value, inLine)
}

function fieldOf(all: Fields, into: Map<string, Field>, name: string): Field {
  const known = into.get(name)
  if (known) return known
  const field: Field = {
    // A name cut out of a page of text would keep the whole page in memory.
    name: JSON.parse(JSON.stringify(name)) as string,
    fields: new Map(),
    lines: new Map(),
    order: all.count++,
    isCell: false,
    isJoined: false,
    isJson: false,
    objects: 0,
    column: -1,
    expanded: false,
  }
  into.set(field.name, field)
  return field
}

function seeValue(all: Fields, field: Field, given: JsonValue, inLine: boolean): void {
  const value = bare(given)
  if (value === null) return
  if (isObject(value)) see(all, value, field.fields, inLine)
  else if (isList(value)) seeList(all, field, value, inLine)
  else field.isCell = true
}

function seeList(all: Fields, field: Field, list: JsonList, inLine: boolean): void {
  if (list.length === 0) return
  if (areNamedValues(list)) {
    for (const [name, value] of namedValues(list))
      seeValue(all, fieldOf(all, field.fields, name), value, inLine)
  } else if (isListOfObjects(list) && !inLine) {
    for (const line of list) if (line !== null) see(all, line as JsonObject, field.lines, true)
    field.objects += list.length
  } else {
    field.isCell = true
    if (!arePlain(list)) field.isJson = true
    else if (list.length > 1) field.isJoined = true
  }
}

/** `{"$oid": "5f.."}`, `{"$date": ".."}`: a database wraps what is one value. */
function bare(value: JsonValue): JsonValue {
  if (!isObject(value) || value.size !== 1) return value
  const [key, inside] = [...value][0] as [string, JsonValue]
  return key.startsWith('$') ? bare(inside) : value
}

const areNamedValues = (list: JsonList): boolean => list.every(isPair)

const namedValues = (list: JsonList): [string, JsonValue][] =>
  list.filter(isPair).map((pair) => [pair.get('key') as string, pairValue(pair)])

const arePlain = (list: JsonList): boolean => !list.some((value) => isList(value) || isObject(value))

// Deciding -------------------------------------------------------------------------------------

export interface Columns {
  readonly fields: Fields
  readonly names: readonly string[]
  /** The list whose objects become rows, by its dotted name. */
  readonly expanded: string | undefined
  /** Lists that stay JSON text in a cell. */
  readonly kept: readonly string[]
  /** Lists of values that are joined in a cell. */
  readonly joined: readonly string[]
}

interface Named {
  readonly path: string
  readonly field: Field
}

/** Number the columns in the order in which their names were first seen. */
export function columnsOf(fields: Fields): Columns {
  const lists = [...named(fields.top)].filter(({ field }) => field.objects > 0)
  const chosen = lineItemsAmong(lists)
  for (const { field } of lists) {
    if (field !== chosen?.field) field.isCell = field.isJson = true
  }
  if (chosen) expand(chosen.field)
  const columns = [...named(fields.top)]
    .filter(({ field }) => isColumn(field))
    .sort((a, b) => a.field.order - b.field.order)
  columns.forEach(({ field }, i) => {
    field.column = i
  })
  return {
    fields,
    names: columns.map(({ path }) => path),
    expanded: chosen?.path,
    kept: columns.filter(({ field }) => field.isJson).map(({ path }) => path),
    joined: columns.filter(({ field }) => field.isJoined).map(({ path }) => path),
  }
}

function* named(fields: ReadonlyMap<string, Field>, above = ''): Generator<Named> {
  for (const field of fields.values()) {
    const path = above + field.name
    yield { path, field }
    yield* named(field.fields, `${path}.`)
    if (field.expanded) yield* named(field.lines, `${path}.`)
  }
}

/** What is nothing but null everywhere is a column, too; an object or the list of rows is none. */
const isColumn = (field: Field): boolean => field.isCell || (field.fields.size === 0 && !field.expanded)

/** By its name, else the longest; never one that stands beside the lines of an order. */
function lineItemsAmong(lists: readonly Named[]): Named | undefined {
  const longestFirst = [...lists].sort((a, b) => b.field.objects - a.field.objects)
  return (
    longestFirst.find(({ field }) => isLineItems(field.name)) ??
    longestFirst.find(({ field }) => !isBeside(field.name))
  )
}

/** Programs that come from XML write a list of one as the one: its fields are those of the lines. */
function expand(field: Field): void {
  field.expanded = true
  unite(field.lines, field.fields)
  field.fields.clear()
}

function unite(into: Map<string, Field>, from: ReadonlyMap<string, Field>): void {
  for (const field of from.values()) {
    const same = into.get(field.name)
    if (same === undefined) into.set(field.name, field)
    else {
      same.order = Math.min(same.order, field.order)
      same.isCell ||= field.isCell
      same.isJoined ||= field.isJoined
      same.isJson ||= field.isJson
      unite(same.fields, field.fields)
    }
  }
}

// Rows -----------------------------------------------------------------------------------------

/** The rows of an element: one, or one for each of its lines. Undefined if it has a name never seen. */
export function rowsOf({ fields, names }: Columns, object: JsonObject): string[][] | undefined {
  const cells = new Array<string>(names.length).fill('')
  const writing: Writing = { cells, lines: [], lineFields: undefined, unknown: false }
  write(writing, fields.top, object)
  const { lines, lineFields } = writing
  const rows =
    lineFields && lines.length > 0 ? lines.map((line) => rowOf(writing, lineFields, line)) : [cells]
  return writing.unknown ? undefined : rows
}

interface Writing {
  readonly cells: string[]
  lines: readonly JsonObject[]
  lineFields: ReadonlyMap<string, Field> | undefined
  unknown: boolean
}

function rowOf(writing: Writing, fields: ReadonlyMap<string, Field>, line: JsonObject): string[] {
  const own: Writing = { ...writing, cells: [...writing.cells] }
  write(own, fields, line)
  writing.unknown ||= own.unknown
  return own.cells
}

function write(writing: Writing, fields: ReadonlyMap<string, Field>, object: JsonObject): void {
  for (const [name, value] of object) {
    const field = fields.get(name)
    if (field) writeValue(writing, field, bare(value))
    else writing.unknown = true
  }
}

function writeValue(writing: Writing, field: Field, value: JsonValue): void {
  if (value === null) return
  if (field.expanded && isObject(value)) writeLines(writing, field, [value])
  else if (isObject(value)) write(writing, field.fields, value)
  else if (!isList(value)) writeCell(writing, field, plainText(value))
  else if (value.length === 0) return
  else if (areNamedValues(value)) write(writing, field.fields, new Map(namedValues(value)))
  else if (field.expanded && isListOfObjects(value)) writeLines(writing, field, value.filter(isObject))
  else writeCell(writing, field, listText(value))
}

function writeLines(writing: Writing, field: Field, lines: readonly JsonObject[]): void {
  writing.lines = lines
  writing.lineFields = field.lines
}

function writeCell(writing: Writing, field: Field, text: string): void {
  if (field.column < 0) writing.unknown = true
  else writing.cells[field.column] = text
}

/** Values side by side; as JSON where that could not be told apart, or where they are more than values. */
function listText(list: JsonList): string {
  if (!arePlain(list)) return jsonText(list)
  const texts = list.map((value) => plainText(value as string))
  return list.length > 1 && texts.some((text) => text.includes(SEPARATOR))
    ? jsonText(list)
    : texts.join(SEPARATOR)
}
