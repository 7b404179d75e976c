/** The rows of a worksheet as SpreadsheetML (ECMA-376, 18.3.1.73), written as fast as csv. */
import { NO_DAY } from '../core/days.ts'
import { CustError } from '../core/errors.ts'
import type { Column, Sheet, UnitValues } from '../core/report.ts'
import { textReader } from '../core/texts.ts'
import { type Bytes, emptyBytes, encoded, writeBytes, writeText, writeWhole, written } from './bytes.ts'
import { rawText, rawWriter, type Write } from './raw.ts'
import { rowCount, rowsOf } from './rows.ts'

/** Where a column stands, `AB`, and the number of its style; undefined: the style of the workbook. */
export interface Place {
  readonly name: string
  readonly style: string | undefined
}

const HEADER_ROWS = 1

/** Everything under the header, in pieces. Throws CustError for a text that no cell can hold. */
export function* rowsXml(sheet: Sheet, places: readonly Place[]): Iterable<string> {
  const out = emptyBytes()
  const row = rowsOf(sheet)
  const cells = sheet.columns.map((column, i) => cellWriter(sheet, column, { out, ...(places[i] as Place) }))
  const decoder = new TextDecoder()
  const pieces = written(out, rowCount(sheet), (place) => {
    const number = place + HEADER_ROWS + 1
    writeText(out, `<row r="${number}">`)
    for (const cell of cells) cell(row(place), number)
    writeBytes(out, ROW_END)
  })
  for (const piece of pieces) yield decoder.decode(piece)
}

const ROW_END = encoded('</row>')
const VALUE_END = encoded('</v></c>')
const TEXT_END = encoded('</t></is></c>')

interface Target extends Place {
  readonly out: Bytes
}

type WriteCell = (row: number, number: number) => void

function cellWriter(sheet: Sheet, column: Column, target: Target): WriteCell {
  switch (column.unit) {
    case 'text':
      return textWriter(column.values, target, `${sheet.name}.${column.key}`)
    case 'day':
      return dayWriter(column.values, target)
    default:
      return valueWriter(rawWriter(column, target.out), target)
  }
}

/** `<c r="B` and what follows the number of the row. */
function opening({ out, name, style }: Target, content: string): (number: number) => void {
  const start = encoded(`<c r="${name}`)
  const rest = encoded(`"${style === undefined ? '' : ` s="${style}"`}${content}`)
  return (number) => {
    writeBytes(out, start)
    writeWhole(out, number)
    writeBytes(out, rest)
  }
}

function valueWriter(write: Write, target: Target): WriteCell {
  const { out } = target
  const open = opening(target, '><v>')
  return (row, number) => {
    const start = out.at
    open(number)
    const value = out.at
    write(row)
    if (out.at === value) out.at = start
    else writeBytes(out, VALUE_END)
  }
}

/** The first day that Excel counts right: 1900-03-01, number 61. Before it stands a day that never was. */
const FIRST_DAY = -25_508
const DAYS_BEFORE_1970 = 25_569

function dayWriter(values: Int32Array, target: Target): WriteCell {
  const serial = valueWriter(
    (row) => writeWhole(target.out, (values[row] as number) + DAYS_BEFORE_1970),
    target,
  )
  const iso = rawText({ key: '', unit: 'day', title: { en: '', zh: '' }, values })
  const text = inlineWriter(target)
  return (row, number) => {
    const day = values[row] as number
    if (day >= FIRST_DAY) serial(row, number)
    else if (day !== NO_DAY) text(iso(row), number)
  }
}

const MAX_TEXT = 32_767

function textWriter(values: UnitValues['text'], target: Target, column: string): WriteCell {
  const read = textReader(values)
  const write = inlineWriter(target)
  return (row, number) => {
    const text = read(row)
    if (text === null || text === '') return
    if (text.length > MAX_TEXT) throw tooLong(text, `${column}, row ${number}`)
    write(text, number)
  }
}

function tooLong({ length }: string, place: string): CustError {
  const message = `${place}: the text has ${length} characters; an Excel cell holds ${MAX_TEXT}`
  return new CustError('usage', message, 'write it as csv or parquet instead: -o file.csv, -o file.parquet')
}

const PLAIN = /^[A-Za-z0-9 .,:@+-]*$/

function inlineWriter(target: Target): (text: string, number: number) => void {
  const { out } = target
  const open = opening(target, ' t="inlineStr"><is><t xml:space="preserve">')
  return (text, number) => {
    open(number)
    writeText(out, PLAIN.test(text) ? text : escaped(storable(text)))
    writeBytes(out, TEXT_END)
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

// What is no XML, what readers of XML change, and what spreadsheets read as an escape.
const UNWRITABLE =
  /(?![\t\n])\p{Cc}|[\p{Cs}\uFDD0-\uFDEF\uFFFD-\uFFFF]|(?![\0-\uFFFF])\p{Cn}|_(?=x[\dA-Fa-f]{4}_)/gu

/** Text as a workbook holds it: `_x000D_` stands for a character that XML cannot carry (ECMA-376, 22.9.2.19). */
export function storable(text: string): string {
  const safe = text.replace(UNWRITABLE, (character) => {
    return Array.from({ length: character.length }, (_, i) => escapedUnit(character.charCodeAt(i))).join('')
  })
  // write-excel-file looks texts up in an object, where these names are taken.
  return safe in Object.prototype ? escapedUnit(safe.charCodeAt(0)) + safe.slice(1) : safe
}

const isLoneSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

function escapedUnit(unit: number): string {
  return `_x${(isLoneSurrogate(unit) ? 0xfffd : unit).toString(16).toUpperCase().padStart(4, '0')}_`
}
