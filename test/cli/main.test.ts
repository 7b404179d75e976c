import { EventEmitter } from 'node:events'
import { PassThrough, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import type { World } from '../../src/cli/world.ts'
import { CustError } from '../../src/core/errors.ts'
import type { ProcessLike } from '../../src/main.ts'
import { main } from '../../src/main.ts'
import { memory } from './worlds.ts'

function fakeProcess(args: readonly string[] = [], stdout: Writable = memory(), env = {}) {
  const fake = new EventEmitter()
  const exits: number[] = []
  return Object.assign(fake, {
    argv: ['node', 'cust', ...args],
    env,
    cwd: () => '/',
    stdin: new PassThrough(),
    stdout,
    stderr: memory(),
    exitCode: undefined as number | undefined,
    exits,
    exit: (code: number) => {
      exits.push(code)
      // A run that has ended exits for good after a while; by then nobody listens.
      if ((fake as { exitCode?: number }).exitCode === undefined) throw new Error('exit')
    },
  })
}

const run = (fake: ReturnType<typeof fakeProcess>, work?: (world: World) => Promise<void>) =>
  main(fake as unknown as ProcessLike, work)

test('a good run is 0 and says nothing on stderr', async () => {
  const fake = fakeProcess(['--version'])
  expect(await run(fake)).toBe(0)
  expect([fake.exitCode, fake.stderr.text]).toEqual([0, ''])
  expect((fake.stdout as ReturnType<typeof memory>).text).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('usage errors are 2, with message and hint on stderr and nothing on stdout', async () => {
  const fake = fakeProcess(['orders.csv'])
  expect(await run(fake)).toBe(2)
  expect(fake.stderr.text).toBe('cust: unknown command "orders.csv"\n  did you mean: cust rfm orders.csv\n')
  expect((fake.stdout as ReturnType<typeof memory>).text).toBe('')
})

test('a defect is 1; its stack is shown with CUST_DEBUG and -v only', async () => {
  const work = async () => {
    throw new TypeError('oops')
  }
  const plain = fakeProcess()
  expect(await run(plain, work)).toBe(1)
  expect(plain.stderr.text).not.toContain('    at ')
  const debug = fakeProcess([], memory(), { CUST_DEBUG: '1' })
  await run(debug, work)
  expect(debug.stderr.text).toContain('    at ')
})

const untilStopped = (world: World) =>
  new Promise<void>((_, fail) => world.stop.addEventListener('abort', () => fail(world.stop.reason)))

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('%s stops the work quietly with %i', async (signal, code) => {
  const fake = fakeProcess()
  const running = run(fake, untilStopped)
  fake.emit(signal)
  expect(await running).toBe(code)
  expect(fake.stderr.text).toBe('')
})

test('a second Ctrl-C exits at once', async () => {
  const fake = fakeProcess()
  void run(fake, () => new Promise(() => {}))
  fake.emit('SIGINT')
  expect(fake.exits).toEqual([])
  expect(() => fake.emit('SIGINT')).toThrow('exit')
  expect(fake.exits).toEqual([130])
})

test('a closed pipe is 141 and quiet, even when only the last bytes fail', async () => {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
  })
  const fake = fakeProcess(['--help'], stdout)
  expect(await run(fake)).toBe(141)
  expect(fake.stderr.text).toBe('')
})

test('an error after the stop is not reported as a defect, a real message is', async () => {
  const fake = fakeProcess()
  const aborted = run(fake, (world) =>
    untilStopped(world).catch(() => Promise.reject(new Error('AbortError'))),
  )
  fake.emit('SIGINT')
  expect([await aborted, fake.stderr.text]).toEqual([130, ''])
})

test('found is 4', async () => {
  const fake = fakeProcess()
  const work = () => Promise.reject(new CustError('found', '2 warnings'))
  expect([await run(fake, work), fake.stderr.text]).toEqual([4, 'cust: 2 warnings\n'])
})

test('a failed run tells whoever still holds an unfinished file', async () => {
  let told = false
  await run(fakeProcess(), (world) => {
    world.stop.addEventListener('abort', () => {
      told = true
    })
    return Promise.reject(new CustError('input', 'no rows'))
  })
  expect(told).toBe(true)
})

test('a full disk behind stdout is an error, also for help', async () => {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  })
  const fake = fakeProcess(['--help'], stdout)
  expect(await run(fake)).toBe(1)
  expect(fake.stderr.text).toContain('cannot write standard output: no space left on the device\n')
})
