import { describe, expect, it } from 'vitest'
import { CustError } from '../../src/core/errors.ts'
import { htmlRecords } from '../../src/sources/htmlRecords.ts'
import { chunksOf, inputError, random, split } from './records.ts'

describe('tables of HTML pages', () => {
  const records = (html: string, size = 5) => htmlRecords('f.xls', chunksOf(html, size))

  it('are read where they are largest', async () => {
    const html = `<html><head><style>td {mso-number-format:"\\@"}</style></head><body>
<table><tr><td>menu</td></tr></table>
<table border=1>
<tr><th colspan=2>订单 &amp; 退款</th></tr>
<tr><th>id<th>paid&nbsp;<th>note</tr>
<tr>
  <td x:str>00123</td><td rowspan="2"> 1,234.50
  </td><td>two<br>lines <b>bold</b></td></tr>
<tr><td>6917926768823643751</td><td>x</td></tr>
<tr><td></td></tr>
</table></body></html>`
    for (const size of [1, 1 << 16]) {
      expect(split(await records(html, size))).toEqual({
        rows: [
          ['订单 & 退款', ''],
          ['id', 'paid', 'note'],
          ['00123', '1,234.50', 'two\nlines bold'],
          ['6917926768823643751', '', 'x'],
        ],
        lines: [4, 5, 6, 9],
      })
    }
  })

  it('are asked for where there is none', async () => {
    const error = await inputError(records('<html><body>login</body></html>'))
    expect(error.message).toContain('without a table')
  })

  it('never end the reading, however broken', async () => {
    const next = random(3)
    const html = '<table><tr><td>a<td colspan=3>b</tr><tr><td><table><tr><td>c</table></table>'
    for (let end = 0; end < html.length; end++) {
      const at = Math.floor(next() * html.length)
      for (const text of [html.slice(0, end), html.slice(0, at) + html.slice(end)]) {
        const found = await records(text).catch((thrown: unknown) => thrown)
        if (!Array.isArray(found)) expect(found).toBeInstanceOf(CustError)
      }
    }
  })
})
