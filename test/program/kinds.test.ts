/** Awkward files of every kind, as `cust inspect` reports them and `cust convert` writes them. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { outputInside, runInside } from '../support/inside.ts'
import { expectSameBytes, output, runCust, scratch } from '../support/program.ts'

interface Inspected {
  readonly encoding: string
  readonly delimiter: string | null
  readonly quote: string | null
  readonly header_line: number | null
  readonly rows: number
  readonly rejected: number
  readonly rejects: readonly { readonly line: number; readonly reason: string; readonly text: string }[]
  readonly columns: readonly { readonly name: string; readonly type: string; readonly role: string | null }[]
}

async function inspect(content: string | Buffer, flags: readonly string[] = []) {
  const cwd = scratch({ 'file.csv': content })
  const found = JSON.parse(
    String(await outputInside(['inspect', 'file.csv', '-f', 'json', ...flags], { cwd })),
  ) as Inspected
  const rows = JSON.parse(
    String(await outputInside(['convert', 'file.csv', '-f', 'json', ...flags], { cwd })),
  ) as Record<string, string | null>[]
  expect(rows.length, 'convert writes the rows that inspect counts').toBe(found.rows)
  return {
    ...found,
    names: found.columns.map(({ name }) => name),
    lines: found.rejects.map(({ line }) => line),
    cells: rows.map((row) => Object.values(row).map((cell) => cell ?? '')),
  }
}

const ABC = ['a', 'b', 'c']

test.each(['inspect', 'convert'])(
  'the built program answers as the one in this process: %s',
  async (command) => {
    const cwd = scratch({ 'file.csv': 'made on 2024-05-01\n\na;b;c\r1;"x\ny";3,5\r4;5\r6;7;8\rTotal;;12\r' })
    const words = [command, 'file.csv', '-f', 'json']
    expectSameBytes(await output(words, { cwd }), await outputInside(words, { cwd }))
  },
)

describe('where things stand', () => {
  test('titles and notes above the header', async () => {
    const found = await inspect('Sales report\nmade on 2024-05-01\n\nid,name,amount\n1,x,2.50\n2,y,3.50\n')
    expect(found).toMatchObject({ header_line: 4, rows: 2, rejected: 0, names: ['id', 'name', 'amount'] })
  })

  test('a title padded with delimiters', async () => {
    const found = await inspect('Report,,\n,,\nid,name,amount\n1,x,2.50\n')
    expect(found).toMatchObject({ header_line: 3, rows: 1, names: ['id', 'name', 'amount'] })
  })

  test('comments, a repeated header, blank lines, a total and a footer', async () => {
    const found = await inspect(
      '# exported by shop\na,b,c\n1,2,3\n\n# half way\na,b,c\n4,5,6\nTotal,,9\n2 record(s) downloaded\n',
    )
    expect(found).toMatchObject({ header_line: 2, rows: 2, rejected: 0, names: ABC })
    expect(found).toMatchObject({ comment_lines: 1, repeated_headers: 1, blank_lines: 1 })
    expect(found).toMatchObject({ footers: ['Total,,9', '2 record(s) downloaded'] })
  })

  test('a line drawn below the rows, and notes with commas under it', async () => {
    const found = await inspect(
      '交易号,对方,金额,收/支,备注,\n9001,甲店,2.50,支出,,\n9002,乙店,3.50,支出,,\n-----------------\n共2笔记录\n已收入:0笔,0.00元\n已支出:2笔,6.00元\n导出时间:[2023-09-05 22:25:04]    用户:某人\n',
    )
    const footers = expect.objectContaining({ length: 5 })
    expect(found).toMatchObject({ rows: 2, rejected: 0, footers })
  })

  test('a dash in the first cell of a row draws no line', async () => {
    const found = await inspect('no,name,amount\n-----,x,2.50\n2,y,3.50\n')
    expect(found).toMatchObject({ rows: 2, rejected: 0, footers: [] })
  })

  test('a total of a narrow table, in both writings', async () => {
    for (const word of ['合计', '總計：', '本页小计']) {
      const found = await inspect(`客户,数量,金额\n张三,1,2.50\n李四,2,3.50\n${word},3,6.00\n`)
      expect(found).toMatchObject({ rows: 2, rejected: 0, footers: [`${word},3,6.00`] })
    }
  })

  test('sep= says the delimiter', async () => {
    expect(await inspect('sep=;\na;b;c\n1;2,5;3\n')).toMatchObject({
      delimiter: ';',
      header_line: 2,
      rows: 1,
    })
  })

  test('no header at all', async () => {
    const found = await inspect('1,2024-01-02,9.50\n2,2024-01-03,7.25\n')
    expect(found).toMatchObject({ header_line: 0, rows: 2, names: ['column_1', 'column_2', 'column_3'] })
  })

  test('names that are empty or there twice', async () => {
    const found = await inspect('id,name,id,,id\n1,a,2,b,3\n')
    expect(found).toMatchObject({ names: ['id', 'name', 'id_2', 'column_4', 'id_3'], rows: 1 })
  })

  test('a table of years', async () => {
    expect(await inspect('country,2019,2020,2021\nFR,1,2,3\nDE,4,5,6\n')).toMatchObject({
      header_line: 1,
      rows: 2,
    })
  })
})

describe('rows that do not fit', () => {
  test('ragged rows are rejected with their lines', async () => {
    const found = await inspect('a,b,c\n1,2,3\n4,5\n6,7,8,9\n7,8,9\n')
    expect(found).toMatchObject({ rows: 2, rejected: 2, lines: [3, 4] })
    expect(found.rejects.map(({ text }) => text)).toEqual(['4,5', '6,7,8,9'])
  })

  test('one empty cell too many is no mistake', async () => {
    expect(await inspect('a,b,c\n1,2,3,\n4,5,6,\n')).toMatchObject({ rows: 2, rejected: 0, names: ABC })
  })

  test('a quote that is not closed takes one line', async () => {
    const found = await inspect('a,b,c\n1,"2,3\n4,5,6\n7,8,9\n')
    expect(found).toMatchObject({ rows: 2, rejected: 1, lines: [2] })
    expect(found.cells).toEqual([
      ['4', '5', '6'],
      ['7', '8', '9'],
    ])
  })

  test('a quote that swallowed records gives them back', async () => {
    const found = await inspect('a,b,c\n1,"2,3\n4,5,6\n7,"8",9\n10,11,12\n')
    expect(found).toMatchObject({ rejected: 1, lines: [2], rows: 3 })
  })

  test('lines are those of the file, behind quoted line ends of any kind', async () => {
    const found = await inspect('a,b,c\r\n1,"x\r\ny",3\r\n\r\n4,5\r\n6,7,8\r\n')
    expect(found).toMatchObject({ rows: 2, lines: [5] })
  })

  test('a NUL byte', async () => {
    expect(await inspect('a,b,c\n1,2\u0000,3\n4,5,6\n')).toMatchObject({ rows: 1, rejected: 1, lines: [2] })
  })

  test('bytes that the encoding does not have', async () => {
    const text = Buffer.from('客户,备注,金额\n王,好,1\n李,坏,2\n张,好,3\n')
    text[text.indexOf('坏')] = 0xff
    expect(await inspect(text)).toMatchObject({ encoding: 'utf-8', rows: 2, rejected: 1, lines: [3] })
  })
})

describe('how cells stand', () => {
  test.each([
    ['semicolons and decimal commas', 'a;b;c\n1;2,5;x\n2;3,75;y\n', ';'],
    ['tabs', 'a\tb\tc\n1\t2\t3\n', '\t'],
    ['pipes', 'a|b|c\n1|2|3\n', '|'],
    ['carets', 'a^b^c\n1^2^3\n4^5^6\n', '^'],
    ['colons', 'a:b:c\n1:2:3\n4:5:6\n', ':'],
    ['tildes', 'a~b~c\n1~2~3\n4~5~6\n', '~'],
  ])('%s', async (_, text, delimiter) => {
    expect(await inspect(text)).toMatchObject({ delimiter, names: ABC, rejected: 0 })
  })

  test('single quotes', async () => {
    const found = await inspect("a,b,c\n'1,5','x','it''s'\n'2','y, z','w'\n")
    expect(found.cells).toEqual([
      ['1,5', 'x', "it's"],
      ['2', 'y, z', 'w'],
    ])
  })

  test('backslash escapes', async () => {
    const found = await inspect('a,b,c\n1,"say \\"hi\\", you",3\n2,"x\\\\y",4\n')
    expect(found.cells).toEqual([
      ['1', 'say "hi", you', '3'],
      ['2', 'x\\y', '4'],
    ])
  })

  test('bare quotes where nothing is quoted', async () => {
    const found = await inspect('a\tb\tc\n1\tInch 5" pipe "L"\t3\n2\t"L" pipe\t4\n')
    expect(found.cells).toEqual([
      ['1', 'Inch 5" pipe "L"', '3'],
      ['2', '"L" pipe', '4'],
    ])
  })

  test('blanks before quotes', async () => {
    const found = await inspect('a, "b", c\n1, "x, y", 2\n3, "z", 4\n')
    expect(found.rejected).toBe(0)
    expect(found.cells[0]?.[1]).toBe('x, y')
  })

  test.each([
    ['CR', 'a,b,c\r1,2,3\r4,5,6\r'],
    ['CRLF', 'a,b,c\r\n1,2,3\r\n4,5,6\r\n'],
    ['CRLF and LF', 'a,b,c\r\n1,2,3\n4,5,6\r\n'],
    ['no line end at the end', 'a,b,c\n1,2,3\n4,5,6'],
  ])('line ends: %s', async (_, text) => {
    expect(await inspect(text)).toMatchObject({ rows: 2, rejected: 0, names: ABC })
  })

  test('one column', async () => {
    expect(await inspect('phone\n+318855443322\n+552244331122\n')).toMatchObject({
      rows: 2,
      names: ['phone'],
    })
    expect(await inspect('note\nhello, world\nplain\na; b\n')).toMatchObject({ rows: 3, names: ['note'] })
  })

  test('compressed', async () => {
    expect(await inspect(gzipSync('a,b,c\n1,2,3\n'))).toMatchObject({ rows: 1, names: ABC })
  })
})

describe('what a column holds', () => {
  const typesOf = async (text: string) =>
    Object.fromEntries((await inspect(text)).columns.map(({ name, type }) => [name, type]))

  test('kinds', async () => {
    const types = await typesOf(
      'code,count,price,share,when,moment,mail,phone,flag,note,nothing\n09001,1,"1,234.50",5%,2024-01-02,2024-01-02 10:00:00,a@b.co,+31885544332,yes,hello there,\n09002,2,"2,345.60",7%,2024-01-03,2024-01-03 11:00:00,c@d.co,+31885544333,no,you,\n',
    )
    expect(types).toMatchObject({
      code: 'id',
      count: 'integer',
      share: 'percent',
      when: 'date',
      moment: 'datetime',
      mail: 'email',
      phone: 'phone',
      flag: 'boolean',
      note: 'text',
      nothing: 'empty',
    })
    expect(['decimal', 'money']).toContain(types['price'])
  })
})

describe('what cannot be read at all', () => {
  const fails = async (content: string | Buffer, run = runInside) => {
    const cwd = scratch({ 'file.csv': content })
    const { code, stderr } = await run(['inspect', 'file.csv'], { cwd })
    return [code, stderr] as const
  }

  test.each([
    ['empty', '', /the file is empty/],
    ['only blank lines', '\n\n  \n', /only blank lines|no rows/],
    [
      'random bytes',
      Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256)),
      /binary|encoding/,
    ],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), /PNG/],
  ])('%s', async (_, content, message) => {
    const [code, stderr] = await fails(content)
    expect(code).toBe(3)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n {4}at /)
  })

  test('the built program says so, too', async () => {
    expect(await fails('', runCust)).toEqual(await fails(''))
  })
})
