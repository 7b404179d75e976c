/** What every command promises in its description, and that runs keep it. */
import { describe, expect, test } from 'vitest'
import { flagsOf } from '../../src/cli/flags.ts'
import { commands } from '../../src/cli/registry.ts'
import rfmSpec from '../../src/commands/rfm/index.ts'
import type { AnyAnswer, Spec } from '../../src/core/command.ts'
import { roleNames } from '../../src/core/roles.ts'
import { linesOfCsv } from '../support/lines.ts'
import { fixture } from '../support/program.ts'
import { rfm } from '../support/rfm.ts'

const CHINESE = /\p{Script=Han}/u
const KEY = /^[a-z][a-z0-9_]*$/

/** Titles that are the same letters in both languages. */
const LETTERS = /^[A-Z]{1,4}$/

function expectTitle({ en, zh }: { readonly en: string; readonly zh: string }, place: string): void {
  expect(en, `${place}: English title`).toMatch(/^[\x20-\x7e]+$/)
  if (LETTERS.test(en)) expect(zh, `${place}: Chinese title`).toBe(en)
  else expect(zh, `${place}: Chinese title`).toMatch(CHINESE)
}

describe.each(Object.entries(commands))('%s', (name, { spec, run }) => {
  const sheets = Object.entries(spec.gives)

  test('has a summary of one line without a full stop, and paragraphs that end with one', () => {
    expect(spec.summary).toMatch(/^[A-Z].{10,99}[^.]$/)
    for (const paragraph of spec.about ?? []) expect(paragraph).toMatch(/^\S.*\S[.]$/s)
  })

  test('names roles that exist, each once', () => {
    const named = [...spec.needs, ...(spec.uses ?? [])]
    expect(named.filter((role) => !roleNames.includes(role))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
  })

  test('has help for every flag, and no two flags of one name', () => {
    const flags = flagsOf(spec)
    for (const { long, option } of flags) {
      expect(long).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      expect(option.help, long).toMatch(/^\S.{5,}[^.\s]$/)
      expect(option.placeholder ?? '<switch>', long).toMatch(/^<.+>$/)
    }
    const names = flags.map(({ long }) => long)
    expect(new Set(names).size).toBe(names.length)
  })

  test('has choices that its own parsers take', () => {
    for (const [key, { choices = [], parse }] of Object.entries(spec.options)) {
      for (const word of choices.filter((word) => !word.endsWith(':')))
        expect(() => parse(word), `${key} ${word}`).not.toThrow()
    }
  })

  test('has sheets with keys for programs and titles for people in both languages', () => {
    expect(sheets.length).toBeGreaterThan(0)
    expect(Object.keys(spec.titles)).toEqual(sheets.map(([sheet]) => sheet))
    for (const [sheet, columns] of sheets) {
      expect(sheet).toMatch(KEY)
      expect(['all', 'none']).not.toContain(sheet)
      expectTitle(spec.titles[sheet] ?? { en: '', zh: '' }, sheet)
      // Only rows of the input have the columns of the input.
      if (!['clean', 'convert', 'dedupe'].includes(name))
        expect(Object.keys(columns).length).toBeGreaterThan(0)
      for (const [key, { title }] of Object.entries(columns)) {
        expect(key).toMatch(KEY)
        expectTitle(title, `${sheet}.${key}`)
      }
    }
  })

  test('writes a column in both languages or in none', () => {
    for (const [sheet, columns] of sheets) {
      for (const [key, { language }] of Object.entries(columns)) {
        if (language === 'en') expect(columns[`${key}_zh`]?.language, `${sheet}.${key}`).toBe('zh')
        if (language === 'zh')
          expect(columns[key.replace(/_zh$/, '')]?.language, `${sheet}.${key}`).toBe('en')
      }
    }
  })

  test('leads with sheets, and lays grids over columns, that it gives', () => {
    for (const sheet of spec.lead) expect(Object.keys(spec.gives)).toContain(sheet)
    for (const [sheet, grid] of Object.entries(spec.grids ?? {})) {
      const known = Object.keys(spec.gives[sheet] ?? {})
      expect(known).toEqual(expect.arrayContaining([grid?.down, grid?.across, grid?.value]))
    }
  })

  test('has examples of itself, each with what it shows', () => {
    expect(spec.examples.length).toBeGreaterThan(1)
    const known = new Set(flagsOf(spec).map(({ long }) => `--${long}`))
    for (const { line, shows } of spec.examples) {
      expect(line).toMatch(new RegExp(`^cust ${name} [\\w-]+\\.\\w+`))
      expect(shows).toMatch(/^\S.*[^.]$/)
      for (const [flag] of line.matchAll(/--[\w-]+/g)) expect([...known]).toContain(flag)
    }
  })

  test('can be run', async () => {
    expect(await run()).toHaveProperty('run')
  })
})

// What runs give -----------------------------------------------------------------------------------------

/** Every sheet has the columns described, in whole, and all of one length. */
function expectAsDescribed({ sheets, show = [] }: AnyAnswer, spec: Spec): void {
  expect(Object.keys(sheets).sort()).toEqual(Object.keys(spec.gives).sort())
  for (const sheet of show) expect(Object.keys(spec.gives)).toContain(sheet)
  for (const [name, described] of Object.entries(spec.gives)) {
    const columns = sheets[name] as Readonly<Record<string, unknown>>
    if (typeof columns['absent'] === 'string') continue
    const given = Object.keys(columns).filter((key) => columns[key] !== undefined)
    const needed = Object.keys(described).filter((key) => !described[key]?.optional)
    expect(given, name).toEqual(expect.arrayContaining(needed))
    expect(Object.keys(described), name).toEqual(expect.arrayContaining(given))
    const lengths = given.map((key) => lengthOf(columns[key]))
    expect(new Set(lengths).size, `${name}: ${given} ${lengths}`).toBe(1)
    expect(lengths[0]).toBeGreaterThan(0)
  }
}

function lengthOf(values: unknown): number {
  const held = values as { length?: number; codes?: ArrayLike<unknown>; units?: ArrayLike<unknown> }
  return (held.codes ?? held.units ?? (held as ArrayLike<unknown>)).length
}

describe('rfm gives what it describes', () => {
  const header = { customer: 'Customer ID', order: 'Order ID', day: 'Order Date', amount: 'Amount' }
  const lines = linesOfCsv(fixture('orders-small.csv'), header)
  const { scheme, method } = rfmSpec.options

  test.each((scheme.choices ?? []).filter((name) => name !== 'file'))('--scheme %s', async (name) => {
    const { answer } = await rfm(lines, { scheme: scheme.parse(name) as never })
    expectAsDescribed(answer, rfmSpec)
  })

  test.each(method.choices?.filter((name) => name !== 'fixed') ?? [])('--method %s', async (name) => {
    expectAsDescribed((await rfm(lines, { method: name as never })).answer, rfmSpec)
  })

  test('--compare-as-of, with every optional column of who moved', async () => {
    const { answer } = await rfm(lines, { compareAsOf: 19_800, saveCuts: 'cuts.json' })
    expectAsDescribed(answer, rfmSpec)
    expect(answer.sheets.customers).toHaveProperty('segment_prev')
    expect(answer.sheets.transitions).not.toHaveProperty('absent')
    expect(Object.keys(answer.saves ?? {})).toEqual(['saveCuts'])
  })
})
