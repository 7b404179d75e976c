/** The receipt and the way back: byte for byte, whatever the file; and nothing that is not told. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { writeContacts } from '../../../fixtures/contacts.ts'
import { auditRows, cleaned, csvRecords, holds, room } from '../../support/clean.ts'
import { messyFile } from '../../support/messy.ts'
import { fixture } from '../../support/program.ts'
import { needsShared, noSharedData, sharedData } from '../../support/shared.ts'

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })

describe.skipIf(noSharedData)(`public files ${needsShared}`, () => {
  const tables = noSharedData ? [] : filesIn(sharedData).filter((path) => !/(README|INDEX)\.md$/.test(path))
  test.each(tables.map((path) => [relative(sharedData, path), path]))('%s', async (_, path) => {
    expect(await holds(readFileSync(path), path.split('/').at(-1) as string)).toEqual([])
  })

  test('prose is given back too, though no table', async () => {
    const here = room()
    try {
      const prose = readFileSync(join(sharedData, 'README.md'))
      here.write('README.md', prose)
      await here.run('clean', 'README.md', '-o', 'clean.csv', '--audit', 'audit.csv')
      await here.run('clean', 'clean.csv', '--undo', 'audit.csv', '-o', 'back.md')
      expect(here.read('back.md').equals(prose)).toBe(true)
    } finally {
      here.close()
    }
  })
})

describe('messy files from a seed', () => {
  // The long tests take a thousand of them, but for those whose file is taken for a binary one.
  const seeds = Array.from({ length: 10 }, (_, i) => i)
  test.each(seeds)('of seed %i', async (seed) => {
    const { bytes, told } = messyFile(seed)
    expect(await holds(bytes, 'messy.csv'), told).toEqual([])
  })

  test('with every flag', async () => {
    const flags = ['--fix', 'names,addresses,simplified', '--missing', 'fill:mode', '--date-order', 'dmy']
    for (const seed of [3, 14, 15, 92, 65]) {
      const { bytes, told } = messyFile(seed)
      const wrong = await holds(bytes, 'messy.csv', flags)
      expect(wrong, told).toEqual([])
    }
  })
})

describe('a file of several blocks', () => {
  /** Two blocks and more; a long cell in every row fills them, and is quickly read. */
  const BLOCKS = 2.5 * (1 << 20)
  const FILLER = 'x'.repeat(250)

  test('with quotes over lines, short rows and blank lines at every border', async () => {
    const here = room()
    try {
      writeContacts(join(here.folder, 'big.csv'), 8000)
      const text = here.read('big.csv').toString().trimEnd()
      const lines = text.split('\n').map((line) => `${FILLER},${line}`)
      lines.push('')
      const broken = lines.map((line, i) => {
        if (i % 997 === 3) return line.replace(/,[^,]*$/, ',"two\nlines"')
        if (i % 1499 === 5) return 'cut,off'
        if (i % 1777 === 9) return ''
        if (i % 2003 === 11) return line.replace(/,[^,]*$/, ',"never closed')
        return line
      })
      const bytes = Buffer.from(broken.join('\n'))
      expect(bytes.length).toBeGreaterThan(BLOCKS)
      expect(await holds(bytes, 'big.csv')).toEqual([])
    } finally {
      here.close()
    }
  })

  test('in GB18030 with bytes that are none of it', async () => {
    const cells = Array.from(
      { length: 10_000 },
      (_, i) => `${i},客户${i % 977}, 北京市朝阳区${FILLER},1380013${String(i).padStart(4, '0').slice(-4)}`,
    )
    const { encodeGb18030 } = await import('../../../fixtures/gb18030.ts')
    const bytes = encodeGb18030(`编号,姓名,地址,手机\r\n${cells.join('\r\n')}\r\n`)
    expect(bytes.length).toBeGreaterThan(BLOCKS)
    for (let at = 300_007; at < bytes.length; at += 700_001) bytes[at] = 0xff
    expect(await holds(bytes, 'gb.csv')).toEqual([])
  })
})

describe('formats that rows cannot give back', () => {
  test.each([
    ['a workbook', 'in.json', () => Buffer.from('[{"a": " x ", "b": "n/a"}, {"a": "y", "b": 2}]')],
    ['a gzip', 'in.csv.gz', () => gzipSync('a,b\n x ,1\ny,2\n')],
    ['Parquet', 'in.parquet', () => readFileSync(fixture('orders-small.parquet'))],
  ])('%s stands in the audit itself', async (_, name, bytes) => {
    const here = room()
    try {
      here.write(name, bytes())
      await here.run('clean', name, '-o', 'clean.csv', '--audit', 'audit.csv')
      await here.run('clean', 'clean.csv', '--undo', 'audit.csv', '-o', 'back.bin')
      expect(here.read('back.bin').equals(bytes())).toBe(true)
    } finally {
      here.close()
    }
  })

  test.each(['json', 'ndjson', 'xlsx', 'parquet', 'tsv'])(
    'so does any file where %s is written',
    async (format) => {
      const here = room()
      try {
        const text = 'a,b\n x ,1\ny,"q ""2"""\n'
        here.write('in.csv', text)
        await here.run('clean', 'in.csv', '-o', `clean.${format}`, '--audit', 'audit.csv')
        await here.run('clean', `clean.${format}`, '--undo', 'audit.csv', '-o', 'back.csv')
        expect(here.read('back.csv').toString()).toBe(text)
      } finally {
        here.close()
      }
    },
  )
})

describe('the audit', () => {
  test('has row, line, column, before, after and rule of every change, and opens with the dialect', async () => {
    const { audit } = await cleaned('id,"note"\n1,"a\nb"\n2, c \n')
    const head = JSON.parse(audit[0]?.before ?? '') as { dialect: object; rows: number }
    expect(audit[0]).toMatchObject({ row: 0, rule: 'source' })
    expect(head).toMatchObject({
      rows: 2,
      dialect: { encoding: 'utf-8', delimiter: ',', quote: '"', lineEnd: '\n' },
    })
    expect(audit.filter(({ column }) => column !== '')).toEqual([
      { row: 2, line: 4, column: 'note', before: ' c ', after: 'c', rule: 'trim' },
    ])
  })

  test('undo refuses a file that was changed since, and another audit, and writes nothing', async () => {
    const here = room()
    try {
      here.write('in.csv', 'a,b\n x ,1\n')
      await here.run('clean', 'in.csv', '-o', 'clean.csv', '--audit', 'audit.csv')
      here.write('edited.csv', here.read('clean.csv').toString().replace('x', 'z'))
      const back = (file: string, audit: string) => here.run('clean', file, '--undo', audit, '-o', 'back.csv')
      await expect(back('edited.csv', 'audit.csv')).rejects.toThrow(
        /edited\.csv: is not the file that audit\.csv tells of/,
      )
      await expect(back('clean.csv', 'in.csv')).rejects.toThrow(/in\.csv: is no audit of cust clean/)
      here.write(
        'short.csv',
        here
          .read('audit.csv')
          .toString()
          .replace(/\n[^\n]*\n$/, '\n'),
      )
      await expect(back('clean.csv', 'short.csv')).rejects.toThrow(/what it gives back is not in\.csv/)
      await expect(back('clean.csv', 'none.csv')).rejects.toThrow(/none\.csv: no such file/)
      expect(readdirSync(here.folder)).not.toContain('back.csv')
    } finally {
      here.close()
    }
  })

  test('holds rejected records as they are written', async () => {
    const { audit, rows, told } = await cleaned('a,b\n1,2\n3\n4,5,6\n7,8\n')
    expect(rows).toEqual([
      ['1', '2'],
      ['7', '8'],
    ])
    expect(audit.filter(({ rule }) => rule.startsWith('rejected'))).toEqual([
      { row: 2, line: 3, column: '', before: '3\n', after: '', rule: 'rejected: 1 fields, header has 2' },
      { row: 3, line: 4, column: '', before: '4,5,6\n', after: '', rule: 'rejected: 3 fields, header has 2' },
    ])
    expect(told).toContain('4 rows: 2 written, 2 rejected, 0 dropped')
  })

  test('--dry-run tells what would be, with five examples, and writes no rows', async () => {
    const here = room()
    try {
      const cells = Array.from({ length: 30 }, (_, i) => `${i}, a${i % 9} `)
      here.write('in.csv', `id,note\n${cells.join('\n')}\n`)
      const { stdout } = await here.run('clean', 'in.csv', '--dry-run', '-f', 'csv')
      const [headers, first] = csvRecords(Buffer.from(stdout.text))
      expect(headers).toEqual(['rule', 'column', 'cells', 'examples'])
      expect(first?.slice(0, 3)).toEqual(['trim', 'note', '30'])
      expect(first?.[3]?.split('; ')).toEqual([0, 1, 2, 3, 4].map((i) => `' a${i} ' -> 'a${i}'`))
      expect(readdirSync(here.folder)).toEqual(['in.csv'])
      await expect(here.run('clean', 'in.csv', '--dry-run', '--audit', 'a.csv')).rejects.toThrow(
        /--audit: with --dry-run/,
      )
    } finally {
      here.close()
    }
  })

  test('is the same, and so are the rows, whichever way they are written', async () => {
    const here = room()
    try {
      here.write('in.csv', readFileSync(fixture('contacts.csv')))
      await here.run('clean', 'in.csv', '-o', 'a.csv', '--audit', 'a.audit.csv')
      await here.run('clean', 'in.csv', '-o', 'b.csv', '--sort', 'Customer ID', '--audit', 'b.audit.csv')
      const byKey = (rows: string[][]) => rows.slice(1).sort((x, y) => (x.join() < y.join() ? -1 : 1))
      expect(byKey(csvRecords(here.read('b.csv')))).toEqual(byKey(csvRecords(here.read('a.csv'))))
      const changes = (name: string) => auditRows(here.read(name)).filter(({ column }) => column !== '')
      expect(changes('b.audit.csv')).toEqual(changes('a.audit.csv'))
    } finally {
      here.close()
    }
  })
})
