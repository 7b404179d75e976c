/** The sheets of the answer. */
import type { Columns } from '../../core/report.ts'
import type { Finding, Severity } from './check.ts'
import type { Field } from './fields.ts'
import type spec from './index.ts'
import { inChinese } from './meanings.ts'
import type { Change } from './previous.ts'
import type { Score } from './scores.ts'

type Gives = (typeof spec)['gives']

const severities: Readonly<Record<Severity, { readonly zh: string; readonly rank: number }>> = {
  error: { zh: '错误', rank: 0 },
  warning: { zh: '警告', rank: 1 },
  note: { zh: '提示', rank: 2 },
}

/** How a cell is written, and not what it says: `cust clean` mends it, and nobody has to look. */
const tidying = new Set(['blanks_around', 'wide_characters', 'placeholder'])

/**
 * The worst first, and last what is only a matter of tidiness, of which every column may have some; of the file before
 * those of its columns, which come in their order.
 */
export function sorted(findings: readonly Finding[], fields: readonly Field[]): Finding[] {
  const place = ({ column }: Finding) => fields.findIndex(({ header }) => header === column)
  return [...findings].sort(
    (a, b) =>
      severities[a.severity].rank - severities[b.severity].rank ||
      Number(tidying.has(a.rule)) - Number(tidying.has(b.rule)) ||
      place(a) - place(b) ||
      b.count - a.count,
  )
}

export function findingsSheet(findings: readonly Finding[]): Columns<Gives['findings']> {
  return {
    severity: findings.map(({ severity }) => severity),
    severity_zh: findings.map(({ severity }) => severities[severity].zh),
    rule: findings.map(({ rule }) => rule),
    column: findings.map(({ column }) => column ?? null),
    count: Float64Array.from(findings, ({ count }) => count),
    share: Float64Array.from(findings, ({ share }) => share),
    what: findings.map(({ en }) => en),
    what_zh: findings.map(({ zh }) => zh),
    lines: findings.map(({ lines }) => lines || null),
    example: findings.map(({ examples }) => examples[0]?.value ?? null),
    dimension: findings.map(({ dimension }) => dimension),
  }
}

export function scoresSheet(scores: readonly Score[]): Columns<Gives['scores']> {
  const shares = (of: (score: Score) => number | undefined) =>
    Float64Array.from(scores, (score) => of(score) ?? Number.NaN)
  return {
    column: scores.map(({ column }) => column ?? null),
    meaning: scores.map(({ meaning }) => meaning ?? null),
    meaning_zh: scores.map(({ meaning }) => (meaning === undefined ? null : inChinese(meaning))),
    filled: Float64Array.from(scores, ({ filled }) => filled),
    completeness: shares(({ completeness }) => completeness),
    validity: shares(({ validity }) => validity),
    uniqueness: shares(({ uniqueness }) => uniqueness),
    consistency: shares(({ consistency }) => consistency),
  }
}

export function examplesSheet(findings: readonly Finding[]): Columns<Gives['examples']> {
  const rows = findings.flatMap((finding) => finding.examples.map((example) => ({ finding, example })))
  return {
    rule: rows.map(({ finding }) => finding.rule),
    column: rows.map(({ finding }) => finding.column ?? null),
    file: rows.map(({ example }) => example.file),
    line: Float64Array.from(rows, ({ example }) => example.line ?? Number.NaN),
    value: rows.map(({ example }) => example.value),
  }
}

export function changesSheet(changes: readonly Change[]): Columns<Gives['changes']> {
  return {
    column: changes.map(({ column }) => column ?? null),
    measure: changes.map(({ measure }) => measure),
    before: Float64Array.from(changes, ({ before }) => before),
    now: Float64Array.from(changes, ({ now }) => now),
    difference: Float64Array.from(changes, ({ before, now }) => now - before),
  }
}
