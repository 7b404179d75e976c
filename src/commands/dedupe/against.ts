/** Rows of one file linked to those of another, the master: pairs inside of either are not looked at. */
import type { Answer, Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { absent } from '../../core/report.ts'
import type { Quoting } from '../../core/sql.ts'
import { askedSheets } from './asked.ts'
import { chooseFields } from './choose.ts'
import { bitsOfProbability } from './clusters.ts'
import type { Column } from './columns.ts'
import { described } from './described.ts'
import type { Field } from './fields.ts'
import { refuseNames, refuseNonsense } from './health.ts'
import type spec from './index.ts'
import { apartIn, orByKeys } from './keyed.ts'
import { columnsIn, type Known, knownAs, namedColumns, withJoined } from './known.ts'
import { levelsSheet } from './levelTables.ts'
import { type Linked, linksOfRows } from './linked.ts'
import {
  linkEvaluation,
  linkExplanation,
  linkedRows,
  linkPairs,
  linkSummary,
  noteLinks,
} from './linkTables.ts'
import { helped, match } from './match.ts'
import type { DedupeOptions } from './options.ts'
import { type PairedColumn, pairedColumns, roleOfPair } from './paired.ts'
import { byWhatTells } from './personal.ts'
import { type MatchRole, roleOf, withSurname } from './roles.ts'
import { columnsSheet } from './tables.ts'
import { probabilityIn } from './threshold.ts'

export async function linked(input: Input, options: DedupeOptions): Promise<Answer<(typeof spec)['gives']>> {
  checkAlone(options)
  const path = options.against as string
  const table = await input.rows()
  const own = await columnsIn(table)
  const master = await columnsIn(await input.open(path), path)
  const paired = pairedColumns(own, master)
  const known = await knownPairs(paired, options, { own, master })
  const all = chooseFields(known.flatMap(({ fields }) => fields))
  const threshold = bitsOfProbability(probabilityIn(options.threshold))
  const rows = { own: rowsIn(own), master: rowsIn(master) }
  const sources = new Uint8Array(rows.own + rows.master).fill(1, rows.own)
  const keys = paired.flatMap(({ column }) => (options.key.includes(column.header) ? [column] : []))
  const compare = async (fields: readonly Field[]) => {
    refuseNames(
      fields,
      options.role.map(({ column }) => column),
    )
    const found = await helped(input, (also) =>
      match(sources.length, fields, { perRecord: options.budget, threshold, sources, ...also }),
    )
    refuseNonsense(found)
    return found
  }
  const { matched, chosen } = await orByKeys(() => byWhatTells(all, compare), {
    ...{ input, keys },
    keyed: () => ({ matched: apartIn(sources), chosen: all }),
  })
  const ids = { own: idIn(own, options), master: idIn(master, options) }
  const columns = paired.map(({ column }) => column)
  const links = linksOfRows({
    matched,
    rows,
    keys,
    own: { columns: own, id: ids.own },
    master: { columns: master, id: ids.master },
    oneToOne: options.oneToOne,
  })
  const found: Linked = { own, columns, known, chosen, matched, threshold, rows, ids, links }
  noteLinks(input, found, { own, master, paired })
  return { ...answerOf(found, { options, input, quoting: table.dialect }), show: shownOf(options) }
}

const rowsIn = ([first]: readonly Column[]): number => first?.rows ?? 0

function shownOf({ explain, evaluate }: DedupeOptions): ('explanation' | 'evaluation')[] {
  return [
    ...(explain.length > 0 ? ['explanation' as const] : []),
    ...(evaluate.length > 0 ? ['evaluation' as const] : []),
  ]
}

interface Answering {
  readonly options: DedupeOptions
  readonly input: Input
  readonly quoting: Quoting
}

function answerOf(found: Linked, { options, input, quoting }: Answering): Answer<(typeof spec)['gives']> {
  const none = absent('with --against rows are linked to those of another file, and none are grouped')
  return {
    sheets: {
      ...{ clusters: none, golden: none, conflicts: none, households: none, orders: none, changes: none },
      ...{ labels: none, compared: none },
      rows: () => linkedRows(found),
      summary: () => linkSummary(found),
      columns: () => columnsSheet(found),
      levels: () => levelsSheet(found, quoting),
      pairs: () => linkPairs(found),
      ...askedSheets(input, options, {
        pairs: 'a row of each file',
        explain: (ids) => linkExplanation(found, ids),
        evaluate: (truth) => linkEvaluation(found, truth),
      }),
    },
    saves: { pairs: () => described('pairs', linkPairs(found)) },
  }
}

/** Groups are what these are about. */
function checkAlone(options: DedupeOptions): void {
  const given = {
    '--golden': options.golden,
    '--provenance': options.provenance || undefined,
    '--conflicts': options.conflicts,
    '--keep': options.keep,
    '--household': options.household,
    '--orders': options.orders[0],
    '--merged-orders': options.mergedOrders,
    '--save-model': options.saveModel,
    '--use-model': options.useModel,
    '--review': options.review,
    '--labels': options.labels,
    '--sql': options.sql,
  }
  for (const [flag, value] of Object.entries(given)) {
    if (value === undefined) continue
    throw new CustError(
      'usage',
      `--against and ${flag} cannot go together`,
      'link the rows first, or put the files together',
    )
  }
}

interface Both {
  readonly own: readonly Column[]
  readonly master: readonly Column[]
}

async function knownPairs(
  paired: readonly PairedColumn[],
  options: DedupeOptions,
  { own, master }: Both,
): Promise<Known[]> {
  const headers = (columns: readonly Column[]): string => columns.map(({ header }) => header).join(', ')
  if (paired.length === 0) {
    throw new CustError(
      'input',
      `--against: no column of ${options.against} is one of this file`,
      `it has: ${headers(master)}; this file has: ${headers(own)}`,
    )
  }
  const all = [...own, ...master].map(({ header }) => header)
  for (const [flag, wanted] of namedColumns(options)) {
    const strange = wanted.find((header) => !all.includes(header))
    if (strange === undefined) continue
    throw new CustError('usage', `--${flag}: there is no column ${strange}`, `there are: ${all.join(', ')}`)
  }
  const isPaired = (wanted: string) => paired.some(({ column: { header } }) => header === wanted)
  const named = { key: options.key, evaluate: options.evaluate }
  for (const [flag, columns] of Object.entries(named)) {
    const missing = columns.find((column) => !isPaired(column))
    if (missing === undefined) continue
    throw new CustError(
      'usage',
      `--${flag}: ${options.against} has no column ${missing}`,
      `it has: ${headers(master)}`,
    )
  }
  const columns = paired.map(({ column }) => column)
  const roles = withSurname(columns, paired.map(roleOfPair))
  const known = columns.map((column, i) => knownAs(column, { options, role: roles[i] as MatchRole }))
  return withJoined(await Promise.all(known))
}

function idIn(columns: readonly Column[], { role }: DedupeOptions): Column | undefined {
  const named = columns.find(({ header }) =>
    role.some((each) => each.column === header && each.role === 'row id'),
  )
  return named ?? columns.find((column) => roleOf(column) === 'row id')
}
