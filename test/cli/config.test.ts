import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { CustError } from '../../src/core/errors.ts'
import { cust, folder } from './worlds.ts'

function place(files: Readonly<Record<string, unknown>>): { cwd: string; home: string } {
  const cwd = folder()
  for (const [name, content] of Object.entries(files)) {
    const path = join(cwd, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return { cwd, home: join(cwd, 'home') }
}

const user = 'home/.config/cust/config.json'
const project = 'cust.config.json'

test('flags > environment > project > user > defaults', async () => {
  const at = place({ [user]: { bins: 2, lang: 'zh' }, [project]: { bins: 3 } })
  const env = { CUST_BINS: '4' }
  const bins = async (words: string[], changes: object) =>
    (await cust(['rfm', 'a.csv', ...words], changes)).asked.options['bins']
  expect(await bins(['--bins', '6'], { ...at, env })).toBe(6)
  expect(await bins([], { ...at, env })).toBe(4)
  expect(await bins([], at)).toBe(3)
  expect(await bins([], { ...at, cwd: folder() })).toBe(2)
  expect(await bins([], { cwd: folder() })).toBe(5)
  expect((await cust(['rfm', 'a.csv'], at)).asked.writing.lang).toBe('zh')
})

test('XDG_CONFIG_HOME moves the user file', async () => {
  const at = place({ 'xdg/cust/config.json': { bins: 7 }, [user]: { bins: 2 } })
  const { asked } = await cust(['rfm', 'a.csv'], { ...at, env: { XDG_CONFIG_HOME: join(at.cwd, 'xdg') } })
  expect(asked.options['bins']).toBe(7)
})

test("a command's own section beats the shared keys of the same file, and is for it alone", async () => {
  const at = place({
    [project]: { format: 'csv', rfm: { format: 'json', bins: 4 }, basket: { format: 'tsv' } },
  })
  expect((await cust(['rfm', 'a.csv'], at)).asked).toMatchObject({
    writing: { format: 'json' },
    options: { bins: 4 },
  })
  expect((await cust(['basket', 'a.csv'], at)).asked.writing.format).toBe('tsv')
})

test('a key of another command is no error', async () => {
  const at = place({ [project]: { support: 0.1 } })
  expect((await cust(['rfm', 'a.csv'], at)).asked.options).not.toHaveProperty('support')
})

test('texts, numbers, lists and switches', async () => {
  const at = place({
    [project]: {
      'r-cuts': [1, 2.5],
      keep: ['a,x', 'b'],
      'exclude-status': '关闭,已取消',
      strict: true,
      progress: false,
      customer: '会员号',
      threads: 2,
    },
  })
  const { asked } = await cust(['rfm', 'a.csv', '--no-strict'], at)
  expect(asked.options).toMatchObject({ rCuts: [1, 2.5], keep: ['a', 'x', 'b'] })
  expect(asked.reading.excludeStatus).toEqual(['关闭', '已取消'])
  expect(asked.running).toMatchObject({ strict: false, progress: false, threads: 2 })
  expect(asked.columns).toEqual({ customer: '会员号' })
})

test('--config replaces both files; --no-config leaves only flags', async () => {
  const at = place({ [project]: { bins: 3, lang: 'zh' }, 'other.json': { bins: 8 } })
  const env = { CUST_THREADS: '3' }
  const other = (await cust(['rfm', 'a.csv', '--config', 'other.json'], { ...at, env })).asked
  expect([other.options['bins'], other.writing.lang, other.running.threads]).toEqual([8, 'en', 3])
  const named = (await cust(['rfm', 'a.csv'], { ...at, env: { CUST_CONFIG: 'other.json' } })).asked
  expect(named.options['bins']).toBe(8)
  const none = (await cust(['rfm', 'a.csv', '--no-config'], { ...at, env })).asked
  expect([none.options['bins'], none.running.threads]).toEqual([5, undefined])
})

test('switches in the environment are yes or no; unknown and empty variables are left alone', async () => {
  const env = { CUST_STRICT: 'yes', CUST_PROGRESS: 'no', CUST_BINS: '', CUST_DEBUG: '1', CUST_WHATEVER: 'x' }
  const { asked } = await cust(['rfm', 'a.csv'], { env })
  expect(asked.running).toMatchObject({ strict: true, progress: false })
  expect(asked.options['bins']).toBe(5)
})

test.each([
  ['{ "format": "csv", }', /^cust\.config\.json:1:20: this is not JSON/],
  ['{\n  "format"', /^cust\.config\.json:2:\d+: this is not JSON/],
  ['', /^cust\.config\.json:1:1: this is not JSON/],
  ['[]', /^cust\.config\.json is not an object/],
  ['{"formt": "csv"}', /^cust\.config\.json: "formt" is not a flag \| did you mean "format"\?/],
  ['{"--format": "csv"}', /"--format" is not a flag \| did you mean "format"\?/],
  ['{"rfm": {"bin": 4}}', /"rfm\.bin" is not a flag \| did you mean "bins"\?/],
  ['{"rfm": {"support": 4}}', /"rfm\.support" is not a flag/],
  ['{"rfm": 4}', /"rfm" is not an object/],
  ['{"rmf": {}}', /"rmf" is not a flag \| did you mean "rfm"\?/],
  ['{"strict": "yes"}', /"strict" must be true or false/],
  ['{"bins": true}', /"bins" must be a text or a number/],
  ['{"bins": {"a": 1}}', /"bins" must be a text or a number/],
  ['{"keep": [true]}', /"keep" must be a text or a list/],
  ['{"bins": 0}', /^cust\.config\.json: "bins": "0" is not a whole number from 1 to 10/],
])('%s is refused with its place', async (content, expected) => {
  const error = await cust(['rfm', 'a.csv'], place({ [project]: content })).catch((thrown: unknown) => thrown)
  if (!(error instanceof CustError)) throw error
  expect(error.kind).toBe('usage')
  expect(`${error.message} | ${error.hint}`).toMatch(expected)
})

test('a bad variable is named; a named file must exist', async () => {
  await expect(cust(['rfm', 'a.csv'], { env: { CUST_BINS: 'x' } })).rejects.toThrow('CUST_BINS: "x" is not')
  await expect(cust(['rfm', 'a.csv', '--config', 'no.json'])).rejects.toThrow('no such file')
})
