/** The rows that are one customer: read, match, group, merge, tell. */
import type { Answer, Free, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { absent } from '../../core/report.ts'
import { linked } from './against.ts'
import { chooseFields } from './choose.ts'
import { bitsOfProbability, rowClusters } from './clusters.ts'
import { conflictsSheet, type Deduped, goldenSheet, markedRows } from './customers.ts'
import { described } from './described.ts'
import { goldenRows } from './golden.ts'
import { refuseNames, refuseNonsense } from './health.ts'
import { householdsSheet } from './households.ts'
import type spec from './index.ts'
import { keepRules } from './keep.ts'
import { keptText, readKept } from './kept.ts'
import { checkFree, columnsIn, knownColumns } from './known.ts'
import { fieldsAs, learntFrom } from './learnt.ts'
import { beforeOf, lineageOf, rowKeys } from './lineage.ts'
import { match } from './match.ts'
import type { DedupeOptions } from './options.ts'
import { mergedOrders } from './orders.ts'
import { idsOf } from './pairOfIds.ts'
import { pairsSheet } from './pairs.ts'
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

export const run: Run<typeof spec> = async (input, options) => {
  if (options.against !== undefined) return linked(input, options)
  if (options.oneToOne) throw new CustError('usage', '--one-to-one needs --against', 'name the master file')
  const kept = options.useModel && readKept(options.useModel)
  if (kept) checkFree(options)
  const columns = await columnsIn(await input.rows())
  const known = await knownColumns(columns, options, kept?.learnt)
  const fields = known.flatMap((each) => each.fields)
  const chosen = kept
    ? fieldsAs(
        kept.learnt,
        fields,
        columns.map(({ header }) => header),
      )
    : chooseFields(fields)
  refuseNames(new Set(chosen.fields.map(({ role }) => role)))
  const rows = columns[0]?.rows ?? 0
  const threshold = bitsOfProbability(options.threshold.p)
  const keys = known.filter(({ column }) => options.key.includes(column.header)).map(({ column }) => column)
  const learnt = kept?.learnt
  const matched = match(rows, chosen.fields, { perRecord: options.budget, threshold, keys, learnt })
  refuseNonsense(matched)
  const id = known.find(({ role }) => role === 'row id')?.column
  const own = rowClusters(matched, { id, maxCluster: options.maxCluster, threshold })
  const rowNames = kept || options.saveModel ? rowKeys(rows, id, matched.records) : []
  const lineage = kept ? lineageOf(own, rowNames, kept.before) : undefined
  const clusters = lineage ? { ...own, ids: lineage.ids } : own
  const survivors = survivorColumns(columns, clusters.clusters, clusters.count)
  const rules = options.keep === undefined ? new Map() : keepRules(options.keep, survivors)
  const golden = goldenRows({
    columns: survivors,
    clusters: clusters.clusters,
    count: clusters.count,
    rules,
    id: id === undefined ? undefined : columns.indexOf(id),
  })
  const found: Deduped = {
    ...{ columns, known, chosen, id, matched, clusters, golden, survivors, threshold, lineage },
  }
  noteFindings(input, found)
  const orders = await mergedOrders(input, options.orders, found)
  return {
    sheets: sheetsOf(options, found, orders),
    saves: {
      ...savesOf(found, options, orders),
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
      ...(options.explain.length > 0 ? ['explanation' as const] : []),
      ...(options.evaluate.length > 0 ? ['evaluation' as const] : []),
    ],
  }
}

type Sheets = Answer<(typeof spec)['gives']>['sheets']

function sheetsOf(options: DedupeOptions, found: Deduped, orders: Free | undefined): Sheets {
  const [truth] = options.evaluate
  return {
    rows: () => markedRows(found),
    summary: () => summarySheet(found),
    clusters: () => clustersSheet(found),
    golden: () => goldenSheet(found, options.provenance),
    conflicts: () => conflictsSheet(found),
    columns: () => columnsSheet(found),
    pairs: () => pairsSheet(found),
    households: () => householdsSheet(found),
    orders: orders ?? absent('name the file with --orders'),
    changes: found.lineage ? changesSheet(found.lineage) : absent('name an earlier run with --use-model'),
    explanation:
      options.explain.length > 0
        ? explanationSheet(found, idsOf(options.explain))
        : absent('name two rows with --explain ID1,ID2'),
    evaluation:
      truth === undefined
        ? absent('name the column of the truth with --evaluate')
        : evaluationSheet(found, truth),
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
