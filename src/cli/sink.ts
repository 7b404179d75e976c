/**
 * Where an answer goes: stdout, or a file that appears whole or not at all. A file is written beside
 * its target and renamed at the end, so that a reader, or the next cron job, never sees half of it.
 */
import type { Stats } from 'node:fs'
import {
  accessSync,
  chmodSync,
  chownSync,
  close,
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fdatasync,
  fstatSync,
  fsync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  write,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { longer } from '../core/arrays.ts'
import { CustError } from '../core/errors.ts'
import type { World } from './world.ts'

/** Takes the answer piece by piece; in the end exactly one of commit and abort is called. */
export interface Sink {
  /** Resolves when there is room for more; the bytes of the chunk may then change. */
  write(chunk: string | Uint8Array): Promise<void>
  /** Of a file: brings all of it to the disk, so that only its name is missing. */
  ready?(): Promise<void>
  /** Makes the answer visible. */
  commit(): Promise<void>
  /** Leaves everything as it was before; harmless after commit. */
  abort(): Promise<void>
}

/** A path that does not exist yet, for engines that write files themselves; commit moves it into place. */
export interface Reservation {
  readonly path: string
  ready?(): Promise<void>
  commit(): Promise<void>
  abort(): Promise<void>
}

/**
 * Makes several answers visible, or none of them: files wait until each is whole, and then get their names in one
 * turn of the loop of events, in which no signal is heard.
 */
export async function commitTogether(answers: readonly (Sink | Reservation)[]): Promise<void> {
  const files = answers.filter(({ ready }) => ready !== undefined)
  for (const file of files) await file.ready?.()
  for (const answer of answers) if (!files.includes(answer)) await answer.commit()
  for (const file of files) await file.commit()
}

const FLUSH_BYTES = 256 * 1024
/** A copy of more would take more memory than it saves time. */
const MOST_COPIED = 8 * FLUSH_BYTES
/** More is brought to the disk before the end, at which somebody waits for it. */
const MOST_UNSYNCED = 32 * 1024 * 1024
const NAME_CHARACTERS = 50
const MOST_LINKS = 40
const LONGEST_WAIT_MS = 20
const UNCHANGED = '; nothing was changed'

const [writeTo, syncFile, syncData] = [promisify(write), promisify(fsync), promisify(fdatasync)]
const closeFile = promisify(close)

/** Opens at once, so that a target that cannot be written is told before the work. `-` is stdout. */
export function openSink(path: string | undefined, world: World): Sink {
  const goal = goalOf(path, world)
  if (goal.kind === 'stream') return streamSink(goal.stream, goal.name, world)
  return goal.kind === 'device' ? deviceSink(goal, world) : fileSink(goal, world)
}

/** As openSink, but only a path is handed out. */
export function reserve(path: string | undefined, world: World): Reservation {
  const goal = goalOf(path, world)
  return goal.kind === 'file' ? fileReservation(goal, world) : copyReservation(path, world)
}

/** The file that an output ends in, whatever links lead there; undefined for a stream or a device. */
export function fileOf(path: string | undefined, world: World): string | undefined {
  const end = endOf(path, world)
  return typeof end === 'string' ? end : undefined
}

/** Where an output ends: the file, or the stream; undefined for a device, which may take several. */
export function endOf(path: string | undefined, world: World): string | Writable | undefined {
  const goal = goalOf(path, world)
  if (goal.kind === 'stream') return goal.stream
  return goal.kind === 'file' ? goal.path : undefined
}

interface FileGoal {
  readonly kind: 'file'
  /** Symbolic links are followed: this is the file itself. */
  readonly path: string
  /** As the user wrote it. */
  readonly name: string
  readonly old: Stats | undefined
}

interface DeviceGoal {
  readonly kind: 'device'
  readonly path: string
  readonly name: string
  readonly isFifo: boolean
}

interface StreamGoal {
  readonly kind: 'stream'
  readonly stream: Writable
  readonly name: string
}

function goalOf(path: string | undefined, world: World): FileGoal | DeviceGoal | StreamGoal {
  const stdout = ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']
  if (path === undefined || stdout.includes(path)) {
    return { kind: 'stream', stream: world.stdout, name: 'standard output' }
  }
  if (path === '/dev/stderr') return { kind: 'stream', stream: world.stderr, name: path }
  return attempt(path, () => namedGoal(resolve(world.cwd, path), path))
}

function namedGoal(path: string, name: string): FileGoal | DeviceGoal {
  const old = statSync(path, { throwIfNoEntry: false })
  if (old?.isDirectory() || /[/\\]$/.test(name)) throw isFolder(name)
  const ownsNoName = /^\/(dev|proc)\//.test(path)
  if (old && (ownsNoName || !old.isFile())) return { kind: 'device', path, name, isFifo: old.isFIFO() }
  if (old) accessSync(path, constants.W_OK)
  return { kind: 'file', path: followLinks(path), name, old }
}

/** Like realpath, but the file at the end need not exist. */
function followLinks(path: string): string {
  let end = path
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = realpathSync(dirname(end))
    end = join(folder, basename(end))
    if (!lstatSync(end, { throwIfNoEntry: false })?.isSymbolicLink()) return end
    end = resolve(folder, readlinkSync(end))
  }
  throw Object.assign(new Error('too many symbolic links'), { code: 'ELOOP' })
}

function streamSink(stream: Writable, name: string, { stop }: World): Sink {
  const file = fileBehind(stream)
  if (file !== undefined) {
    const write = (chunk: string | Uint8Array) =>
      orCannotWrite(name, async () => writeAll(file, bytesOf(chunk), stop))
    return { write, commit: () => write(''), abort: async () => {} }
  }
  const write = (chunk: string | Uint8Array) =>
    new Promise<void>((done, fail) => {
      if (stop.aborted) return fail(stopReason(stop))
      const stopped = () => fail(stopReason(stop))
      stop.addEventListener('abort', stopped, { once: true })
      stream.write(chunk, (error) => {
        stop.removeEventListener('abort', stopped)
        if (error) fail(cannotWrite(name, error))
        else done()
      })
    })
  return { write, commit: () => write(''), abort: async () => {} }
}

/**
 * The file that a stream writes to, where it is one. Node's own stream over a file takes a write for complete
 * that the disk took only in part, and the rest would be lost without a word.
 */
function fileBehind(stream: Writable): number | undefined {
  const { fd } = stream as { fd?: unknown }
  return typeof fd === 'number' && fstatSync(fd).isFile() ? fd : undefined
}

/** Devices and named pipes have no "before" to keep: they are written as they come. */
function deviceSink(goal: DeviceGoal, { stop }: World): Sink {
  let opened: Promise<number> | undefined
  const open = () => {
    opened ??= openDevice(goal, stop)
    return opened
  }
  const finish = async () => {
    if (opened) await closeFile(await opened)
    opened = undefined
  }
  return {
    write: (chunk) => orCannotWrite(goal.name, async () => writeAll(await open(), bytesOf(chunk), stop)),
    commit: () =>
      orCannotWrite(goal.name, async () => {
        await open()
        await finish()
      }),
    abort: () => finish().catch(() => {}),
  }
}

/** Opening a pipe would wait for its reader in a thread that cannot give up at Ctrl-C; so it is tried again and again. */
async function openDevice({ path, isFifo }: DeviceGoal, stop: AbortSignal): Promise<number> {
  const mode = constants.O_WRONLY | constants.O_APPEND
  if (!isFifo) return openSync(path, mode)
  return patiently('ENXIO', stop, async () => openSync(path, mode | constants.O_NONBLOCK))
}

/** Do it again while it fails with this code, until it works or the run is stopped. */
async function patiently<T>(code: string, stop: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    stop.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== code) throw error
      await sleep(wait)
    }
  }
}

function fileSink(goal: FileGoal, world: World): Sink {
  const { fd, path } = attempt(goal.name, () => openBeside(goal))
  const done = Promise.resolve()
  const state = { open: true, pending: emptyBlock(), writing: emptyBlock(), written: done, synced: done }
  let unsynced = 0
  const shut = async () => {
    if (state.open) {
      state.open = false
      await closeFile(fd)
    }
  }
  /** What is pending is written from now on, while others make more; what was before it has been. */
  const flush = async () => {
    await state.written
    const { pending, writing } = state
    state.pending = { bytes: writing.bytes, size: 0 }
    state.writing = pending
    state.written = writeAll(fd, pending.bytes.subarray(0, pending.size), world.stop)
    // Whoever waits for it hears of its error.
    state.written.catch(() => {})
    unsynced += pending.size
    if (unsynced < MOST_UNSYNCED) return
    unsynced = 0
    await state.synced
    state.synced = syncData(fd)
    state.synced.catch(() => {})
  }
  const ready = async () => {
    await flush()
    await state.written
    await state.synced
    await syncFile(fd)
    await shut()
  }
  const ending = removeOnStop(path, world.stop)
  return {
    write: (chunk) =>
      orCannotWrite(
        goal.name,
        async () => {
          world.stop.throwIfAborted()
          const bytes = bytesOf(chunk)
          if (bytes.length > MOST_COPIED) {
            await flush()
            await state.written
            return writeAll(fd, bytes, world.stop)
          }
          append(state.pending, bytes)
          if (state.pending.size >= FLUSH_BYTES) await flush()
        },
        UNCHANGED,
      ),
    ready: () => orCannotWrite(goal.name, ready, UNCHANGED),
    commit: () =>
      orCannotWrite(
        goal.name,
        async () => {
          if (state.open) await ready()
          moveIntoPlace(path, goal, world.stop)
          ending.done()
        },
        UNCHANGED,
      ),
    abort: async () => {
      await state.written.catch(() => {})
      await state.synced.catch(() => {})
      await shut().catch(() => {})
      ending.remove()
    },
  }
}

/** Bytes that wait to be written. */
interface Block {
  bytes: Uint8Array
  size: number
}

const emptyBlock = (): Block => ({ bytes: new Uint8Array(2 * FLUSH_BYTES), size: 0 })

function append(block: Block, bytes: Uint8Array): void {
  const size = block.size + bytes.length
  if (size > block.bytes.length) block.bytes = longer(block.bytes, size)
  block.bytes.set(bytes, block.size)
  block.size = size
}

function fileReservation(goal: FileGoal, world: World): Reservation {
  const { fd, path } = attempt(goal.name, () => openBeside(goal))
  const mode = fstatSync(fd).mode & 0o7777
  closeSync(fd)
  rmSync(path)
  const ending = removeOnStop(path, world.stop)
  const commit = () =>
    orCannotWrite(
      goal.name,
      async () => {
        chmodSync(path, mode)
        syncPath(path, 'r+')
        moveIntoPlace(path, goal, world.stop)
        ending.done()
      },
      UNCHANGED,
    )
  return { path, ready: async () => {}, commit, abort: async () => ending.remove() }
}

/** A file that an engine writes cannot be a pipe: it is written elsewhere first and copied at the end. */
function copyReservation(target: string | undefined, world: World): Reservation {
  const spare: FileGoal = { kind: 'file', path: join(world.temp, 'cust'), name: world.temp, old: undefined }
  const { fd, path } = attempt(world.temp, () => openBeside(spare))
  closeSync(fd)
  rmSync(path)
  const ending = removeOnStop(path, world.stop)
  const commit = async () => {
    const sink = openSink(target, world)
    try {
      for await (const chunk of createReadStream(path)) await sink.write(chunk as Uint8Array)
      await sink.commit()
    } finally {
      ending.remove()
    }
  }
  return { path, commit, abort: async () => ending.remove() }
}

function openBeside({ path, old }: FileGoal): { fd: number; path: string } {
  const name = [...basename(path)].slice(0, NAME_CHARACTERS).join('')
  for (let n = 0; ; n++) {
    const beside = join(dirname(path), `.${name}.cust-tmp${n}`)
    try {
      const fd = openSync(beside, 'wx')
      if (old) keepOwner({ fd, path: beside }, old)
      return { fd, path: beside }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function keepOwner({ fd, path }: { readonly fd: number; readonly path: string }, old: Stats): void {
  try {
    asFarAsAllowed(() => chownSync(path, old.uid, old.gid))
    asFarAsAllowed(() => chmodSync(path, old.mode & 0o7777))
  } catch (error) {
    closeSync(fd)
    rmSync(path, { force: true })
    throw error
  }
}

// Only the superuser may give files away, and some file systems have no owners or modes.
const NOT_ALLOWED = ['EPERM', 'EACCES', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']

/** Where owner or mode cannot be kept the file is just ours; any other error is one. */
export function asFarAsAllowed(keep: () => void): void {
  try {
    keep()
  } catch (error) {
    if (!NOT_ALLOWED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Ctrl-C removes the unfinished file at once: a second Ctrl-C leaves no time for it. */
function removeOnStop(path: string, stop: AbortSignal): { remove(): void; done(): void } {
  const done = () => stop.removeEventListener('abort', remove)
  const remove = () => {
    done()
    rmSync(path, { force: true })
  }
  stop.addEventListener('abort', remove, { once: true })
  return { remove, done }
}

function moveIntoPlace(path: string, goal: FileGoal, stop: AbortSignal): void {
  if (stop.aborted) throw stopReason(stop)
  renameSync(path, goal.path)
  try {
    syncPath(dirname(goal.path), 'r')
  } catch {
    // Some file systems cannot sync a folder; the file itself is safe.
  }
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const fd = openSync(path, flags)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const bytesOf = (chunk: string | Uint8Array): Uint8Array =>
  typeof chunk === 'string' ? Buffer.from(chunk) : chunk

async function writeAll(fd: number, bytes: Uint8Array, stop: AbortSignal): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const write = () => writeTo(fd, bytes, at, bytes.length - at, null)
    at += (await patiently('EAGAIN', stop, write)).bytesWritten
  }
}

const stopReason = (stop: AbortSignal): Error =>
  stop.reason instanceof CustError ? stop.reason : new CustError('interrupted', 'interrupted')

function attempt<T>(name: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw cannotWrite(name, error)
  }
}

async function orCannotWrite(name: string, work: () => Promise<void>, after = ''): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw cannotWrite(name, error, after)
  }
}

const isFolder = (name: string): CustError =>
  new CustError('usage', `cannot write ${name}: it is a folder`, 'name a file in it: --output <file>')

const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EIO: 'the device reports an error',
}

const REFUSED: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ELOOP: 'its symbolic links go round in circles',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'there is no such device',
}

function cannotWrite(name: string, error: unknown, after = ''): Error {
  if (error instanceof CustError) return error
  const { code = '' } = error as NodeJS.ErrnoException
  const because = { cause: error }
  const refuse = (why: string, hint = 'name another file') =>
    new CustError('usage', `cannot write ${name}: ${why}`, hint, because)
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') {
    return new CustError('closed', 'the reader of the answer went away', '', because)
  }
  if (code === 'ENOENT' && existsSync(dirname(name))) return refuse(`${dirname(name)} takes no new file`)
  if (code === 'ENOENT')
    return refuse(`the folder ${dirname(name)} does not exist`, `create it: mkdir -p ${dirname(name)}`)
  if (code === 'ENOTDIR') return refuse(`${dirname(name)} is not a folder`)
  if (code === 'EISDIR') return isFolder(name)
  const full = FULL[code]
  if (full !== undefined) {
    const message = `cannot write ${name}: ${full}${after}`
    return new CustError('bug', message, 'make room, or name a file on another disk', because)
  }
  const refused = REFUSED[code]
  if (refused !== undefined) return refuse(refused)
  return error instanceof Error ? error : new Error(String(error))
}
