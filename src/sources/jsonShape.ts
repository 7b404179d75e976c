/** Where the records of a JSON file stand, told from the beginning of its text. */
import { CustError } from '../core/errors.ts'
import { headerKey, rankOf } from './headers.ts'
import type { JsonShape } from './jsonElements.ts'
import {
  CUT,
  type Cursor,
  goesOn,
  isList,
  isObject,
  type JsonList,
  type JsonValue,
  NotJson,
  readKey,
  readValue,
  skipSpace,
} from './jsonText.ts'

export interface Head {
  readonly shown: string
  readonly text: string
  /** The text is the whole file. */
  readonly whole: boolean
}

const SEQUENCE: JsonShape = { kind: 'sequence' }
const EXPECTED = 'expected a list of objects, or one object a line'

export function jsonShape(head: Head, note: (line: string) => void): JsonShape {
  const cursor = cursorOver(head.text)
  const first = skipSpace(cursor)
  if (first === '[') return shapeOfList(cursor)
  if (first === '{') return shapeOfObject(head, cursor, note)
  const { line, column } = placeIn(head.text, cursor.at)
  const found = first === '' ? 'nothing but white space' : `${JSON.stringify(first)}`
  throw new CustError('input', `${head.shown}:${line}:${column}: not JSON: begins with ${found}`, EXPECTED)
}

const cursorOver = (text: string, at = 0): Cursor => ({ text, at, repeated: () => {} })

function placeIn(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n?|\n/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

/** Reading that may stop anywhere: the text is only a beginning, and may be broken. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (thrown) {
    if (thrown === CUT || thrown instanceof NotJson) return undefined
    throw thrown
  }
}

// A list ---------------------------------------------------------------------------------------

/** `["id", "name"]` may be a list of values, or the first of many rows. */
function shapeOfList(cursor: Cursor): JsonShape {
  const list: JsonShape = { kind: 'list', path: [] }
  const first = attempt(() => readValue(cursor))
  if (first === undefined || !isList(first)) return list
  const isRow = first.length > 0 && !first.some((value) => isList(value) || isObject(value))
  return isRow && skipSpace(cursor) === '[' ? SEQUENCE : list
}

// An object ------------------------------------------------------------------------------------

function shapeOfObject(head: Head, cursor: Cursor, note: (line: string) => void): JsonShape {
  const start = cursor.at
  const object = attempt(() => readValue(cursor))
  if (object !== undefined && (skipSpace(cursor) !== '' || !head.whole)) return SEQUENCE
  if (object === undefined && anotherBegins(head.text, start)) return SEQUENCE
  if (object !== undefined && isRecord(object)) return SEQUENCE
  const lists = listsIn(head.text, start)
  const ofObjects = lists.filter(({ kind }) => kind === 'objects')
  const [first, ...others] = ofObjects.sort((a, b) => b.length - a.length)
  if (first === undefined) {
    refuseRows(head, lists)
    return SEQUENCE
  }
  note(`the rows are those of "${shownPath(first)}"${leftOut(others, object)}`)
  return { kind: 'list', path: first.path }
}

/** On a line that begins as the first one does: then the first is only broken. */
function anotherBegins(text: string, start: number): boolean {
  const { column } = placeIn(text, start)
  const rest = text.slice(start)
  return new RegExp(`[\\r\\n][ \\t]{${column - 1}}\\{`).test(rest)
}

const shownPath = ({ path }: FoundList): string => path.join('.')

function leftOut(others: readonly FoundList[], object: JsonValue | undefined): string {
  if (others.length > 0) {
    return `, the longest list in the file; not read: ${others.map((list) => `"${shownPath(list)}"`).join(', ')}`
  }
  if (object === undefined || !isObject(object)) return ''
  const beside = [...object].filter(([, value]) => !isList(value) && !isObject(value)).map(([key]) => key)
  return beside.length > 0 ? `; not read: ${beside.slice(0, 5).join(', ')}` : ''
}

/** A single order with its lines is a record; `{"total": 2, "items": [...]}` is a list in an envelope. */
function isRecord(object: JsonValue): boolean {
  if (!isObject(object)) return false
  const keys = [...object].filter(([, value]) => !isList(value) && !isObject(value)).map(([key]) => key)
  const hasLines = [...object].some(([key, value]) => isList(value) && isLineItems(key))
  return (
    hasLines &&
    keys.some((key) => rankOf(key, 'order') !== undefined || rankOf(key, 'customer') !== undefined)
  )
}

/** `{"values": [["id", "name"], ["1", "x"]]}` has rows, but where their names are differs from program to program. */
function refuseRows({ shown }: Head, lists: readonly FoundList[]): void {
  const rows = lists.find(({ kind }) => kind === 'rows')
  if (rows === undefined) return
  const what = `${shown}: the rows of "${shownPath(rows)}" are lists without names`
  throw new CustError('input', what, `${EXPECTED}; or save only that list, with the names as its first row`)
}

// Lists under the keys of an object ------------------------------------------------------------

interface FoundList {
  readonly path: readonly string[]
  kind: 'objects' | 'rows' | 'other'
  /** Characters of it in the text. */
  length: number
}

/** No envelope has so many layers. */
const DEEPEST = 20

function listsIn(text: string, start: number): FoundList[] {
  const lists: FoundList[] = []
  const cursor = cursorOver(text, start)
  attempt(() => visitObject(cursor, [], lists))
  return lists
}

function visitObject(cursor: Cursor, path: readonly string[], lists: FoundList[]): void {
  cursor.at++
  if (skipSpace(cursor) === '}') {
    cursor.at++
    return
  }
  do {
    const inside = [...path, readKey(cursor)]
    const first = skipSpace(cursor)
    if (first === '{' && path.length < DEEPEST) visitObject(cursor, inside, lists)
    else if (first === '[') visitList(cursor, inside, lists)
    else readValue(cursor)
  } while (goesOn(cursor, '}'))
}

function visitList(cursor: Cursor, path: readonly string[], lists: FoundList[]): void {
  const start = cursor.at++
  const list: FoundList = { path, kind: 'other', length: 0 }
  const first = skipSpace(cursor)
  if (first === '{') list.kind = 'objects'
  if (first === '[') list.kind = 'rows'
  lists.push(list)
  if (first === ']') {
    cursor.at++
    return
  }
  do {
    list.length = cursor.at - start
    const value = readValue(cursor)
    if (isPair(value)) list.kind = 'other'
    list.length = cursor.at - start
  } while (goesOn(cursor, ']'))
}

// Names ----------------------------------------------------------------------------------------

const lineItems = new Set(
  [
    ...[
      'items',
      'line_items',
      'lines',
      'order_lines',
      'order_items',
      'line',
      'item',
      'order_line',
      'positions',
    ],
    ...[
      'products',
      'product',
      'details',
      'detail',
      'order_details',
      'order_products',
      'goods',
      'skus',
      'rows',
    ],
    ...['goods_list', 'item_list', 'product_list', 'sku_list', 'order_list', 'cart', 'basket', 'entries'],
    ...['商品', '明细', '商品明细', '商品列表', '订单明细', '订单商品', '产品', '产品明细', '货品', '子订单'],
  ].map(headerKey),
)

/** Is this what the lines of an order are called? */
export const isLineItems = (key: string): boolean => lineItems.has(headerKey(key))

const besides = new Set(
  [
    ...['payments', 'transactions', 'refunds', 'fulfillments', 'shipments', 'shipping_lines', 'tax_lines'],
    ...['taxes', 'discounts', 'discount_codes', 'discount_applications', 'coupons', 'coupon_lines', 'fees'],
    ...['fee_lines', 'addresses', 'history', 'status_history', 'comments', 'notes', 'note_attributes'],
    ...['meta_data', 'metadata', 'properties', 'attributes', 'tags', 'images', 'links', 'promotions'],
    ...['user_properties', 'custom_fields', '支付', '支付明细', '优惠', '优惠明细', '退款', '物流', '地址'],
  ].map(headerKey),
)

/** Is this a list beside the lines of an order, by which its money must not be multiplied? */
export const isBeside = (key: string): boolean => besides.has(headerKey(key))

/** `{"key": "page", "value": {"string_value": "x"}}`, a named value of a GA4 event. */
export function isPair(value: JsonValue): value is ReadonlyMap<string, JsonValue> {
  if (!isObject(value) || value.size !== 2 || typeof value.get('key') !== 'string') return false
  const typed = value.get('value')
  return typed !== undefined && isObject(typed) && [...typed.keys()].every((key) => PAIR_VALUE.test(key))
}

const PAIR_VALUE = /^(string|int|float|double)_value$|^set_timestamp_micros$/

/** The value that a named value has: one of its types is filled. */
export function pairValue(pair: ReadonlyMap<string, JsonValue>): JsonValue {
  const typed = pair.get('value')
  if (typed === undefined || !isObject(typed)) return null
  return [...typed].find(([key, value]) => key.endsWith('_value') && value !== null)?.[1] ?? null
}

/** Are all of these objects, or nothing? */
export function isListOfObjects(list: JsonList): boolean {
  return list.some(isObject) && list.every((value) => value === null || isObject(value))
}
