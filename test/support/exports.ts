/**
 * A small reader of exports, row by row, that does what the data of a system says and nothing else: it shows
 * that the data is right, whatever reads it in the end.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { Bought, Example, Expected } from '../../fixtures/systems.ts'
import type { OrderStatus, Role } from '../../src/core/roles.ts'
import { sql } from '../../src/core/sql.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import * as id from '../../src/fields/id.ts'
import { statusSql } from '../../src/fields/status.ts'
import { folded } from '../../src/fields/text.ts'
import { headerKey } from '../../src/sources/headers.ts'
import type { RowRule, System } from '../../src/sources/systems/index.ts'

/** What a status word means without any system. */
export async function everyoneKnows() {
  const temp = mkdtempSync(join(tmpdir(), 'cust-words-'))
  const engine = await openDuckdb({ memory: undefined, threads: 1, temp })
  const known = new Map<string, OrderStatus | undefined>()
  return {
    async meaningOf(word: string): Promise<OrderStatus | undefined> {
      if (!known.has(word)) {
        const { meaning } = await engine.fetch(sql`select ${statusSql(sql`${word}`)}`, { meaning: 'text' })
        known.set(word, (meaning[0] ?? undefined) as OrderStatus | undefined)
      }
      return known.get(word)
    },
    close(): void {
      engine.close()
      rmSync(temp, { recursive: true, force: true })
    },
  }
}

interface Row {
  readonly cell: (header: string) => string
  readonly play: (role: Role) => string | undefined
}

function tableOf({ text, file, system }: Example): { headers: string[]; cells: string[][] } {
  if (file.endsWith('.ndjson')) return eventsOf(text)
  const tabs = file.endsWith('.txt')
  const body = text.replace(/^\ufeff/, '')
  const { data } = Papa.parse<string[]>(
    // Ids that are wrapped against spreadsheets are not quoted as the standard has it.
    tabs ? body : body.replace(/="(\d*)"?(?=,|\n)/g, '$1'),
    { delimiter: tabs ? '\t' : ',', quoteChar: tabs ? '\0' : '"', skipEmptyLines: true },
  )
  const filled = data.filter((row) => row.some((cell) => cell !== ''))
  const footer = filled.findIndex((row) => /record\(s\) downloaded/.test(row.join(' ')))
  const [headers = [], ...cells] = footer < 0 ? filled : filled.slice(0, footer)
  const wrong = cells.find((row) => row.length !== headers.length && row.at(headers.length) !== '')
  if (wrong) throw new Error(`${system}: a row is as wide as ${wrong.length}, not ${headers.length}`)
  return { headers, cells }
}

/** Events with a row for each of their items. */
function eventsOf(text: string): { headers: string[]; cells: string[][] } {
  const records = text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { items, ecommerce, event_params: params, ...event } = JSON.parse(line)
      const flat = Object.entries({ ...(ecommerce ?? {}) }).map(([key, value]) => [`ecommerce.${key}`, value])
      const named = params.map((one: { key: string; value: object }) => [
        `event_params.${one.key}`,
        Object.values(one.value)[0],
      ])
      const whole = { ...event, ...Object.fromEntries([...flat, ...named]) }
      const lines = items.map((item: object) => ({
        ...whole,
        ...Object.fromEntries(Object.entries(item).map(([key, value]) => [`items.${key}`, value])),
      }))
      return lines.length > 0 ? lines : [whole]
    }) as Record<string, unknown>[]
  const headers = [...new Set(records.flatMap((record) => Object.keys(record)))]
  return { headers, cells: records.map((record) => headers.map((header) => String(record[header] ?? ''))) }
}

export async function readExport(
  one: Example,
  system: System,
  meaningOf: (word: string) => Promise<OrderStatus | undefined>,
): Promise<Expected & { unknown: string[] }> {
  const { headers, cells } = tableOf(one)
  const keys = headers.map(headerKey)
  const at = (header: string) => keys.indexOf(headerKey(header))
  const column = (role: Role) => system.roles[role]?.find((header) => at(header) >= 0)
  const filled = filledDown(cells, system, at, column)
  const rows = filled.map((row): Row => {
    const cell = (header: string) => (row[at(header)] ?? '').trim()
    const play = (role: Role) => {
      const header = column(role)
      return header === undefined ? undefined : cell(header)
    }
    return { cell, play }
  })
  return summed(rows, system, meaningOf)
}

function filledDown(
  cells: readonly string[][],
  system: System,
  at: (header: string) => number,
  column: (role: Role) => string | undefined,
): readonly string[][] {
  const order = column('order')
  if (!system.fillDown || order === undefined) return cells
  const played = system.fillDown.flatMap((role) => column(role) ?? [])
  const fill = new Set([...played, ...(system.rules ?? []).map((rule) => rule.column)].map(at))
  const firsts = new Map<string, string[]>()
  return cells.map((row) => {
    const which = row[at(order)] ?? ''
    const first = firsts.get(which)
    if (!first) {
      firsts.set(which, row)
      return row
    }
    return row.map((cell, i) => (cell === '' && fill.has(i) ? (first[i] ?? '') : cell))
  })
}

async function summed(
  rows: readonly Row[],
  system: System,
  meaningOf: (word: string) => Promise<OrderStatus | undefined>,
): Promise<Expected & { unknown: string[] }> {
  const orders = { all: new Set<string>(), guests: new Set<string>() }
  const money = { paid: 0, refunded: 0, guestsPaid: 0, guestsRefunded: 0 }
  const customers = new Set<string>()
  const unknown = new Set<string>()
  const seen = new Set<string>()
  const hasRefund = (rows[0] as Row).play('refund') !== undefined
  const isList = (rows[0] as Row).play('order') === undefined && system.roles.order?.length === 0
  for (const [i, row] of rows.entries()) {
    const status = await statusOf(row, system, meaningOf)
    if (status === 'unknown') unknown.add(row.play('status') ?? '')
    const customer = customerOf(row, system)
    if (isList) {
      if (customer !== undefined && status !== 'other') customers.add(customer)
      continue
    }
    if (status === 'other' || status === 'unpaid' || status === 'cancelled' || status === 'unknown') continue
    const order = row.play('order') || `row ${i}`
    const again = seen.has(order)
    seen.add(order)
    const counts = !system.amounts || !again
    const amount = counts ? amountOf(row) : 0
    const refund = counts ? Math.abs(centsOf(row.play('refund') ?? '')) : 0
    if (status === 'refunded' && amount > 0 && !hasRefund) continue
    if (row.play('date') === '') continue
    const back = refund + Math.max(0, -amount)
    const isVisit = amount > 0 || (amount === 0 && refund === 0)
    money.paid += Math.max(0, amount)
    money.refunded += back
    if (isVisit) orders.all.add(order)
    if (customer !== undefined) {
      if (isVisit) customers.add(customer)
      continue
    }
    money.guestsPaid += Math.max(0, amount)
    money.guestsRefunded += back
    if (isVisit) orders.guests.add(order)
  }
  const guests: Bought = {
    orders: orders.guests.size,
    paid: money.guestsPaid,
    refunded: money.guestsRefunded,
  }
  return {
    orders: orders.all.size,
    paid: money.paid,
    refunded: money.refunded,
    customers: customers.size,
    guests,
    unknown: [...unknown],
  }
}

async function statusOf(
  row: Row,
  system: System,
  meaningOf: (word: string) => Promise<OrderStatus | undefined>,
): Promise<RowRule['means'] | 'unknown' | undefined> {
  const rule = (system.rules ?? []).find((each) => fitsRule(row.cell(each.column), each))
  if (rule) return rule.means
  const word = row.play('status')
  if (word === undefined || word === '') return undefined
  return (await meaningIn(system, word, meaningOf)) ?? 'unknown'
}

/** What a status word means in a system; its own words come first. */
export async function meaningIn(
  system: System,
  word: string,
  meaningOf: (word: string) => Promise<OrderStatus | undefined>,
): Promise<OrderStatus | undefined> {
  const own = Object.entries(system.status ?? {}).find(([, list]) =>
    list.some((each) => folded(each) === folded(word)),
  )
  return (own?.[0] as OrderStatus | undefined) ?? meaningOf(word)
}

function fitsRule(value: string, { is }: RowRule): boolean {
  if (is === 'filled') return value !== ''
  if (is === 'blank') return value === ''
  if ('pattern' in is) return value !== '' && new RegExp(is.pattern, 'u').test(value)
  return is.some((word) => folded(word) === folded(value))
}

function customerOf(row: Row, system: System): string | undefined {
  const customer = row.play('customer')
  if (!customer || system.guests?.includes(customer)) return undefined
  return id.isMasked(customer) ? undefined : customer.replace(/^'/, '')
}

function amountOf(row: Row): number {
  const amount = row.play('amount')
  if (amount !== undefined) return centsOf(amount)
  return Math.round(centsOf(row.play('price') ?? '') * Number(row.play('quantity') ?? 0))
}

/** `$1,234.50`, `-1.234,50`, blank. */
function centsOf(text: string): number {
  const digits = text.replace(/[^\d.,-]/g, '')
  const plain = /,\d\d$/.test(digits)
    ? digits.replaceAll('.', '').replace(',', '.')
    : digits.replaceAll(',', '')
  return Math.round(Number(plain || 0) * 100)
}
