import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_DAY, parseDay } from '../../src/core/days.ts'
import { CustError } from '../../src/core/errors.ts'
import type { Column, Sheet } from '../../src/core/report.ts'
import { join as list, name, sql } from '../../src/core/sql.ts'
import { firstTexts, textList } from '../../src/core/texts.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'

const temp = mkdtempSync(join(tmpdir(), 'cust-test-'))
let engine: Engine

beforeAll(async () => {
  engine = await openDuckdb({ memory: undefined, threads: 2, temp })
})

afterAll(() => {
  engine.close()
  rmSync(temp, { recursive: true, force: true })
})

const title = { en: '', zh: '' }

describe('rows as read', () => {
  const rows = 400_000
  const words = list(Array.from({ length: 12 }, (_, i) => sql`${`v${7 * i}`}`))
  // A list this long is looked up by a join where nobody asks for the order.
  const query = sql`select i::double as i, case when v in (${words}) then 'known' else v end as v from numbered`

  beforeAll(() =>
    engine.run(sql`create table numbered as select i, 'v' || (i % 100) as v from range(${rows}) as t(i)`),
  )

  test('are kept in the order of their query, and counted from 0', async () => {
    await engine.keep(name('kept numbers'), sql`select i from numbered where i % 3 = 1`)
    const query = sql`select count(*) as rows, count(case when rowid * 3 + 1 = i then 1 end) as placed from ${name('kept numbers')}`
    const { rows: all, placed } = await engine.fetch(query, { rows: 'number', placed: 'number' })
    expect([all[0], placed[0]]).toEqual([Math.floor(rows / 3), Math.floor(rows / 3)])
  })

  test('come in the order of the table, whatever the query asks of each', async () => {
    for (let run = 0; run < 3; run++) {
      const { i } = await engine.fetch(query, { i: 'number', v: 'coded' }, 'as read')
      expect(i.findIndex((value, row) => value !== row)).toBe(-1)
    }
    let next = 0
    for await (const { i } of engine.batches(query, { i: 'number', v: 'coded' }, 'as read')) {
      for (const value of i) if (value !== next++) throw new Error(`row ${next - 1} is ${value}`)
    }
    expect(next).toBe(rows)
  })
})

describe('what comes back', () => {
  test('texts of every length and script, and none', async () => {
    const texts = [
      '',
      'a',
      '123456789012',
      '1234567890123',
      'é',
      '客户一',
      '𠮷𠮷𠮷',
      'x'.repeat(5000),
      '0001',
      ' a ',
    ]
    const rows = list(
      texts.map((text, i) => sql`select ${i} as i, ${text} as t`),
      ' union all ',
    )
    const whole = await engine.fetch(sql`select t from (${rows}) order by i`, { t: 'text' })
    expect(whole.t).toEqual(texts)
    const gaps = sql`select case when i % 2 = 0 then t end as t from (${rows}) order by i`
    expect((await engine.fetch(gaps, { t: 'text' })).t).toEqual(
      texts.map((text, i) => (i % 2 === 0 ? text : null)),
    )
    const packed = await engine.fetch(gaps, { t: 'packed' })
    expect(textList(packed.t)).toEqual(texts.map((text, i) => (i % 2 === 0 ? text : null)))
    const all = await engine.fetch(sql`select t from (${rows}) order by i`, { t: 'packed' })
    expect(textList(all.t)).toEqual(texts)
    expect(textList(firstTexts(all.t, 3))).toEqual(texts.slice(0, 3))
  })

  test('numbers of every type, days, and none', async () => {
    const query = sql`select * from (values
      (1, date '2024-02-29', 1.5::double, 12.34::decimal(10, 2), 9007199254740991::bigint, 170141183460469231731687303715884105727::hugeint),
      (2, null, null, null, null, null)) order by 1`
    const { d, a, b, c, e } = await engine.fetch(query, {
      i: 'number',
      d: 'day',
      a: 'number',
      b: 'number',
      c: 'number',
      e: 'number',
    })
    expect([...d]).toEqual([parseDay('2024-02-29'), NO_DAY])
    expect([...a, ...b, ...c]).toEqual([1.5, Number.NaN, 12.34, Number.NaN, 9007199254740991, Number.NaN])
    expect(e[0]).toBeCloseTo(1.7014118346046923e38)
  })

  test('more rows than a chunk, in order, and no rows', async () => {
    const query = sql`select cast(range as varchar) as t, cast(range as double) as n from range(100000) order by range`
    const { t, n } = await engine.fetch(query, { t: 'text', n: 'number' })
    expect([t.length, t[99_999], n[99_999]]).toEqual([100_000, '99999', 99_999])
    expect(n.every((value, i) => value === i)).toBe(true)
    expect(await engine.fetch(sql`select 'a' as t where false`, { t: 'text' })).toEqual({ t: [] })
  })
})

describe('names and texts are quoted', () => {
  test.each(['x" from y; drop table s; --', "o'neil", '客户', 'select', ''])('%s', async (odd) => {
    const { t } = await engine.fetch(sql`select ${odd} as ${name(odd || 'empty')}`, { t: 'text' })
    expect(t).toEqual([odd])
  })
})

describe('the session', () => {
  test('nothing is fetched from the network, nothing lands in the current folder', async () => {
    const settings = await engine.fetch(
      sql`select name as n, value as v from duckdb_settings() where name in
        ('autoinstall_known_extensions', 'autoload_known_extensions', 'temp_directory', 'threads', 'TimeZone') order by lower(name)`,
      { n: 'text', v: 'text' },
    )
    expect(settings.v).toEqual(['false', 'false', join(temp, 'duckdb'), '2', 'UTC'])
    expect(existsSync('.tmp')).toBe(false)
  })

  test('what does not fit in memory goes to the temporary folder, and the folder is given', async () => {
    const small = await openDuckdb({ memory: 400_000_000, threads: undefined, temp })
    try {
      const query = sql`select count(*) as n from (select range % 3000000 as k, sum(range) as s, min(cast(range as varchar)) as t
        from range(6000000) group by 1)`
      expect([...(await small.fetch(query, { n: 'number' })).n]).toEqual([3_000_000])
    } finally {
      small.close()
    }
    expect(readdirSync(temp).filter((file) => file !== 'duckdb')).toEqual([])
  })

  test('a running query stops when told to, and no other begins', async () => {
    const stopped = await openDuckdb({ memory: undefined, threads: 2, temp })
    const endless = stopped.fetch(
      sql`select sum(a.range * b.range) as n from range(10000000) a, range(1000000) b`,
      { n: 'number' },
    )
    setTimeout(() => stopped.interrupt(), 100)
    await expect(endless).rejects.toMatchObject({ kind: 'interrupted' })
    await expect(stopped.fetch(sql`select 1 as n`, { n: 'number' })).rejects.toMatchObject({
      kind: 'interrupted',
    })
    stopped.close()
  })

  test('what is asked at once is answered whole, one after another', async () => {
    const count = (rows: number) => engine.fetch(sql`select range as n from range(${rows})`, { n: 'number' })
    const batched = async () => {
      let rows = 0
      for await (const { n } of engine.batches(sql`select range as n from range(500000)`, { n: 'number' })) {
        rows += n.length
      }
      return rows
    }
    const [first, second, third] = await Promise.all([count(300_000), batched(), count(400_000)])
    expect([first.n.length, second, third.n.length]).toEqual([300_000, 500_000, 400_000])
  })

  test('a missing file is an input error, a mistake in SQL is a defect', async () => {
    await expect(
      engine.fetch(sql`select * from read_parquet('/nowhere.parquet')`, { a: 'text' }),
    ).rejects.toMatchObject({ kind: 'input' })
    const wrong = engine.fetch(sql`select nothing`, { a: 'text' })
    await expect(wrong).rejects.not.toBeInstanceOf(CustError)
  })
})

describe('Parquet', () => {
  const columns = [
    { key: '客户 "id"', unit: 'text', title, values: ['007', null, 'ö'] },
    { key: 'segment', unit: 'text', title, values: { codes: new Uint8Array([1, 0, 1]), words: ['A', null] } },
    {
      key: 'spent',
      unit: 'money',
      title,
      values: { units: new Float64Array([-5, 123456789012, Number.NaN]), scale: 2 },
    },
    { key: 'day', unit: 'day', title, values: new Int32Array([0, NO_DAY, 19_000]) },
    { key: 'r', unit: 'score', title, values: new Uint8Array([0, 1, 10]) },
    { key: 'orders', unit: 'count', title, values: new Float64Array([1, Number.NaN, 3]) },
    { key: 'share', unit: 'share', title, values: new Float64Array([0.1, 1, Number.NaN]) },
  ] satisfies Column[]
  const sheet: Sheet = { name: 's', title, columns, length: 3 }
  const read = (path: string) =>
    engine.fetch(
      sql`select columns(*)::varchar from read_parquet(${path})`,
      Object.fromEntries(columns.map(({ key }) => [key, 'text' as const])),
    )

  test('keeps every value, its type and the order of the rows', async () => {
    const path = join(temp, 'a.parquet')
    await engine.writeParquet({ ...sheet, rows: new Uint32Array([2, 0, 1]) }, path)
    expect(await read(path)).toEqual({
      '客户 "id"': ['ö', '007', null],
      segment: [null, null, 'A'],
      spent: [null, '-0.05', '1234567890.12'],
      day: ['2022-01-08', '1970-01-01', null],
      r: ['10', null, '1'],
      orders: ['3', '1', null],
      share: [null, '0.1', '1.0'],
    })
    const types = await engine.fetch(
      sql`select column_type as t from (describe select * from read_parquet(${path}))`,
      { t: 'text' },
    )
    expect(types.t).toEqual(['VARCHAR', 'VARCHAR', 'DECIMAL(18,2)', 'DATE', 'UTINYINT', 'BIGINT', 'DOUBLE'])
  })

  test('no rows give a file with columns', async () => {
    const path = join(temp, 'empty.parquet')
    await engine.writeParquet({ ...sheet, rows: new Uint32Array(0) }, path)
    expect((await read(path))['segment']).toEqual([])
  })
})
