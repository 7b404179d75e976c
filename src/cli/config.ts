/**
 * Settings besides flags: environment (CUST_BINS) > project file (cust.config.json) > user file.
 * Values go through the parsers of the flags that they stand for.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { Commands } from './asked.ts'
import type { Flag } from './flags.ts'
import { flagsOf, isSwitch } from './flags.ts'
import { nearest } from './nearest.ts'
import type { World } from './world.ts'

/** Texts for one flag, and the place that an error names. */
export interface Given {
  readonly texts: readonly string[]
  readonly where: string
}

/** What `--config <file>` and `--no-config` say: a file, false, or undefined where neither was given. */
export type ConfigChoice = string | false | undefined

export interface Place {
  readonly command: string
  readonly commands: Commands
  readonly world: World
}

/** A lookup over all sources besides the command line, strongest first. */
export function settings(choice: ConfigChoice, place: Place): (flag: Flag) => Given | undefined {
  if (choice === false) return () => undefined
  const files = configFiles(choice, place.world).flatMap((file) => settingsOfFile(file, place))
  return (flag) => {
    const sources = [fromEnvironment(flag, place.world), ...files.map((file) => file.get(flag.long))]
    return sources.find((given) => given !== undefined)
  }
}

function fromEnvironment(flag: Flag, { env }: World): Given | undefined {
  const name = `CUST_${flag.long.replace(/-/g, '_').toUpperCase()}`
  const value = env[name]
  return value === undefined || value === '' ? undefined : { texts: [value], where: name }
}

interface ConfigFile {
  readonly path: string
  /** As messages name it. */
  readonly shown: string
  /** It was named by the user, so it must exist. */
  readonly named: boolean
}

function configFiles(choice: string | undefined, { cwd, env, home }: World): ConfigFile[] {
  const chosen = choice ?? (env['CUST_CONFIG'] || undefined)
  if (chosen !== undefined) return [{ path: resolve(cwd, chosen), shown: chosen, named: true }]
  const folder = env['XDG_CONFIG_HOME'] || join(home, '.config')
  const user = join(folder, 'cust', 'config.json')
  return [
    { path: join(cwd, 'cust.config.json'), shown: 'cust.config.json', named: false },
    { path: user, shown: user, named: false },
  ]
}

/** Of one file: what it says of this command, then what it says of all commands. */
function settingsOfFile(file: ConfigFile, place: Place): Map<string, Given>[] {
  const content = readText(file)
  if (content === undefined) return []
  const known = knownFlags(place.commands)
  const root = asObject(parseJson(content, file), file.shown)
  const own = new Map<string, Given>()
  const shared = new Map<string, Given>()
  for (const [key, value] of Object.entries(root)) {
    const entry = Object.hasOwn(place.commands, key) ? place.commands[key] : undefined
    if (entry) {
      const flags = new Map(flagsOf(entry.spec).map((flag) => [flag.long, flag]))
      const section = Object.entries(asObject(value, `${file.shown}: "${key}"`))
      for (const [name, inner] of section) {
        const given = toGiven(
          { flag: flags.get(name), name: `${key}.${name}`, file, all: flags.keys() },
          inner,
        )
        if (key === place.command) own.set(name, given)
      }
    } else {
      const all = [...known.keys(), ...Object.keys(place.commands)]
      shared.set(key, toGiven({ flag: known.get(key), name: key, file, all }, value))
    }
  }
  return [own, shared]
}

function readText({ path, shown, named }: ConfigFile): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (!named && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined
    const why = code === 'ENOENT' ? 'there is no such file' : message
    const hint = named ? '' : 'to run without configuration: --no-config'
    throw new CustError('usage', `cannot read the configuration ${shown}: ${why}`, hint, { cause: error })
  }
}

function parseJson(content: string, { shown }: ConfigFile): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    const { message } = error as SyntaxError
    const place = positionOf(message, content)
    const said = message
      .replace(/ in JSON at position.*$/s, '')
      .replace(/,? "?.{0,40}"? is not valid JSON$/s, '')
    const hint =
      'write it like { "format": "csv", "rfm": { "bins": 4 } }, without comments or trailing commas'
    throw new CustError('usage', `${shown}${place}: this is not JSON (${said})`, hint, { cause: error })
  }
}

function positionOf(message: string, content: string): string {
  const offset = / position (\d+)/.exec(message)?.[1]
  const atEnd = /unexpected end/i.test(message)
  if (offset === undefined && !atEnd) return ''
  const before = content.slice(0, atEnd ? content.length : Number(offset)).split('\n')
  return `:${before.length}:${(before.at(-1) ?? '').length + 1}`
}

function asObject(value: unknown, where: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new CustError('usage', `${where} is not an object`, 'write it like { "format": "csv" }')
}

interface Key {
  readonly flag: Flag | undefined
  readonly name: string
  readonly file: ConfigFile
  readonly all: Iterable<string>
}

function toGiven({ flag, name, file, all }: Key, value: unknown): Given {
  const where = `${file.shown}: "${name}"`
  if (flag) return { texts: textsOf(flag, value, where), where }
  const word = name.slice(name.indexOf('.') + 1)
  const meant = nearest(word.replace(/^-+/, '').replace(/_/g, '-'), all)
  const hint = meant ? `did you mean "${meant}"?` : 'keys are flags without the dashes; see: cust help config'
  throw new CustError('usage', `${where} is not a flag`, hint)
}

function textsOf(flag: Flag, value: unknown, where: string): string[] {
  if (isSwitch(flag)) {
    if (typeof value === 'boolean') return [String(value)]
    throw new CustError('usage', `${where} must be true or false`)
  }
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value) && isList(flag) && value.every(isWord)) {
    return flag.option.repeats ? value.map(String) : [value.join(',')]
  }
  throw new CustError('usage', `${where} must be ${isList(flag) ? 'a text or a list' : 'a text or a number'}`)
}

const isWord = (item: unknown): boolean => typeof item === 'string' || typeof item === 'number'

const isList = ({ option }: Flag): boolean =>
  option.repeats === true || (option.placeholder ?? '').includes(',')

function knownFlags(commands: Commands): Map<string, Flag> {
  const all = Object.values(commands).flatMap(({ spec }) => flagsOf(spec))
  return new Map(all.map((flag) => [flag.long, flag]))
}
