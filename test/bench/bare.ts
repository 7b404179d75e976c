/** Summaries of customers run by DuckDB alone, in a process of its own, from CSV to CSV: no cust. */
import { execFileSync } from 'node:child_process'

const script = (statements: readonly string[], threads: number): string =>
  `import { DuckDBInstance } from '@duckdb/node-api'
  const instance = await DuckDBInstance.create(':memory:', { threads: '${threads}' })
  const connection = await instance.connect()
  ${statements.map((statement) => `await connection.run(${JSON.stringify(statement)})`).join('\n  ')}`

/** The very SQL that cust asks, as `--explain` prints it. */
export function sameQuery(cust: readonly string[], output: string, threads: number): string {
  const explained = execFileSync(process.execPath, [...cust, '--explain'], {
    encoding: 'utf8',
    stdio: 'pipe',
  })
  const statements = explained
    .replace(/^--.*$/gm, '')
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  const query = statements.pop() ?? ''
  return script([...statements, `copy (${query}) to '${output}' (header)`], threads)
}

/** `count(*)` over the file, every column named and read as text. */
export function countQuery(input: string, threads: number): string {
  return script([`select count(*) from ${linesOf(input)}`], threads)
}

const columns = 'order_id customer_id order_date product quantity unit_price amount country'.split(' ')

function linesOf(input: string): string {
  const typed = columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')
  return `read_csv('${input}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${typed}})`
}

/** The shortest query that one would write by hand, trusting every cell: no trimming, no checks, no refunds. */
export function shortestQuery(input: string, output: string, threads: number, hasOrder: boolean): string {
  const lines = linesOf(input)
  const day = 'try_cast(order_date as date)'
  const amount = 'try_cast(amount as decimal(18, 6))'
  const orders = `select customer_id, order_id, max(${day}) as day, sum(${amount}) as amount from ${lines} group by 1, 2`
  const summary = hasOrder
    ? `select customer_id, max(day) as last_day, count(*) as orders, sum(amount) as net from (${orders}) group by 1`
    : `select customer_id, max(${day}) as last_day, count(*) as orders, sum(${amount}) as net from ${lines} group by 1`
  return script([`copy (${summary} order by customer_id) to '${output}' (header)`], threads)
}

const basketLines = (input: string): string =>
  `read_csv('${input}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {'order_id': 'VARCHAR', 'product': 'VARCHAR'})`

/** Every different pair of basket and item, counted. */
export const pairsQuery = (input: string, threads: number): string =>
  script(
    [`select count(*) from (select order_id, product, count(*) from ${basketLines(input)} group by 1, 2)`],
    threads,
  )

/** A list of items for every basket, repeated ones kept. */
export const scanQuery = (input: string, threads: number): string =>
  script(
    [
      `select sum(len(items)) from (select order_id, list(product) as items from ${basketLines(input)} group by 1)`,
    ],
    threads,
  )

/** DuckDB's own account of every column, its types found out by itself. */
export const summarizeQuery = (input: string, threads: number): string =>
  script([`summarize select * from read_csv('${input}')`], threads)

/** The whole file read and written again, every cell a text. */
export const copyQuery = (input: string, output: string, threads: number): string =>
  script([`copy (select * from read_csv('${input}', all_varchar = true)) to '${output}' (header)`], threads)

/** The same by papaparse in Node, at its fastest: the whole file as one text. */
export const parseAndWrite = (input: string, output: string): string =>
  `import { readFileSync, writeFileSync } from 'node:fs'
  import Papa from 'papaparse'
  const { data } = Papa.parse(readFileSync(${JSON.stringify(input)}, 'utf8'))
  writeFileSync(${JSON.stringify(output)}, Papa.unparse(data))`

/** Every customer and the next one, compared by DuckDB's own functions: how often they agree how. */
export function compareQuery(input: string, threads: number): string {
  const levels = [
    ...['first', 'last', 'email', 'city'].map(
      (column) => `round(jaro_winkler_similarity(a.${column}, b.${column}), 1)`,
    ),
    ...['phone', 'dob', 'postcode'].map((column) => `least(levenshtein(a.${column}, b.${column}), 3)`),
    'round(levenshtein(a.address, b.address) / greatest(length(a.address), length(b.address)), 1)',
  ].map((level, i) => `${level} as l${i}`)
  const people = `select row_number() over () as place, * from read_csv('${input}', all_varchar = true)`
  const pairs = 'people a join people b on b.place = a.place + 1'
  return script(
    [
      `create table people as ${people}`,
      `select count(*), sum(pairs) from (select ${levels.join(', ')}, count(*) as pairs from ${pairs} group by all)`,
    ],
    threads,
  )
}
