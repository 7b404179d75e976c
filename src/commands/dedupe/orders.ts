/** Orders follow their customers: ids become those of the clusters. */
import type { Free, Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Column as Written } from '../../core/report.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { Fetched, Shape } from '../../core/table.ts'
import type { Deduped } from './customers.ts'

export async function mergedOrders(
  input: Input,
  files: readonly string[],
  { id, clusters }: Deduped,
): Promise<Free | undefined> {
  const [path, ...more] = files
  if (path === undefined) return undefined
  if (more.length > 0) throw new CustError('usage', '--orders names one file', 'put the files together first')
  if (!id) {
    throw new CustError(
      'input',
      '--orders: no column of the customers names its rows',
      'name it with --role <column>="row id"',
    )
  }
  const table = await input.open(path)
  const shape: Shape = Object.fromEntries(table.columns.map((_, i) => [`c${i}`, 'coded' as const]))
  const query = sql`select ${join(table.columns.map(name))} from ${table.from} as orders`
  const fetched = (await table.fetch(query, shape, 'as read')) as Fetched<Record<string, 'coded'>>
  const columns = table.columns.map((_, i) => fetched[`c${i}`] as Fetched<Record<string, 'coded'>>[string])
  const becomes = new Map<string, string>()
  id.codes.forEach((code, row) => {
    if (code >= 0)
      becomes.set(id.words[code] as string, clusters.ids[clusters.clusters[row] as number] as string)
  })
  const known = columns.map(({ words }) => words.reduce((sum, word) => sum + (becomes.has(word) ? 1 : 0), 0))
  const best = known.indexOf(Math.max(...known))
  if ((known[best] ?? 0) === 0) {
    throw new CustError('input', `--orders: no column of ${path} holds ids of ${id.header}`)
  }
  const unknown = columns[best]?.words.filter((word) => word !== '' && !becomes.has(word)).length ?? 0
  const told = `orders: ${table.columns[best]} becomes the customer's cluster_id`
  input.note(unknown === 0 ? told : `${told}; ${unknown} ids are of no customer and stay as they are`)
  return {
    free: columns.map(({ codes, words }, i): Written => {
      const header = table.columns[i] as string
      const own = i === best ? words.map((word) => becomes.get(word) ?? word) : words
      return {
        key: header,
        unit: 'text',
        title: { en: header, zh: header },
        values: Array.from(codes, (code) => (code < 0 ? null : (own[code] as string))),
      }
    }),
  }
}
