import type { Answer, Input, Run } from '../../core/command.ts'
import type { Look } from '../../core/look.ts'
import { wholeText } from '../../core/numerals.ts'
import type { MostBad, OptionValues } from '../../core/options.ts'
import type { Records } from '../../core/records.ts'
import { absent } from '../../core/report.ts'
import { sql } from '../../core/sql.ts'
import { accountChecks } from './accountChecks.ts'
import type { Check, Finding } from './check.ts'
import { checkIgnored } from './checkNames.ts'
import { contactChecks } from './contactChecks.ts'
import { crossChecks } from './crossChecks.ts'
import { type Field, fieldsOf } from './fields.ts'
import { columnFindings, fileFindings } from './fileChecks.ts'
import { findingsOf } from './findings.ts'
import { firstLineChecks } from './firstLines.ts'
import type spec from './index.ts'
import { duplicateRows, type Keyed, keyChecks, keyOf, keysIn } from './keyChecks.ts'
import { constantColumns, countAll, countBad, type Measures, measure } from './measure.ts'
import { beforeOf, changesSince, jsonOf } from './previous.ts'
import { referenceChecks } from './references.ts'
import { rejectedRows, validRows } from './rejected.ts'
import { ruleChecks, ruleFindings } from './rules/checks.ts'
import { type Rules, rulesOf } from './rules/file.ts'
import { rulesText } from './rules/infer.ts'
import { rulesSchema } from './rules/keys.ts'
import { scoresOf } from './scores.ts'
import { changesSheet, examplesSheet, findingsSheet, scoresSheet, sorted } from './sheets.ts'
import { styleFindings } from './styles.ts'
import { sumChecks } from './sumChecks.ts'
import { textChecks } from './textChecks.ts'
import { dayChecks, outlierChecks, signChecks, unreadable } from './valueChecks.ts'
import { lengthChecks, mixedKinds, spellingChecks, unreadDays } from './wordChecks.ts'

type Options = OptionValues<(typeof spec)['options']>

export const run: Run<typeof spec> = async (input, options) => {
  const rules = asked(options)
  checkIgnored(rules)
  const before = options.previous && beforeOf(options.previous)
  const look = await input.look(false)
  const { records, fields } = await fieldsOf(await input.records(), look, rules.columns)
  const made = await checksOf({ input, look, records, fields, rules })
  const isWanted = ({ rule, column }: { rule: string; column: string | undefined }) =>
    !rules.ignore.includes(rule) && !rules.ignore.includes(`${column?.trim()}.${rule}`)
  const wanted = made.checks.filter(({ rule, columns }) => isWanted({ rule, column: columns[0] }))
  const measures = await measure(records, fields, wanted)
  const findings = await findingsOf(records, measures)
  const whole = [
    ...fileFindings(records, measures.rows),
    ...(rules.inferred ? styleFindings(look, fields) : []),
    ...ruleFindings({ records, fields, today: input.today }, rules, measures.rows),
    ...(rules.inferred ? columnFindings(fields, measures, await constantColumns(records, fields)) : []),
  ].filter(isWanted)
  const found = sorted([...whole, ...findings.filter((one) => !isSaidBy(whole, one))], fields)
  const scores = await scoresOf({ records, fields, measures, keys: made.keys, key: made.key })
  const bad = await badRows(records, measures)
  const verdict = verdictOf({ ...bad, whole, limit: rules.maxBad })
  const now = { rows: measures.rows + bad.broken, bad: bad.all, scores, findings: found }
  const changes = before && changesSince(before, now)
  input.note(told(now, wanted.length))
  return {
    sheets: {
      findings: findingsSheet(found),
      scores: scoresSheet(scores),
      examples: examplesSheet(found),
      changes: changes ? changesSheet(changes) : absent('ask with --previous <answer.json>'),
    },
    show: changes ? ['changes'] : [],
    json: jsonOf(now, look.files.map(({ path }) => path).join(', ')),
    saves: await saved({ options, records, fields, made, measures, today: input.today }),
    ...(verdict === undefined ? {} : { found: verdict }),
  } satisfies Answer<(typeof spec)['gives']>
}

const readings: Readonly<Record<string, string>> = { date: 'mixed_dates', number: 'mixed_decimals' }

/** That most cells cannot be read is no news where it is said that they contradict each other. */
const isSaidBy = (whole: readonly Finding[], { rule, severity, column }: Finding): boolean =>
  severity === 'note' && whole.some((one) => one.rule === readings[rule] && one.column === column)

/** The file of rules and the flags together. */
function asked({
  rules,
  rule,
  ref,
  ignore,
  onlyRules,
  maxBad,
}: Options): Rules & { readonly references: Options['ref'] } {
  const file = rulesOf(rules)
  const references = file.columns.flatMap(({ column, 'found-in': found }) => {
    if (found === undefined) return []
    const [path = '', key = column] = found.split('#')
    return [{ column, file: path, key }]
  })
  return {
    ...file,
    rules: [
      ...file.rules,
      ...rule.map((check) => ({ check, name: check.source, severity: 'error' as const })),
    ],
    maxBad: maxBad ?? file.maxBad,
    ignore: [...file.ignore, ...ignore.flatMap((each) => each.split(',').map((word) => word.trim()))],
    inferred: file.inferred && !onlyRules,
    references: [...references, ...ref],
  }
}

interface Checking {
  readonly input: Input
  readonly look: Look
  readonly records: Records
  readonly fields: readonly Field[]
  readonly rules: ReturnType<typeof asked>
}

export interface Made {
  readonly checks: readonly Check[]
  readonly keys: readonly Keyed[]
  readonly key: Keyed | undefined
}

async function checksOf(checking: Checking): Promise<Made> {
  const { input, look, records, fields, rules } = checking
  const own = [
    ...ruleChecks({ records, fields, today: input.today }, rules),
    ...(await referenceChecks(
      checking,
      rules.references.filter(({ column }) => column === undefined || isThere(column, checking)),
    )),
  ]
  const judged = rules.inferred ? fields : fields.filter(({ ruled }) => ruled?.kind !== undefined)
  const ofCells = [...unreadable(judged), ...(await contactChecks(records, judged))].map(asRuled(fields))
  if (!rules.inferred) return { checks: [...ofCells, ...own], keys: [], key: undefined }
  const counting = {
    share: async ({ filled }: Field, condition: ReturnType<typeof sql>) => {
      const { counts } = await countAll(records, [sql`(${filled} and ${condition})`, filled])
      return (counts[0] ?? 0) / Math.max(1, counts[1] ?? 0)
    },
    holds: async (tested: ReturnType<typeof sql>, kept: ReturnType<typeof sql>) => {
      const { counts } = await countAll(records, [tested, sql`(${tested} and ${kept})`])
      return { tested: counts[0] ?? 0, kept: counts[1] ?? 0 }
    },
  }
  const keys = await keysIn(records, fields)
  const key = keyOf(keys, fields)
  const { rows } = await countAll(records, [])
  const checks = [
    ...ofCells,
    ...(await dayChecks(fields, { today: input.today, ...counting })),
    ...(await signChecks(fields, counting)),
    ...(await accountChecks(records, fields)),
    ...textChecks(fields, look),
    ...(await firstLineChecks(records, fields, look)),
    ...mixedKinds(fields, look),
    ...unreadDays(fields),
    ...(await spellingChecks(records, fields)),
    ...(await lengthChecks(records, fields)),
    ...(await outlierChecks(records, fields, counting)),
    ...(await keyChecks(records, fields, { keys, key })),
    ...duplicateRows(records, key, rows),
    ...(await crossChecks({ records, ...counting }, fields)),
    ...(await sumChecks({ records, ...counting }, fields)),
    ...own,
  ]
  return { checks, keys, key }
}

/** A reference of a column that the rules only allow may be missing with it. */
const isThere = (column: string, { fields, rules }: Checking): boolean =>
  fields.some(({ header }) => header.trim().toLowerCase() === column.trim().toLowerCase()) ||
  !rules.columns.some((said) => said.column === column)

/** What the rules say of a column is no guess, and as severe as they say. */
const asRuled =
  (fields: readonly Field[]) =>
  (check: Check): Check => {
    const ruled = fields.find(({ header }) => header === check.columns[0])?.ruled
    if (ruled?.kind === undefined) return check
    const { believed: _, ...sure } = check
    return { ...sure, severity: check.severity === 'error' ? (ruled.severity ?? 'error') : check.severity }
  }

// The verdict ----------------------------------------------------------------------------------------

async function badRows(records: Records, measures: Measures) {
  const bad = await countBad(records, measures)
  const broken = records.files.reduce((sum, { rejects }) => sum + rejects.length, 0)
  return { all: bad + broken, broken, rows: measures.rows + broken }
}

interface Verdict {
  readonly all: number
  readonly rows: number
  readonly whole: readonly Finding[]
  readonly limit: MostBad | undefined
}

/** Errors of records count as bad rows, and not again as errors of the file. */
const OF_RECORDS = ['ragged', 'stray_quote', 'text_after_quote', 'damaged', 'unusable']

function verdictOf({ all, rows, whole, limit = { rows: 0 } }: Verdict): string | undefined {
  const most = 'rows' in limit ? limit.rows : limit.share * rows
  const errors = whole.filter(({ severity, rule }) => severity === 'error' && !OF_RECORDS.includes(rule))
  const [first] = errors
  if (all > most) {
    const allowed =
      most === 0
        ? ''
        : `, more than the ${'rows' in limit ? wholeText(limit.rows) : `${limit.share * 100} %`} allowed`
    return `${wholeText(all)} of ${wholeText(rows)} rows ${all === 1 ? 'is' : 'are'} bad (${((100 * all) / rows).toFixed(2)} %)${allowed}`
  }
  return first && `${first.rule}${first.column ? ` (${first.column})` : ''}: ${first.en}`
}

function told(
  { rows, bad, findings }: { rows: number; bad: number; findings: readonly Finding[] },
  checks: number,
): string {
  const of = (severity: Finding['severity'], word: string) => {
    const number = findings.filter((finding) => finding.severity === severity).length
    return number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]
  }
  const kinds = [...of('error', 'error'), ...of('warning', 'warning'), ...of('note', 'note')]
  const what = kinds.length === 0 ? 'nothing wrong found' : `${wholeText(bad)} bad; ${kinds.join(', ')}`
  const counted = (number: number, thing: string) => `${wholeText(number)} ${thing}${number === 1 ? '' : 's'}`
  return `${counted(rows, 'row')}, ${counted(checks, 'check')}: ${what}`
}

// Files ----------------------------------------------------------------------------------------------

interface Saving {
  readonly options: Options
  readonly records: Records
  readonly fields: readonly Field[]
  readonly made: Made
  readonly measures: Measures
  readonly today: number
}

async function saved({
  options,
  records,
  fields,
  made,
  measures,
  today,
}: Saving): Promise<NonNullable<Answer['saves']>> {
  const { rejects, valid, init, schema } = options
  return {
    ...(rejects === undefined ? {} : { rejects: { table: rejectedRows(records, measures) } }),
    ...(valid === undefined ? {} : { valid: { table: validRows(records, measures) } }),
    ...(init === undefined
      ? {}
      : { init: await rulesText({ records, fields, made, measures, today, schema }) }),
    ...(schema === undefined ? {} : { schema: `${JSON.stringify(rulesSchema(), null, 2)}\n` }),
  }
}
