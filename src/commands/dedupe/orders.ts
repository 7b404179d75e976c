/** Orders follow their customers: ids become those of the clusters. */

import type { Free, Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Column as Written } from '../../core/report.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { Fetched, Shape } from '../../core/table.ts'
import { wordsOf } from '../../fields/contactWords.ts'
import { counted, isOrAre } from './counted.ts'
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
  const best = columnOfCustomers(
    table.columns.map((header, i) => {
      const { codes, words } = columns[i] as (typeof columns)[number]
      return { header, known: knownShare(codes, words, becomes) }
    }),
    id.header,
  )
  if (best === undefined) {
    throw new CustError('input', `--orders: no column of ${path} holds ids of ${id.header}`)
  }
  const unknown = columns[best]?.words.filter((word) => word !== '' && !becomes.has(word)).length ?? 0
  const told = `orders: ${table.columns[best]} becomes the customer's cluster_id`
  input.note(
    unknown === 0
      ? told
      : `${told}; ${counted(unknown, 'id')} ${isOrAre(unknown)} of no customer and ${unknown === 1 ? 'stays as it is' : 'stay as they are'}`,
  )
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

/** Of the cells that are filled, how many hold an id of a customer. */
function knownShare(codes: Int32Array, words: readonly string[], ids: ReadonlyMap<string, string>): number {
  const isId = Uint8Array.from(words, (word) => (ids.has(word) ? 1 : 0))
  let [filled, known] = [0, 0]
  for (const code of codes) {
    if (code < 0 || words[code] === '') continue
    filled++
    known += isId[code] as number
  }
  return filled === 0 ? 0 : known / filled
}

const CUSTOMER =
  /\b(?:customer|client|member|user|buyer|contact|account|kunde|kunden|cliente)|客户|会员|用户|买家|顾客/
const OTHER =
  /\b(?:order|invoice|line|item|product|sku|transaction|receipt|row|quantity)|订单|单号|商品|行号|数量/

/**
 * Numbers of orders may look like those of customers: the header decides before the values do. First the one that the
 * customers have, then one that speaks of customers, then any but one that speaks of orders; of equals the one with
 * the larger share of known ids. Undefined where no column has any.
 */
function columnOfCustomers(
  columns: readonly { readonly header: string; readonly known: number }[],
  idHeader: string,
): number | undefined {
  const rank = (header: string): number => {
    const words = wordsOf(header)
    const isCustomer = CUSTOMER.test(words)
    if (words === wordsOf(idHeader) && (isCustomer || !OTHER.test(words))) return isCustomer ? 3 : 1
    return isCustomer ? 2 : OTHER.test(words) ? 0 : 1
  }
  const places = [...columns.keys()].filter((i) => (columns[i]?.known ?? 0) > 0)
  const worth = (i: number) => columns[i] as (typeof columns)[number]
  places.sort((a, b) => rank(worth(b).header) - rank(worth(a).header) || worth(b).known - worth(a).known)
  return places[0]
}
