/** JSON: an array of objects, or objects one after the other. Every value is kept as its text. */
import { CustError } from '../core/errors.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { distinctHeaders } from './headers.ts'
import type { Prepared } from './prepare.ts'
import { columnName, type Source } from './source.ts'

export async function jsonSource(engine: Engine, input: Prepared): Promise<Source> {
  const objects = firstObjects(input.text)
  const format = /^\s*\[/.test(input.text) ? 'array' : 'newline_delimited'
  if (objects.length === 0) throw noRows(input)
  if (format === 'newline_delimited' && input.whole && objects.length === 1)
    refuseDocument(input, objects[0] ?? {})
  const keys = await allKeys(engine, input, { objects, format })
  const { headers } = distinctHeaders(keys)
  return {
    file: {
      path: input.shown,
      format: format === 'array' ? 'JSON' : 'NDJSON',
      encoding: input.encoding,
      ...(input.compression ? { compression: input.compression } : {}),
      columns: keys.length,
    },
    headers,
    rows: objects.map((object) => keys.map((key) => textOf(object[key]))),
    complete: false,
    scan: scanOf(input, keys, format),
    notes: [],
    read: { path: input.path, shown: input.shown, compression: input.packed, width: undefined },
  }
}

function noRows(input: Prepared): CustError {
  if (input.whole && /^\s*\[\s*\]/.test(input.text))
    return new CustError('input', `${input.shown}: has no rows`)
  return new CustError(
    'input',
    `${input.shown}: is not valid JSON`,
    'expected an array of objects, or one object a line',
  )
}

/** `{"orders": [...]}` would be one row of nonsense. */
function refuseDocument(input: Prepared, object: Readonly<Record<string, unknown>>): void {
  const list = Object.keys(object).find((key) => Array.isArray(object[key]))
  if (list === undefined) return
  throw new CustError(
    'input',
    `${input.shown}: is one JSON object, not a list of rows`,
    `save only the list in it (${list}), for instance with: jq '.${list}'`,
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type Format = 'array' | 'newline_delimited'

/** The keys in the order in which they first appear; later rows may have more. */
async function allKeys(
  engine: Engine,
  input: Prepared,
  { objects, format }: { objects: readonly object[]; format: Format },
): Promise<string[]> {
  const first = new Set(objects.flatMap((object) => Object.keys(object)))
  if (input.whole) return [...first]
  const all = await engine.fetch(
    sql`select distinct unnest(json_keys(json)) as key from read_json_objects(${input.path}, format = ${format},
      compression = ${packing(input)}) order by key`,
    { key: 'text' },
  )
  return [...new Set([...first, ...all.key.filter((key) => key !== null)])]
}

const packing = (input: Prepared): string => input.packed ?? 'uncompressed'

function scanOf(input: Prepared, keys: readonly string[], format: Format): Sql {
  const types = keys.map((key) => sql`${name(key)}: 'VARCHAR'`)
  const columns = keys.map((key, i) => sql`${name(key)} as ${name(columnName(i))}`)
  return sql`select ${join(columns)} from read_json(${input.path}, auto_detect = false, format = ${format},
    columns = {${join(types)}}, compression = ${packing(input)})`
}

/** The whole objects at the beginning of a text. */
function firstObjects(text: string): Record<string, unknown>[] {
  const objects: Record<string, unknown>[] = []
  let [depth, start, quoted] = [0, -1, false]
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (quoted) {
      if (character === '\\') i++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{') {
      if (depth++ === 0) start = i
    } else if (character === '}' && --depth === 0) {
      const object = parsed(text.slice(start, i + 1))
      if (object === undefined) break
      objects.push(object)
    }
  }
  return objects
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}
