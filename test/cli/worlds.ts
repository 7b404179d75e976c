/** Worlds in memory and a small command, for the tests of the command line. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import type { Asked, Commands } from '../../src/cli/asked.ts'
import { program } from '../../src/cli/program.ts'
import type { World } from '../../src/cli/world.ts'
import { define } from '../../src/core/command.ts'
import { choice, decimals, flag, integer, savedFile, textFile, words } from '../../src/core/options.ts'
import { count, text } from '../../src/core/report.ts'

export const spec = define({
  summary: 'Score every customer',
  about: ['R is recency.'],
  needs: ['customer', 'date', 'amount'],
  uses: ['status'],
  options: {
    bins: integer('scores per axis', 5, { min: 1, max: 10 }),
    scheme: choice('segment map', 'classic11', ['classic11', 'cn8']),
    rCuts: decimals('own cuts', undefined),
    keep: words('customers to keep'),
    heatmap: flag('show the heat map'),
    map: textFile('a map of segments'),
    saveCuts: savedFile('write the cuts'),
  },
  gives: {
    customers: { customer_id: text('Customer', '客户'), orders: count('Orders', '次数') },
    segments: { segment: text('Segment', '分层') },
  },
  titles: { customers: { en: 'Customers', zh: '客户' }, segments: { en: 'Segments', zh: '分层' } },
  lead: ['segments'],
  examples: [{ line: 'cust rfm orders.csv', shows: 'one row per customer' }],
})

const basket = define({
  ...spec,
  summary: "What's bought together",
  needs: ['order', 'item'],
  uses: [],
  options: { support: decimals('least share', [0.01]) },
})

const run = async () => ({ sheets: {} })

export const commands: Commands = {
  rfm: { spec, run: async () => ({ run }) },
  basket: { spec: basket, run: async () => ({ run }) },
}

export function memory(): Writable & { text: string; isTTY?: boolean; columns?: number } {
  const stream = new Writable({
    write(chunk, _, done) {
      Object.assign(stream, { text: (stream as unknown as { text: string }).text + String(chunk) })
      done()
    },
  })
  return Object.assign(stream, { text: '' })
}

export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'cust-test-'))
}

export type FakeWorld = World & {
  readonly stdout: ReturnType<typeof memory>
  readonly stderr: ReturnType<typeof memory>
  readonly stopping: AbortController
}

export function worldOf(args: readonly string[] = [], changes: Partial<World> = {}): FakeWorld {
  const stopping = new AbortController()
  const cwd = changes.cwd ?? folder()
  return {
    args,
    env: {},
    cwd,
    stdin: Object.assign(new PassThrough(), { isTTY: true }),
    stdout: memory(),
    stderr: memory(),
    now: () => Date.now(),
    temp: tmpdir(),
    home: cwd,
    stop: stopping.signal,
    stopping,
    ...changes,
  } as FakeWorld
}

/** Run the program with these words; answers what perform was asked, and what was printed. */
export async function cust(
  args: readonly string[],
  changes: Partial<World> = {},
): Promise<{ asked: Asked; out: string }> {
  const world = worldOf(args, changes)
  const seen: Asked[] = []
  const perform = async (asked: Asked) => {
    seen.push(asked)
  }
  await program(world, { commands, version: () => '1.2.3', perform })
  return { asked: seen[0] as Asked, out: world.stdout.text }
}
