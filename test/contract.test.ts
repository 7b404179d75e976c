/**
 * Commands over every engine: the same rows in DuckDB and in PostgreSQL (in process), every query that a
 * run asks, and the answer that comes of it.
 */
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linesOf, simulateShop } from '../fixtures/shop.ts'
import type { Cell, Cells } from '../src/commands/describe/cells.ts'
import { describeColumns } from '../src/commands/describe/columns.ts'
import { repeatedRows } from '../src/commands/describe/file.ts'
import { purchasesOf } from '../src/commands/describe/purchases.ts'
import type { RfmOptions } from '../src/commands/rfm/scoring.ts'
import type { Counted } from '../src/core/command.ts'
import { formatDay, parseDay } from '../src/core/days.ts'
import { join, name, render, type Sql, sql } from '../src/core/sql.ts'
import type { Fetched, Shape, Table } from '../src/core/table.ts'
import { churnOver } from './support/churn.ts'
import { type ClusterOptions, clusterOver } from './support/cluster.ts'
import { type ClvOptions, clvOver } from './support/clv.ts'
import { duckdbLines, type Line, postgresLines } from './support/lines.ts'
import { rfmOver } from './support/rfm.ts'
import { rulesOver } from './support/rules.ts'
import { sequencesOver } from './support/sequences.ts'
import { type TrendOptions, trendOver } from './support/trend.ts'

/** What a query answered, in full. */
interface Asked {
  readonly query: string
  readonly shape: Shape
  readonly columns: Readonly<Record<string, ArrayLike<unknown>>>
}

function recorded(table: Table, asked: Asked[]): Table {
  const fetch = async <S extends Shape>(query: Sql, shape: S): Promise<Fetched<S>> => {
    const columns = await table.fetch(query, shape)
    asked.push({ query: render(query, table.dialect), shape, columns: columns as Asked['columns'] })
    return columns
  }
  const batches: Table['batches'] = async function* (query, shape) {
    yield await fetch(query, shape)
  }
  return { ...table, fetch, batches }
}

const statuses: Readonly<Record<string, string>> = {
  Completed: 'paid',
  Cancelled: 'cancelled',
  Pending: 'unpaid',
  Refunded: 'refunded',
}

/** The fixture shop with every column that commands look at, and ids that collations would sort differently. */
function shopLines(): Line[] {
  const odd = ['Zoë', 'zoe', 'ÄB', 'ab', 'Ab', "o'neil", '"q"', '客户一', '客户二', 'a b', 'a-b', '𠮷']
  return linesOf(simulateShop({ seed: 7, customers: 80 })).map(({ order, day, quantity, cents }, i) => {
    const amount = (quantity * cents) / 100
    const problem = i % 40 === 0 ? 'customer: none' : i % 97 === 0 ? 'amount: unreadable' : null
    return {
      customer:
        i % 40 === 0 ? null : i % 7 === 0 ? (odd[(i / 7) % odd.length] as string) : idOf(order.customer?.id),
      order: String(order.number),
      day: formatDay(day),
      amount: amount.toFixed(2),
      refund: [null, '0', '0.10', amount.toFixed(2), '-0.30'][i % 5] ?? null,
      status: i % 11 === 0 ? null : (statuses[order.status] ?? null),
      currency: 'EUR',
      cost: (amount / 3).toFixed(4),
      margin: (amount / 7).toFixed(6),
      item: i % 17 === 0 ? null : (['Tee', 'tee', 'Kännchen', '茶', "o'cup"][(i * i) % 5] ?? null),
      quantity: String(quantity - (i % 19 === 0 ? quantity : 0)),
      'extra channel': i % 13 === 0 ? null : (['web', 'Ladén'][Math.floor(i / 3) % 2] ?? null),
      problem: i % 101 === 0 ? 'status: Größe' : problem,
    }
  })
}

const idOf = (id: string | undefined): string => id ?? 'guest'

const all = ['customer', 'order', 'day', 'amount', 'status', 'currency', 'cost', 'margin']
const refunded = [...all, 'refund']
const few = ['customer', 'day', 'amount']

const cases: readonly (readonly [string, readonly string[], Partial<RfmOptions>])[] = [
  ['everything', all, {}],
  ['three columns', few, {}],
  ['as of a day', all, { asOf: parseDay('2024-06-30') as number }],
  ['a window', all, { window: 200 }],
  ['a window, three columns', few, { window: 200 }],
  ['refunds left out', all, { refunds: 'drop' }],
  ['refunds as any line', all, { refunds: 'ignore' }],
  ['a refund column', refunded, {}],
  ['a refund column, three others', [...few, 'refund'], {}],
  ['a refund column in a window', refunded, { window: 200 }],
  ['a refund column left out', refunded, { refunds: 'drop' }],
  ['a refund column that is ignored', refunded, { refunds: 'ignore' }],
  [
    'margin from cost less a refund column',
    refunded.filter((column) => column !== 'margin'),
    { monetary: 'margin' },
  ],
  ['margin', all, { monetary: 'margin' }],
  ['margin from cost', all.filter((column) => column !== 'margin'), { monetary: 'margin' }],
  ['an earlier day beside it', all, { compareAsOf: parseDay('2024-03-31') as number }],
]

const clvCases: readonly (readonly [string, readonly string[], Partial<ClvOptions>])[] = [
  ['everything', all, {}],
  ['three columns', few, {}],
  ['a refund column', refunded, { refunds: 'net' }],
  ['refunds left out', all, { refunds: 'drop' }],
  ['no money', ['customer', 'day', 'status'], { spend: 'none' }],
  ['what is known of customers', [...all, 'extra channel'], { covariates: ['channel'] }],
]

const clusterCases: readonly (readonly [string, readonly string[], Partial<ClusterOptions>])[] = [
  ['orders', [...refunded, 'item'], { k: 4 }],
  ['three columns', few, { k: 3 }],
  ['refunds left out', refunded, { k: 3, refunds: 'drop' }],
  ['columns of any table', ['amount', 'extra channel'], { k: 2, features: ['channel'] }],
]

const itemCases: readonly (readonly [string, readonly string[]])[] = [
  ['orders', [...all, 'item', 'quantity']],
  ['what a customer bought on a day', [...few, 'item', 'status']],
]

const trendCases: readonly (readonly [string, readonly string[], Partial<TrendOptions>])[] = [
  ['everything, by month', all, { by: 'month' }],
  ['a refund column, by week', refunded, { by: 'week' }],
  ['refunds left out, by day', all, { by: 'day', refunds: 'drop' }],
  ['refunds as any line', all, { refunds: 'ignore', asOf: parseDay('2024-06-30') as number }],
  ['no customers and no orders', ['day', 'amount'], {}],
]

/** Some columns of the lines as a file would hold them, as text, and what they mean. */
function cellsOver(table: Table): Cells {
  const columns = ['customer', 'item', 'amount', 'day']
  const asText = columns.map((column) => sql`cast(${name(column)} as varchar) as ${name(column)}`)
  const cell = (header: string, kind: Cell['kind'], value: Cell['value']): Cell => ({
    ...{ header, kind, value, text: (held) => held },
    ...{ role: undefined, type: kind, doubt: undefined, evidence: undefined },
    seen: { distinct: 1, isAll: true },
  })
  return {
    table: { ...table, from: sql`(select ${join(asText)} from ${table.from} as lines)` },
    columns: [
      cell('customer', 'text', (held) => held),
      cell('item', 'text', (held) => held),
      cell('amount', 'number', (held) => sql`cast(${held} as decimal(18, 6))`),
      cell('day', 'day', (held) => sql`cast(${held} as date)`),
    ],
  }
}

/** Numbers to so many digits, as engines interpolate and take logarithms each in its own way. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each) =>
      key === 'roughly' || key === 'cell'
        ? undefined
        : ArrayBuffer.isView(each)
          ? [...(each as Float64Array)]
          : typeof each === 'number'
            ? Number(each.toPrecision(12))
            : each,
    ),
  )

describe('DuckDB and PostgreSQL answer alike', () => {
  let database: PGlite
  beforeAll(async () => {
    database = await PGlite.create()
  })
  afterAll(() => database.close())

  test.each(clvCases)('clv: %s', async (_, columns, options) => {
    await alike(columns, (table) => clvOver(table, { holdout: 'off', model: 'mbgnbd', ...options }))
  })

  test.each(clvCases.filter(([, , { covariates }]) => !covariates))(
    'churn: %s',
    async (_, columns, { refunds = 'net', spend = 'gamma-gamma' }) => {
      await alike(columns, (table) => churnOver(table, { model: 'mbgnbd', refunds, spend }))
    },
  )

  test.each(clusterCases)('cluster: %s', async (_, columns, options) => {
    await alike(columns, (table) => clusterOver(table, options))
  })

  // Lines come in any order here: only what is made of them must be alike.
  test.each(itemCases)('rules: %s', async (_, columns) => {
    const options = {
      all: true,
      minSupport: { baskets: 5 },
      minConfidence: { numerator: 1, denominator: 100 },
    }
    await alike(columns, (table) => rulesOver(table, options), false)
  })

  test.each(itemCases)('sequences: %s', async (_, columns) => {
    await alike(columns, (table) => sequencesOver(table, { all: true, minCustomers: 2 }), false)
  })

  test.each(trendCases)('trend: %s', async (_, columns, options) => {
    await alike(columns, (table) => trendOver(table, options))
  })

  // Engines digest ids each in its own way: only what is made of them must be alike.
  test('describe: the purchases', async () => {
    const run = async (table: Table) => {
      const purchases = await purchasesOf(table)
      const { tally, customers } = purchases
      return { ...purchases, counted: { asOf: undefined, tally, customers } }
    }
    await alike(refunded, run, false)
  })

  test.each([1000, 5])('describe: columns, fetched where they have at most %s values', async (few) => {
    const columns = ['customer', 'item', 'amount', 'day']
    await alike(
      columns,
      async (table) => {
        const cells = cellsOver(table)
        const { rows, described } = await describeColumns(cells, { today: 19_900, exact: true, few })
        const repeated = await repeatedRows(cells, rows)
        const tally = { read: rows, used: rows, leftOut: [] }
        return { told: rounded({ described, repeated }), counted: { asOf: undefined, tally, customers: 0 } }
      },
      false,
    )
  })

  test.each(cases)('rfm: %s', async (_, columns, options) => {
    await alike(columns, (table) => rfmOver(table, options))
  })

  async function alike<R extends { readonly counted: Counted | undefined }>(
    columns: readonly string[],
    run: (table: Table) => Promise<R>,
    inOrder = true,
  ): Promise<void> {
    const lines = shopLines()
    const [duckdb, postgres] = await Promise.all([
      duckdbLines(lines, columns),
      postgresLines(database, lines, columns),
    ])
    try {
      const [askedOne, askedOther]: [Asked[], Asked[]] = [[], []]
      const one = await run(recorded(duckdb.table, askedOne))
      const other = await run(recorded(postgres.table, askedOther))
      expect(askedOne.length).toBeGreaterThan(0)
      expect(askedOther.map(({ shape }) => shape)).toEqual(askedOne.map(({ shape }) => shape))
      for (const [i, { columns: found }] of askedOne.entries()) {
        // Sums are decimals in both engines, so they are equal to the last digit, not nearly.
        if (inOrder) expect(askedOther[i]?.columns).toEqual(found)
      }
      expect(other).toEqual(one)
      expect(one.counted?.tally.read).toBe(lines.length)
    } finally {
      await Promise.all([duckdb.close(), postgres.close()])
    }
  }
})
