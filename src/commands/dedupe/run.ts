/** The rows that are one customer: read, match, group, merge, tell. */
import type { Answer, Free, Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { absent } from '../../core/report.ts'
import { linked } from './against.ts'
import { answersTogether } from './answers.ts'
import { askedSheets } from './asked.ts'
import { chooseFields } from './choose.ts'
import { bitsOfProbability, rowClusters } from './clusters.ts'
import type { Column } from './columns.ts'
import { conflictsSheet, type Deduped, goldenSheet, markedRows } from './customers.ts'
import { described } from './described.ts'
import type { Field } from './fields.ts'
import { goldenRows } from './golden.ts'
import { refuseNames, refuseNonsense } from './health.ts'
import { householdsSheet } from './households.ts'
import type spec from './index.ts'
import { judge, labelsSheet, noteJudgement, noteThreshold, thresholdFor } from './judgement.ts'
import { keepRules } from './keep.ts'
import { keptText, readKept } from './kept.ts'
import { byKeys, orByKeys } from './keyed.ts'
import { checkFree, checkNamed, columnsIn, knownColumns } from './known.ts'
import { answersOf, type Labels, readLabels } from './labels.ts'
import { fieldsAs, learntFrom } from './learnt.ts'
import { comparedSheet, levelsSheet, levelsText } from './levelTables.ts'
import { beforeOf, lineageOf, rowKeys } from './lineage.ts'
import { helped, match } from './match.ts'
import type { DedupeOptions } from './options.ts'
import { mergedOrders } from './orders.ts'
import { pairsSheet } from './pairs.ts'
import { byWhatTells } from './personal.ts'
import { NEAR, reviewSheet } from './review.ts'
import { rowNaming } from './rowNaming.ts'
import { survivorColumns } from './sound.ts'
import {
  changesSheet,
  clustersSheet,
  columnsSheet,
  evaluationSheet,
  explanationSheet,
  noteFindings,
  summarySheet,
} from './tables.ts'
import { probabilityIn } from './threshold.ts'

export const run: Run<typeof spec> = async (input, options) => {
  refuseSameFile(options)
  if (options.against !== undefined) return linked(input, options)
  if (options.mergedOrders !== undefined && options.orders.length === 0) {
    throw new CustError('usage', '--merged-orders needs --orders', 'name the file of orders')
  }
  if (options.oneToOne) throw new CustError('usage', '--one-to-one needs --against', 'name the master file')
  const kept = options.useModel && readKept(options.useModel)
  if (kept) checkFree(options)
  const table = await input.rows()
  checkNamed(table.columns, options, kept?.learnt)
  const columns = await columnsIn(table)
  const known = await knownColumns(columns, options, kept?.learnt)
  const fields = known.flatMap((each) => each.fields)
  const all = kept
    ? fieldsAs(
        kept.learnt,
        fields,
        columns.map(({ header }) => header),
      )
    : chooseFields(fields)
  const rows = columns[0]?.rows ?? 0
  const id = known.find(({ role }) => role === 'row id')?.column
  const names = rowNaming(columns, id)
  const labels = options.labels === undefined ? undefined : await readLabels(input, options.labels, names)
  const answers = labels && answersOf(labels)
  const keys = known.filter(({ column }) => options.key.includes(column.header)).map(({ column }) => column)
  const learnt = kept?.learnt
  const compare = async (fields: readonly Field[]) => {
    refuseNames(fields, kept ? fields.map(({ header }) => header) : options.role.map(({ column }) => column))
    const found = await helped(input, (also) =>
      match(rows, fields, {
        ...{ perRecord: options.budget, keys, learnt, answers },
        threshold: wantedThreshold(options, labels),
        near: options.review === undefined ? undefined : NEAR,
        ...also,
      }),
    )
    refuseNonsense(found)
    return found
  }
  const { matched, chosen } = await orByKeys(() => byWhatTells(all, compare), {
    ...{ input, keys },
    keyed: () => ({ matched: byKeys(all.fields, keys), chosen: all }),
  })
  const { threshold } = matched
  const together = answers && answersTogether(answers)
  const own = rowClusters(matched, { id, maxCluster: options.maxCluster, threshold, together })
  const rowNames = kept || options.saveModel ? rowKeys(rows, id, matched.records) : []
  const lineage = kept ? lineageOf(own, rowNames, kept.before) : undefined
  const clusters = lineage ? { ...own, ids: lineage.ids } : own
  await input.pause()
  const survivors = survivorColumns(columns, clusters.clusters, clusters.count)
  const rules = options.keep === undefined ? new Map() : keepRules(options.keep, survivors)
  const golden = goldenRows({
    columns: survivors,
    clusters: clusters.clusters,
    count: clusters.count,
    rules,
    id: id === undefined ? undefined : columns.indexOf(id),
  })
  await input.pause()
  const found: Deduped = {
    ...{ columns, known, chosen, id, matched, clusters, golden, survivors, threshold, lineage },
  }
  noteFindings(input, found)
  const judgement = labels && judge(matched, labels)
  if (labels && judgement) noteJudgement(input, labels, judgement)
  if ('precision' in options.threshold) noteThreshold(input, options.threshold.precision, threshold)
  if (options.sql) warnRepeated(input, id)
  const orders = await mergedOrders(input, options.orders, found)
  const asked = askedSheets(input, options, {
    pairs: 'two rows',
    explain: (ids) => explanationSheet(found, ids),
    evaluate: (truth) => evaluationSheet(found, truth),
  })
  return {
    sheets: {
      ...sheetsOf(options, found, orders),
      levels: () => levelsSheet(found, table.dialect),
      ...asked,
      labels: judgement ? labelsSheet(judgement) : absent('name a filled review with --labels'),
    },
    saves: {
      ...savesOf(found, options, orders),
      review: () => reviewSheet(found, { pairs: options.reviewPairs, names, labels: labels?.labels ?? [] }),
      ...(options.sql ? { sql: levelsText(found, table.dialect) } : {}),
      ...(options.saveModel
        ? {
            saveModel: keptText({
              learnt: learnt ?? learntFrom(found),
              before: beforeOf(clusters, rowNames),
            }),
          }
        : {}),
    },
    show: [
      ...(judgement ? ['labels' as const] : []),
      ...(options.explain.length > 0 ? ['explanation' as const] : []),
      ...(options.evaluate.length > 0 ? ['evaluation' as const] : []),
    ],
  }
}

type Sheets = Answer<(typeof spec)['gives']>['sheets']

/** Bits that links have more than, or how the labels tell them. */
function wantedThreshold({ threshold }: DedupeOptions, labels: Labels | undefined) {
  if ('precision' in threshold && labels) return thresholdFor(threshold.precision, labels)
  return bitsOfProbability(probabilityIn(threshold))
}

/** Pairs are named by their ids. */
function warnRepeated(input: Pick<Input, 'warn'>, id: Column | undefined): void {
  if (id === undefined || id.distinct === id.filled) return
  const times = `${id.filled} rows have ${id.distinct} different ids`
  input.warn(`--sql: ${times} (${id.header}): a pair of ids stands for all rows that have them`)
}

function refuseSameFile({ review, labels }: DedupeOptions): void {
  if (review === undefined || review !== labels) return
  throw new CustError(
    'usage',
    `cannot write ${review}: --labels reads it`,
    'the new file has the answers of the old one',
  )
}

function sheetsOf(
  { provenance }: DedupeOptions,
  found: Deduped,
  orders: Free | undefined,
): Omit<Sheets, keyof ReturnType<typeof askedSheets> | 'labels' | 'levels'> {
  return {
    rows: () => markedRows(found),
    summary: () => summarySheet(found),
    clusters: () => clustersSheet(found),
    golden: () => goldenSheet(found, provenance),
    conflicts: () => conflictsSheet(found),
    columns: () => columnsSheet(found),
    compared: () => comparedSheet(found),
    pairs: () => pairsSheet(found),
    households: () => householdsSheet(found),
    orders: orders ?? absent('name the file with --orders'),
    changes: found.lineage ? changesSheet(found.lineage) : absent('name an earlier run with --use-model'),
  }
}

/** Sheets that have a file of their own, as their options name them. */
function savesOf(found: Deduped, options: DedupeOptions, orders: Free | undefined) {
  return {
    golden: () => goldenSheet(found, options.provenance),
    conflicts: () => described('conflicts', conflictsSheet(found)),
    pairs: () => described('pairs', pairsSheet(found)),
    household: () => described('households', householdsSheet(found)),
    ...(orders ? { mergedOrders: orders } : {}),
  }
}
