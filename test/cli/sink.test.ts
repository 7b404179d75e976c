import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { asFarAsAllowed, openSink, reserve } from '../../src/cli/sink.ts'
import { CustError } from '../../src/core/errors.ts'
import { worldOf } from './worlds.ts'

const read = (path: string): string => readFileSync(path, 'utf8')

const leftovers = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('cust-tmp'))

function errorOf(work: () => unknown): CustError {
  try {
    work()
  } catch (error) {
    if (error instanceof CustError) return error
    throw error
  }
  throw new Error('no error')
}

test('without a path, and with -, the answer goes to stdout', async () => {
  for (const path of [undefined, '-', '/dev/stdout']) {
    const world = worldOf()
    const sink = openSink(path, world)
    await sink.write('a,b\n')
    await sink.write(new TextEncoder().encode('客\n'))
    await sink.commit()
    expect(world.stdout.text).toBe('a,b\n客\n')
  }
})

test('a file appears at commit, whole', async () => {
  const world = worldOf()
  const path = join(world.cwd, 'out.csv')
  const sink = openSink('out.csv', world)
  await sink.write('客户,1\n')
  await sink.write('x'.repeat(600_000))
  expect(existsSync(path)).toBe(false)
  expect(leftovers(world.cwd)).toEqual(['.out.csv.cust-tmp0'])
  await sink.commit()
  expect(read(path)).toBe(`客户,1\n${'x'.repeat(600_000)}`)
  await sink.abort()
  expect(readdirSync(world.cwd)).toEqual(['out.csv'])
})

test('an abort leaves the old file and nothing else', async () => {
  const world = worldOf()
  writeFileSync(join(world.cwd, 'out.csv'), 'old')
  const sink = openSink('out.csv', world)
  await sink.write('new')
  await sink.abort()
  expect(read(join(world.cwd, 'out.csv'))).toBe('old')
  expect(leftovers(world.cwd)).toEqual([])
})

test('Ctrl-C removes the unfinished file at once, and a late commit is refused', async () => {
  const world = worldOf()
  const sink = openSink('out.csv', world)
  const kept = reserve('out.parquet', world)
  writeFileSync(kept.path, 'half')
  await sink.write('new')
  world.stopping.abort(new CustError('interrupted', 'interrupted'))
  expect(readdirSync(world.cwd)).toEqual([])
  await expect(sink.commit()).rejects.toMatchObject({ kind: 'interrupted' })
  await sink.abort()
  expect(readdirSync(world.cwd)).toEqual([])
})

test('the mode of the old file is kept', async () => {
  const world = worldOf()
  const path = join(world.cwd, 'out.csv')
  writeFileSync(path, 'old')
  chmodSync(path, 0o640)
  const sink = openSink(path, world)
  await sink.write('new')
  await sink.commit()
  expect([read(path), statSync(path).mode & 0o777]).toEqual(['new', 0o640])
})

test('an owner that cannot be given is no error, and anything else is one', () => {
  const failing = (code: string) => () => {
    throw Object.assign(new Error(code), { code })
  }
  for (const code of ['EPERM', 'EINVAL', 'ENOTSUP']) expect(() => asFarAsAllowed(failing(code))).not.toThrow()
  for (const code of ['EIO', 'ENOENT', 'ENOSPC']) expect(() => asFarAsAllowed(failing(code))).toThrow(code)
})

test('a new file has the mode that the umask says', async () => {
  const world = worldOf()
  await openSink('out.csv', world).commit()
  writeFileSync(join(world.cwd, 'plain'), '')
  const [mode, plain] = ['out.csv', 'plain'].map((name) => statSync(join(world.cwd, name)).mode)
  expect(mode).toBe(plain)
})

test.each([true, false])(
  'a symbolic link stays and its target is written (target exists: %s)',
  async (exists) => {
    const world = worldOf()
    const folder = join(world.cwd, 'data')
    mkdirSync(folder)
    if (exists) writeFileSync(join(folder, 'real.csv'), 'old')
    symlinkSync('real.csv', join(folder, 'middle.csv'))
    symlinkSync('data/middle.csv', join(world.cwd, 'link.csv'))
    const sink = openSink('link.csv', world)
    await sink.write('new')
    await sink.commit()
    expect(readlinkSync(join(world.cwd, 'link.csv'))).toBe('data/middle.csv')
    expect(lstatSync(join(folder, 'middle.csv')).isSymbolicLink()).toBe(true)
    expect(read(join(folder, 'real.csv'))).toBe('new')
    expect(leftovers(folder)).toEqual([])
  },
)

test('two runs to one file do not meet', async () => {
  const world = worldOf()
  const [first, second] = [openSink('out.csv', world), openSink('out.csv', world)]
  await first.write('first')
  await second.write('second')
  await second.commit()
  await first.commit()
  expect(read(join(world.cwd, 'out.csv'))).toBe('first')
  expect(leftovers(world.cwd)).toEqual([])
})

test('long names in any script', async () => {
  const world = worldOf()
  const name = `${'客'.repeat(80)}.csv`
  await openSink(name, world).commit()
  expect(readdirSync(world.cwd)).toEqual([name])
})

test('what cannot be written is told before the work', () => {
  const world = worldOf()
  writeFileSync(join(world.cwd, 'file'), '')
  symlinkSync('loop', join(world.cwd, 'loop'))
  const messages = ['out/x.csv', 'file/x.csv', '.', 'new/', 'loop', `${'x'.repeat(300)}.csv`].map((path) => {
    const { kind, message, hint } = errorOf(() => openSink(path, world))
    expect([kind, hint !== '']).toEqual(['usage', true])
    expect(errorOf(() => reserve(path, world)).message).toBe(message)
    return message
  })
  expect(messages.slice(0, 5)).toEqual([
    'cannot write out/x.csv: the folder out does not exist',
    'cannot write file/x.csv: file is not a folder',
    'cannot write .: it is a folder',
    'cannot write new/: it is a folder',
    'cannot write loop: its symbolic links go round in circles',
  ])
  expect(messages[5]).toMatch(/the name is too long$/)
})

test('devices are written directly', async () => {
  const world = worldOf()
  const sink = openSink('/dev/null', world)
  await sink.write('x')
  await sink.commit()
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  const full = openSink('/dev/full', world)
  const error = await full.write('x').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind: 'bug' })
  expect(String(error)).toContain('cannot write /dev/full: no space left on the device')
  await full.abort()
})

test('a named pipe waits for its reader, takes more than it can hold, and Ctrl-C ends the wait', async () => {
  const world = worldOf()
  const pipe = join(world.cwd, 'pipe')
  execFileSync('mkfifo', [pipe])
  const sink = openSink('pipe', world)
  const writing = sink.write('x'.repeat(1_000_000)).then(() => sink.commit())
  const count = spawn('wc', ['-c', pipe])
  const [seen] = await Promise.all([once(count.stdout, 'data'), writing])
  expect(String(seen)).toMatch(/^1000000 /)
  const waiting = openSink('pipe', world).write('never')
  world.stopping.abort(new CustError('interrupted', 'interrupted'))
  await expect(waiting).rejects.toMatchObject({ kind: 'interrupted' })
})

test('a reader that went away is "closed", a full disk behind stdout is not', async () => {
  const failing = (code: string) => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    })
    stdout.on('error', () => {})
    return openSink(undefined, worldOf([], { stdout })).write('x')
  }
  await expect(failing('EPIPE')).rejects.toMatchObject({ kind: 'closed' })
  await expect(failing('ENOSPC')).rejects.toMatchObject({ kind: 'bug' })
})

test('a write to stdout resolves when there is room', async () => {
  let release = () => {}
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      release = done
    },
  })
  const order: string[] = []
  const writing = openSink(undefined, worldOf([], { stdout }))
    .write('x')
    .then(() => order.push('written'))
  await new Promise(setImmediate)
  order.push('released')
  release()
  await writing
  expect(order).toEqual(['released', 'written'])
})

test('an engine gets a path that does not exist yet, and the file is moved into place', async () => {
  const world = worldOf()
  const path = join(world.cwd, 'out.parquet')
  writeFileSync(path, 'old')
  chmodSync(path, 0o600)
  const lost = reserve('out.parquet', world)
  writeFileSync(lost.path, 'half')
  await lost.abort()
  expect(read(path)).toBe('old')
  const kept = reserve('out.parquet', world)
  expect(existsSync(kept.path)).toBe(false)
  writeFileSync(kept.path, 'new')
  await kept.commit()
  expect([read(path), statSync(path).mode & 0o777]).toEqual(['new', 0o600])
  expect(readdirSync(world.cwd)).toEqual(['out.parquet'])
})

test('a reserved file can end in stdout', async () => {
  const world = worldOf()
  const kept = reserve(undefined, world)
  writeFileSync(kept.path, 'PAR1')
  await kept.commit()
  expect([world.stdout.text, existsSync(kept.path)]).toEqual(['PAR1', false])
})
