/** Public files and exports with known answers, read without any flag. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import { type Given, type Inputs, inputs } from './inputs.ts'

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

async function summary(file: string, given: Given = {}) {
  const opened = await space.open([data + file], given)
  const found = await opened.table.fetch(
    sql`select coalesce(problem, 'ok') as problem, count(*) as lines, sum(amount) as money
      from ${opened.table.from} group by 1 order by 1`,
    { problem: 'text', lines: 'number', money: 'number' },
  )
  const lines: Record<string, number[]> = {}
  found.problem.forEach((problem, i) => {
    lines[problem ?? ''] = [found.lines[i] ?? 0, found.money[i] ?? 0]
  })
  return { opened, lines, ...(await opened.rejects()) }
}

describe.skipIf(!existsSync(data))('known data (needs ../shared/data)', () => {
  test('CDNOW and the RFM orders', async () => {
    expect(await summary('cdnow-sample.csv')).toMatchObject({ lines: { ok: [6919, 244_091.94] }, count: 0 })
    expect((await summary('rfm-orders.csv')).lines).toEqual({ ok: [4906, 464_158] })
  })

  test('groceries: items without customers, dates, amounts', async () => {
    const opened = await space.open([`${data}groceries.csv`], { needs: ['item'], uses: ['order'] })
    const { n } = await opened.table.fetch(
      sql`select count(distinct "order" || ':' || item) as n from ${opened.table.from} where problem is null`,
      { n: 'number' },
    )
    expect(n[0]).toBe(43_367)
  })

  test('Taobao: GB18030, wrapped ids, names with spaces behind', async () => {
    const { opened, lines } = await summary('torture/exports/taobao-orders-gbk.csv')
    expect(opened.files[0]).toMatchObject({ encoding: 'GB18030', columns: 46 })
    expect(opened.roles).toMatchObject({
      customer: { header: '买家会员名' },
      date: { header: '订单付款时间' },
      amount: { header: '买家实际支付金额' },
      status: { header: '订单状态' },
    })
    // The two that were never paid have no time of payment.
    expect(lines).toEqual({ ok: [4, 1707.82], 'date: none': [2, 0] })
    const ids = await opened.table.fetch(sql`select "order" from ${opened.table.from} order by 1`, {
      id: 'text',
    })
    expect(ids.id.every((id) => /^\d{19}$/.test(id ?? ''))).toBe(true)
  })

  test('UCI: month first, amount from price and quantity', async () => {
    const { opened, lines } = await summary('torture/exports/uci-online-retail.csv')
    expect(opened.dateOrder).toMatch(/^month-day-year, proven by 12\/13\/2010/)
    expect(lines['ok']).toEqual([5, 93.04])
    expect(lines).toMatchObject({
      'customer: none': [1, 0],
      adjustment: [1, 11_062.06],
      'no product': [1, 569.77],
    })
  })

  test('WooCommerce Analytics', async () => {
    const { opened, lines } = await summary('torture/exports/woocommerce-analytics.csv')
    expect(opened.roles).toMatchObject({
      amount: { header: 'N. Revenue (formatted)' },
      status: { header: 'Status' },
    })
    expect(lines).toEqual({ ok: [4, 1314.5] })
  })

  test('Shopify: the further lines of an order are part of it', async () => {
    const { opened, lines } = await summary('torture/exports/shopify-orders.csv')
    expect(opened.system?.name).toBe('shopify-orders')
    expect(opened.roles).toMatchObject({ customer: { header: 'Email' }, date: { header: 'Paid at' } })
    // Voided and pending orders are no problem: their status leaves them out.
    expect(lines).toEqual({ ok: [7, 290], 'customer: none': [1, 12], 'date: none': [1, 17] })
  })

  test('Douyin hides its customers, Amazon has none', async () => {
    const { lines } = await summary('torture/exports/douyin-orders.csv')
    expect(lines).toEqual({ 'customer: hidden': [4, 146.5] })
    await expect(summary('torture/exports/amazon-all-orders.txt')).rejects.toThrow(
      /no column found for the customer/,
    )
  })

  const shapes: Record<string, [rows: number, columns: number, bad?: number]> = {
    'spectrum-comma_in_quotes.csv': [1, 5],
    'spectrum-escaped_quotes.csv': [2, 2],
    'spectrum-newlines.csv': [3, 3],
    'spectrum-newlines_crlf.csv': [3, 3],
    'spectrum-quotes_and_newlines.csv': [2, 2],
    'spectrum-simple.csv': [1, 3],
    'spectrum-simple_crlf.csv': [1, 3],
    'spectrum-empty.csv': [2, 3],
    'spectrum-utf8.csv': [2, 3],
    'spectrum-json.csv': [1, 2],
    'csvkit-test_utf8_bom.csv': [2, 3],
    'csvkit-dummy.tsv': [1, 3],
    'csvkit-bad.csv': [1, 3, 2],
    'csvkit-blanks.csv': [1, 6],
    'csvkit-test_skip_lines.csv': [1, 3],
    'csvparser-strict-false-less-columns.csv': [2, 3, 1],
    'csvparser-strict-false-more-columns.csv': [2, 3, 1],
    'duckdb-leading_zeros.csv': [6, 8],
    'duckdb-phonenumbers.csv': [3, 1],
    'duckdb-multi_column_quote.csv': [5, 3],
    'duckdb-timestamp_timezone.csv': [8, 2],
    'duckdb-issue2628_中文.csv': [3, 2],
    'duckdb-example_n.ndjson': [5, 2],
    'duckdb-top_level_array.json': [2, 1],
    'frictionless-duplicate-headers.csv': [2, 5],
    'messytables-simple.psv': [28, 6],
    'messytables-simple.ssv': [6, 3],
    'qsv-NYC311-5.csv': [5, 41],
    'qsv-boston311-100.csv': [100, 29],
  }
  test.each(Object.entries(shapes))('torture: %s', async (file, [rows, columns, bad = 0]) => {
    const opened = await space.open([`${data}torture/${file}`], {
      needs: [],
      uses: [],
      columns: { item: '#1' },
    })
    expect(opened.files[0]?.columns).toBe(columns)
    const asked = await space.open([`${data}torture/${file}`], {
      needs: ['item'],
      uses: [],
      columns: { item: '#1' },
    })
    const { n } = await asked.table.fetch(sql`select count(*) as n, max(item) from ${asked.table.from}`, {
      n: 'number',
      x: 'text',
    })
    expect([n[0], (await asked.rejects()).count]).toEqual([rows, bad])
  })

  test('Latin-1 and Excel', async () => {
    const latin = await space.open([`${data}torture/csvkit-test_latin1.csv`], { needs: [], uses: [] })
    expect(latin.files[0]).toMatchObject({ encoding: 'Windows-1252', columns: 3 })
    expect(await latin.count()).toBe(2)
    const excel = await space.open([`${data}torture/csvkit-dummy.xlsx`], { needs: [], uses: [] })
    expect([excel.files[0]?.columns, await excel.count()]).toEqual([3, 1])
  })
})
