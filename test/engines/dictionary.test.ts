/** Texts as numbers: equal ones alike, others not, whatever their length and script. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import type { Runs } from '../../src/core/table.ts'
import { textReader } from '../../src/core/texts.ts'
import { textDictionary } from '../../src/engines/dictionary.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'

const texts = [
  ...[
    '',
    ' ',
    'a',
    'b',
    'a ',
    '123456789012',
    '1234567890123',
    '1234567890124',
    'é',
    '客户一',
    '客户二客户二',
  ],
  ...['𠮷𠮷𠮷', 'x'.repeat(5000), `${'x'.repeat(4999)}y`, '\u0000', '\u0000\u0000'],
]

describe('a dictionary', () => {
  test.each([true, false])('numbers texts in the order of first sight; keeps words: %s', (keeps) => {
    const dictionary = textDictionary(keeps)
    const once = texts.map((text) => dictionary.codeOf(text))
    expect(once).toEqual(texts.map((_, i) => i))
    expect(texts.toReversed().map((text) => dictionary.codeOf(text))).toEqual(once.toReversed())
    expect(dictionary.codeOf(null)).toBe(-1)
    expect(dictionary.done()).toEqual({ count: texts.length, words: keeps ? texts : undefined })
  })

  test('grows to many texts, short and long', () => {
    const dictionary = textDictionary(false)
    const named = Array.from({ length: 30_000 }, (_, i) => (i % 2 === 0 ? `k${i}` : `a rather long key ${i}`))
    expect(named.every((text, i) => dictionary.codeOf(text) === i)).toBe(true)
    expect(named.every((text, i) => dictionary.codeOf(text) === i)).toBe(true)
  })
})

describe('columns that the engine answers', () => {
  const temp = mkdtempSync(join(tmpdir(), 'cust-test-'))
  let engine: Engine
  beforeAll(async () => {
    engine = await openDuckdb({ memory: undefined, threads: 2, temp })
  })
  afterAll(() => {
    engine.close()
    rmSync(temp, { recursive: true, force: true })
  })

  test('coded and in groups, over many chunks, with gaps and without', async () => {
    for (const gap of [sql`false`, sql`i % 7 = 0`]) {
      const text = sql`case when ${gap} then null when i % 3 = 0 then 'a rather long name ' || (i // 5) % 11 else 'n' || (i // 4) % 13 end`
      const query = sql`select ${text} as t, ${text} as g, ${text} as plain from range(20000) as r(i) order by i`
      const { t, g, plain } = await engine.fetch(query, { t: 'coded', g: 'groups', plain: 'text' })
      expect(Array.from(t.codes, (code) => t.words[code] ?? null)).toEqual(plain)
      expect(g.codes).toEqual(t.codes)
      expect(g.groups).toBe(new Set(plain.filter((each) => each !== null)).size)
    }
  })

  test('runs of equal texts, short and long, in whole answers and in batches', async () => {
    for (const gap of [sql`false`, sql`i // 50 % 7 = 0`]) {
      const text = sql`case when ${gap} then null when i // 30 % 3 = 0 then 'a rather long name ' || (i // 30) % 11 when i // 30 % 3 = 1 then '客户' || i // 30 else 'n' || i // 40 end`
      const query = sql`select ${text} as t, ${text} as plain from range(90000) as r(i) order by i`
      const shape = { t: 'runs', plain: 'text' } as const
      const spread = ({ texts, starts }: Runs) => {
        const read = textReader(texts)
        const rows: (string | null)[] = []
        for (let run = 0; run < starts.length - 1; run++) {
          for (let row = starts[run] as number; row < (starts[run + 1] as number); row++) rows.push(read(run))
        }
        return rows
      }
      const { t, plain } = await engine.fetch(query, shape)
      expect(spread(t)).toEqual(plain)
      // A run ends with its chunk of rows at the latest.
      const changes = plain.filter((each, row) => each !== plain[row - 1] || row === 0).length
      expect(t.starts.length - 1).toBeLessThan(changes + 90_000 / 1000)
      const inBatches: (string | null)[] = []
      for await (const batch of engine.batches(query, shape)) {
        expect(spread(batch.t)).toEqual(batch.plain)
        inBatches.push(...spread(batch.t))
      }
      expect(inBatches).toEqual(plain)
    }
  })

  test('columns of a file, which the engine marks as whole with bits', async () => {
    const values = sql`select 'k' || i // 3 as k, cast(i as double) as n from range(10000) as r(i)`
    const path = join(temp, 'rows.csv')
    await engine.run(sql`copy (${values}) to ${path} (header)`)
    const rows = sql`from read_csv(${path}, columns = {'k': 'varchar', 'n': 'double'}, header = true)`
    const { k, n } = await engine.fetch(sql`select k, n ${rows} order by n`, { k: 'groups', n: 'number' })
    expect(k.codes).toEqual(Int32Array.from({ length: 10_000 }, (_, i) => Math.floor(i / 3)))
    expect(n).toEqual(Float64Array.from({ length: 10_000 }, (_, i) => i))
  })
})
