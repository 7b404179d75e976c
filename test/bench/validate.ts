/** All checks that nobody has to ask for, against DuckDB's own SUMMARIZE of the same file. */
import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chance } from '../fields/chance.ts'
import { summarizeQuery } from './bare.ts'
import { inTurn, type Measured, median } from './measured.ts'

const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))

/** Customers with e-mail, mobile, birthday and money, one in 250 with a mistake. */
export function writeCustomers(path: string, rows: number): void {
  const { whole, pick } = chance(5)
  const two = (value: number) => String(value).padStart(2, '0')
  const domains = ['qq.com', '163.com', 'gmail.com', 'example.com']
  const lines = ['customer_id,name,email,mobile,birthday,city,total_spent,created_at']
  for (let i = 0; i < rows; i++) {
    const email = i % 1000 === 7 ? `user${i}@@qq.com` : `user${i}@${pick(domains)}`
    const mobile = `1${i % 1000 === 9 ? '23' : pick(['38', '39', '58', '86'])}${whole(10_000_000, 99_999_999)}`
    const birthday =
      i % 1000 === 11 ? '2001-02-30' : `${whole(1950, 2004)}-${two(whole(1, 12))}-${two(whole(1, 28))}`
    const created = `2024-${two(whole(1, 12))}-${two(whole(1, 28))} 10:${two(i % 60)}:00`
    const spent = i % 1000 === 13 ? 'n/a' : (whole(100, 100_000) / 100).toFixed(2)
    const name = `${pick([...'王李张刘陈杨赵黄周吴'])}${pick([...'伟芳娜敏静丽强磊军洋'])}`
    lines.push(
      `C${String(i).padStart(7, '0')},${name},${email},${mobile},${birthday},${pick(['北京', '上海', '深圳'])},${spent},${created}`,
    )
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
}

export async function validateEndToEnd(
  folder: string,
  cust: string,
  say: (line: string) => void,
  scales: readonly { readonly rows: number; readonly rounds: number }[] = [{ rows: 1e6, rounds: 3 }],
): Promise<void> {
  say('validate end to end (CSV in, CSV out) against summarize of the same file, bare in DuckDB')
  for (const { rows, rounds } of scales) {
    const input = join(folder, `customers-${rows / 1e6}m.csv`)
    if (!existsSync(input)) writeCustomers(input, rows)
    const args = [cust, 'validate', input, '-q', '--max-bad', '100%', '-o', join(folder, 'validated.csv')]
    const bare = ['--input-type=module', '-e', summarizeQuery(input, availableParallelism())]
    const [ours, theirs] = await inTurn([args, bare], rounds)
    const [own, least] = [of(ours, 'wall'), of(theirs, 'wall')]
    say(`  ${rows / 1e6}M rows: ${own.toFixed(2)} s / ${least.toFixed(2)} s = ${(own / least).toFixed(2)}`)
    say(`    peak ${of(ours, 'peak').toFixed(0)} MB (aim <= 1200), bare ${of(theirs, 'peak').toFixed(0)} MB`)
  }
}
