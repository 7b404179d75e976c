/** The summary of customers, as one would write it by hand for DuckDB, in a process of its own: no cust. */

/** A script for `node --input-type=module -e`: read, group, write the result as CSV. */
export function bareSummary(input: string, output: string, threads: number, hasOrder: boolean): string {
  const columns = [
    'order_id',
    'customer_id',
    'order_date',
    'product',
    'quantity',
    'unit_price',
    'amount',
    'country',
  ]
  const typed = columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')
  const lines = `read_csv('${input}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${typed}})`
  const day = 'try_cast(order_date as date)'
  const amount = 'try_cast(amount as decimal(18, 6))'
  const orders = `select customer_id, order_id, max(${day}) as day, sum(${amount}) as amount from ${lines} group by 1, 2`
  const summary = hasOrder
    ? `select customer_id, max(day) as last_day, count(*) as orders, sum(amount) as net from (${orders}) group by 1`
    : `select customer_id, max(${day}) as last_day, count(*) as orders, sum(${amount}) as net from ${lines} group by 1`
  return `import { DuckDBInstance } from '@duckdb/node-api'
    const instance = await DuckDBInstance.create(':memory:', { threads: '${threads}' })
    const connection = await instance.connect()
    await connection.run(${JSON.stringify(`copy (${summary} order by customer_id) to '${output}' (header)`)})`
}
