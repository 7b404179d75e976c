/** Some rows of a sheet as a sheet of their own. */
import type { Column, Sheet } from '../core/report.ts'
import { isCoded, isPacked, type Texts, textsAt } from '../core/texts.ts'

/** The rows from one place up to another, as the sheet shows them. It may be a view of the same memory. */
export function partOf({ name, title, columns, rows }: Sheet, from: number, to: number): Sheet {
  const part = { name, title, length: to - from }
  if (rows) return { ...part, columns, rows: rows.subarray(from, to) }
  const cut = (column: Column): Column => {
    if (column.unit === 'text') return { ...column, values: textsFrom(column.values, from, to) }
    if (column.unit !== 'money') return { ...column, values: column.values.subarray(from, to) } as Column
    const { units, scale } = column.values
    return { ...column, values: { units: units.subarray(from, to), scale } }
  }
  return { ...part, columns: columns.map(cut) }
}

function textsFrom(texts: Texts, from: number, to: number): Texts {
  if (isCoded(texts)) return { codes: texts.codes.subarray(from, to), words: texts.words }
  if (isPacked(texts) && texts.missing.size === 0) {
    return { ...texts, starts: texts.starts.subarray(from, to + 1) }
  }
  if (Array.isArray(texts)) return texts.slice(from, to)
  return textsAt(
    texts,
    Uint32Array.from({ length: to - from }, (_, i) => from + i),
  )
}

type Values = Uint8Array | Uint16Array | Int32Array | Float64Array

/** The same rows in memory of their own, which can be handed to another thread, or in such as threads share. */
export function apart(sheet: Sheet): { readonly sheet: Sheet; readonly memory: readonly ArrayBuffer[] } {
  const memory: ArrayBuffer[] = []
  const { rows, ...others } = sheet
  const own = <A extends Values>(values: A): A => {
    if (!rows && values.buffer instanceof SharedArrayBuffer) return values
    const copy = (rows ? pickedBy(rows, values) : values.slice()) as A
    memory.push(copy.buffer as ArrayBuffer)
    return copy
  }
  const texts = (values: Texts): Texts => {
    if (isCoded(values)) return { codes: own(values.codes), words: values.words }
    if (!isPacked(values) && !rows) return values
    const { bytes, starts, missing } = isPacked(values) && !rows ? values : textsAt(values, rows ?? [])
    const first = starts[0] as number
    const copies = { bytes: bytes.slice(first, starts.at(-1)), starts: starts.map((start) => start - first) }
    memory.push(copies.bytes.buffer as ArrayBuffer, copies.starts.buffer as ArrayBuffer)
    return { ...copies, missing }
  }
  const columns = sheet.columns.map((column): Column => {
    if (column.unit === 'text') return { ...column, values: texts(column.values) }
    if (column.unit !== 'money') return { ...column, values: own(column.values) } as Column
    const { units, scale } = column.values
    return { ...column, values: { units: own(units), scale } }
  })
  return { sheet: { ...others, columns, length: rows?.length ?? sheet.length }, memory }
}

function pickedBy(rows: Uint32Array, values: Values): Values {
  const some = new (values.constructor as new (length: number) => Values)(rows.length)
  for (let i = 0; i < rows.length; i++) some[i] = values[rows[i] as number] as number
  return some
}
