/** Baskets that are whole rows: every cell an item, or every column one. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { DictionaryText, Table } from '../../core/table.ts'
import { basketBuilder, partsOf, separatorOf } from './lists.ts'
import { type Options, type Read, weightOf } from './read.ts'

interface Column {
  readonly header: string
  readonly codes: Int32Array
  readonly words: readonly string[]
}

async function columnsOf({ from, columns, fetch }: Table): Promise<Column[]> {
  const selected = columns.map((header, i) => sql`${name(header)} as ${name(`c${i}`)}`)
  const shape = Object.fromEntries(columns.map((_, i) => [`c${i}`, 'coded' as const]))
  const found = await fetch(sql`select ${join(selected)} from ${from} as rows`, shape)
  return columns.map((header, i) => ({ header, ...(found[`c${i}`] as DictionaryText) }))
}

const rowsIn = ([first]: readonly Column[]): number => first?.codes.length ?? 0
const cellOf = ({ codes, words }: Column, row: number): string => words[codes[row] as number]?.trim() ?? ''

function tallyOf(rows: number): Pick<Read, 'tally' | 'basketIs'> {
  if (rows === 0) throw new CustError('input', 'the input has no rows')
  return { tally: { read: rows, used: rows, leftOut: [] }, basketIs: 'a row' }
}

// Every cell an item ---------------------------------------------------------------------------------

export async function rowBaskets(input: Input, { separator, weight }: Options): Promise<Read> {
  if (weight.length > 0) throw new CustError('usage', '--weight names a column, and --shape rows has none')
  const columns = await columnsOf(await input.rows())
  const rows = rowsIn(columns)
  const tally = tallyOf(rows)
  const [only, ...others] = columns
  const mark = separator ?? (only && others.length === 0 ? separatorOf(only.words) : undefined)
  const builder = basketBuilder()
  for (let row = 0; row < rows; row++) {
    const cells = columns.map((column) => cellOf(column, row))
    const items = mark === undefined ? cells : cells.flatMap((cell) => partsOf(cell, mark))
    builder.add(
      items.filter((item) => item !== ''),
      1,
    )
  }
  return { ...builder.done(false), ...tally }
}

// Every column an item -------------------------------------------------------------------------------

const NO = new Set([
  '',
  'no',
  'n',
  'false',
  'f',
  'null',
  'nan',
  'na',
  'n/a',
  'none',
  '-',
  '?',
  '否',
  '无',
  '未购买',
])
const YES = new Set(['yes', 'y', 'true', 't', 'x', '1', '✓', '√', '是', '有', '已购买'])

/** Anything but nothing means bought: a quantity too. Undefined for what is neither. */
function isBought(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (NO.has(word)) return false
  if (YES.has(word)) return true
  const value = Number(word)
  return Number.isFinite(value) ? value > 0 : undefined
}

export async function oneHotBaskets(input: Input, { weight }: Options): Promise<Read> {
  const all = await columnsOf(await input.rows())
  const [wanted] = weight
  const weighing = all.find(({ header }) => header === wanted)
  if (wanted !== undefined && !weighing) throw new CustError('input', `no column "${wanted}" (--weight)`)
  const rows = rowsIn(all)
  const tally = tallyOf(rows)
  const others = all.filter((column) => column !== weighing)
  const items = others.filter((column) => !isNumbering(column, rows))
  const left = others.filter((column) => !items.includes(column))
  if (left.length > 0) {
    input.note(`no item, as every row has another value: ${left.map(({ header }) => header).join(', ')}`)
  }
  const bought = items.map((column) => column.words.map((word) => boughtIn(column, word)))
  const builder = basketBuilder()
  for (let row = 0; row < rows; row++) {
    const held = items.filter(({ codes }, i) => bought[i]?.[codes[row] as number] === true)
    builder.add(
      held.map(({ header }) => header.trim()),
      weighing ? weightOf(cellOf(weighing, row)) : 1,
    )
  }
  return { ...builder.done(weighing !== undefined), ...tally }
}

/** A column of ids tells rows apart. */
const isNumbering = ({ words }: Column, rows: number): boolean => rows > 2 && words.length === rows

function boughtIn({ header }: Column, word: string): boolean {
  const answer = isBought(word.trim())
  if (answer !== undefined) return answer
  throw new CustError(
    'input',
    `--shape one-hot: the column "${header}" holds "${word.trim().slice(0, 40)}", neither bought nor not`,
    'every column is an item, but for one of ids; leave out others first',
  )
}
