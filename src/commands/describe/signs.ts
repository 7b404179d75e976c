/** What makes a cell suspicious, whatever the rest of its column holds. */
import { join, type Sql, sql } from '../../core/sql.ts'
import type { Cell } from './cells.ts'

export const signNames = ['future', 'zeroLed', 'long', 'rounded', 'garbled'] as const

export type Sign = (typeof signNames)[number]

/** How many cells show each sign. */
export type Signs = Readonly<Record<Sign, number>>

export const NO_SIGNS: Signs = { future: 0, zeroLed: 0, long: 0, rounded: 0, garbled: 0 }

/** The conditions that a column is looked through for. */
export type Conditions = Readonly<Partial<Record<Sign, Sql>>>

/** Of a text without white space around it, and what it means as a number; `today` is a day number. */
export function conditionsOf(
  cell: Cell,
  { text: held, real }: { text: Sql; real: Sql },
  today: number,
): Conditions {
  if (cell.kind === 'number') return {}
  if (cell.kind === 'day') return { future: sql`${real} > ${today}` }
  const garbled = isGarbled(held)
  if (!isName(cell)) return { garbled }
  const digits = sql`translate(${held}, '0123456789', '') = ''`
  return {
    garbled,
    zeroLed: sql`${held} like '0_%' and ${digits}`,
    long: sql`length(${held}) > ${KEPT_DIGITS} and ${held} not like '0%' and ${digits}`,
    rounded: sql`${held} like '%E+%' and translate(${held}, '0123456789.,', '') = 'E+'`,
  }
}

/** Does it name something, though a spreadsheet may take it for a number? */
const isName = ({ type, role }: Cell): boolean =>
  type === 'id' || type === 'phone' || role === 'customer' || role === 'order' || role === 'item'

/** A spreadsheet keeps fifteen digits. */
const KEPT_DIGITS = 15

/** UTF-8 read as Windows-1252, what stands for bytes that are no character, and what becomes of that in GBK. */
const GARBLED = [
  ...[
    'Ã¤',
    'Ã¶',
    'Ã¼',
    'ÃŸ',
    'Ã©',
    'Ã¨',
    'Ã¡',
    'Ã³',
    'Ã±',
    'Ã§',
    'Ã\u00ad',
    'Ãª',
    'Ã„',
    'Ã–',
    'Ãœ',
    'Ã\u00a0',
  ],
  ...['Â£', 'Â°', 'Â©', 'Â®', 'Â\u00a0', 'â€', 'â‚¬', 'ï¿½', 'ï»¿', '\ufffd', '锟斤拷', '烫烫烫', '屯屯屯'],
]

/** Text of ASCII alone, which most is, is told by its length. */
function isGarbled(held: Sql): Sql {
  const shapes = GARBLED.map((part) => sql`${held} like ${`%${part}%`}`)
  return sql`bit_length(${held}) > 8 * length(${held}) and (${join(shapes, ' or ')})`
}
