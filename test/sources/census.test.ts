import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { between, chance, mulberry32, pick } from '../../fixtures/random.ts'
import { takeCensus } from '../../src/sources/census.ts'
import { splitAll } from '../../src/sources/split.ts'

const folder = mkdtempSync(join(tmpdir(), 'cust-census-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function census(content: string | Buffer) {
  const path = join(folder, 'file.csv')
  writeFileSync(path, content)
  return takeCensus(path, ',')
}

const usual = { delimiter: ',', quote: '"', escapes: 'doubled', cr: true, blanksBeforeQuote: false } as const

describe('the census of a file', () => {
  test('counts records as the reader does, quotes and line ends of every kind among them', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = mulberry32(seed)
      const newline = pick(random, ['\n', '\r\n', '\r'])
      const cell = () => {
        const text = pick(random, [
          '',
          'a',
          '客户',
          'x y',
          'say ""hi""',
          '1,2',
          `two${newline}lines`,
          '5" pipe',
        ])
        return /[,\r\n]|""/.test(text) || chance(random, 0.2) ? `"${text.replace('5" ', '5"" ')}"` : text
      }
      const rows = Array.from({ length: between(random, 1, 30) }, () =>
        chance(random, 0.1) ? '' : `${cell()},${cell()}`,
      )
      const text = rows.join(newline) + (chance(random, 0.7) ? newline : '')
      const records = splitAll(text, usual)
      const blank = records.filter(({ raw }) => raw === '').length
      expect(await census(text), JSON.stringify(text)).toMatchObject({
        records: records.length - blank,
        blankLines: blank,
        mixedLineEnds: false,
        valid: true,
        nul: false,
        openQuote: false,
      })
    }
  })

  test('sees across the borders of its blocks', async () => {
    const block = 4 << 20
    // Long, as what is between the borders is not the point.
    const LINE = `${'x'.repeat(10_000)},\n`
    for (const around of ['a\r\nb', '"a""b"', '"a\r\n\r\nb"', '客', 'a\n\nb', '\r\n\r\n']) {
      for (let back = 0; back <= Buffer.byteLength(around); back++) {
        const start = LINE.repeat(Math.ceil(block / LINE.length)).slice(0, block - back - 1)
        const text = `${start}\n${around}\n`
        const records = splitAll(text, { ...usual, cr: false })
        const blank = records.filter(({ raw }) => raw === '').length
        const found = await census(text)
        expect([found.records, found.blankLines, found.valid], `${around} ${back}`).toEqual([
          records.length - blank,
          blank,
          true,
        ])
      }
    }
  })

  test('finds what is not plain', async () => {
    expect(await census('a,b\r\n1,2\n')).toMatchObject({ mixedLineEnds: true })
    expect(await census('a,b\r1,2\n3,4\n')).toMatchObject({ mixedLineEnds: true })
    expect(await census('a,b\n"1\r2\r\n",2\n')).toMatchObject({ mixedLineEnds: false })
    expect(await census('a,b\n1,"2\n')).toMatchObject({ openQuote: true })
    expect(await census('a,b\n1,\u00002\n')).toMatchObject({ nul: true })
    expect(await census(Buffer.from([0x61, 0xe9, 0x0a]))).toMatchObject({ valid: false })
    expect(await census('a,b\n1,客')).toMatchObject({ valid: true, records: 2 })
  })
})
