/** From the words of the command line to what was asked for: one spec becomes one commander command. */
import { Command, CommanderError, Option as CommanderOption } from 'commander'
import { CustError } from '../core/errors.ts'
import type { Asked, ColumnFlags, Commands, Entry, Reading, Running, Writing } from './asked.ts'
import { completionScript, shells } from './completion.ts'
import type { ConfigChoice, Given } from './config.ts'
import { settings } from './config.ts'
import type { Flag, Group } from './flags.ts'
import { flagsOf, isSwitch, parseFlag } from './flags.ts'
import { commandHelp, completionHelp, helpWidth, metaFlags, rootHelp, topics } from './help.ts'
import { nearest } from './nearest.ts'
import { openSink } from './sink.ts'
import type { World } from './world.ts'

/** What the program is made of, besides the world. */
export interface Parts {
  readonly commands: Commands
  readonly version: () => string
  readonly perform: (asked: Asked, world: World) => Promise<void>
}

const HELP_WORDS = ['--help', '-h', 'help']
const VERSION_WORDS = ['--version', '-V']
const EXAMPLE_FILE = 'orders.csv'

/** The whole program: help, completion, or a run. Throws CustError. */
export async function program(world: World, parts: Parts): Promise<void> {
  const [first = 'help', ...rest] = world.args
  const entry = own(parts.commands, first)
  if (entry) return runCommand(first, entry, rest, { world, parts })
  await print(await information(first, rest, { world, parts }), world)
}

const print = (text: string, world: World): Promise<void> => openSink(undefined, world).write(text)

interface Surroundings {
  readonly world: World
  readonly parts: Parts
}

async function information(
  first: string,
  rest: readonly string[],
  { world, parts }: Surroundings,
): Promise<string> {
  const wantsHelp = rest.some((word) => word === '--help' || word === '-h')
  if (HELP_WORDS.includes(first))
    return helpOn(wantsHelp ? undefined : rest[0], parts.commands, helpWidth(world.stdout))
  if (VERSION_WORDS.includes(first)) return `${parts.version()}\n`
  if (first === 'completion') return wantsHelp ? completionHelp : completionFor(rest[0], parts.commands)
  throw unknownWord(first, parts.commands)
}

function helpOn(subject: string | undefined, commands: Commands, width: number): string | Promise<string> {
  if (subject === undefined || subject === 'help') return rootHelp(commands, width)
  const entry = own(commands, subject)
  if (entry) return commandHelp(subject, entry.spec, width)
  if (subject === 'completion') return completionHelp
  const topic = own(topics, subject)
  if (topic) return topic(width)
  const subjects = [...Object.keys(commands), ...Object.keys(topics), 'completion']
  const hint = didYouMean(nearest(subject, subjects)) ?? `there is help on ${subjects.join(', ')}`
  throw new CustError('usage', `no help on "${subject}"`, hint)
}

function completionFor(shell: string | undefined, commands: Commands): string {
  const known = shells.find((name) => name === shell)
  if (known) return completionScript(known, commands)
  const problem = shell === undefined ? 'no shell given' : `no completion for "${shell}"`
  throw new CustError(
    'usage',
    problem,
    `use one of: ${shells.map((name) => `cust completion ${name}`).join(', ')}`,
  )
}

function unknownWord(word: string, commands: Commands): CustError {
  const names = [...Object.keys(commands), 'help', 'completion']
  const [usual = 'rfm'] = names
  if (/^-./.test(word)) {
    const hint = `flags stand after the command: cust ${usual} ${EXAMPLE_FILE} ${word}`
    const somewhere = Object.values(commands).some(({ spec }) => flagWords(flagsOf(spec)).includes(word))
    const meant = didYouMean(nearest(word, ['--help', '--version']))
    return new CustError('usage', `unknown flag ${word}`, somewhere ? hint : (meant ?? 'see: cust --help'))
  }
  const near = nearest(word, names)
  if (!near && (word === '-' || /[./\\*]/.test(word))) {
    return new CustError('usage', `unknown command "${word}"`, `did you mean: cust ${usual} ${word}`)
  }
  return new CustError(
    'usage',
    `unknown command "${word}"`,
    didYouMean(near && `cust ${near}`) ?? 'see: cust --help',
  )
}

async function runCommand(
  name: string,
  entry: Entry,
  words: readonly string[],
  { world, parts }: Surroundings,
) {
  const needed = entry.spec.verbs?.[words[0] ?? '']
  const typed = parseWords(name, entry, needed === undefined ? words : words.slice(1))
  if (typed === 'help') {
    return print(commandHelp(name, entry.spec, helpWidth(world.stdout)), world)
  }
  if (typed.paths.length === 0) throw noFile(name, entry, world)
  checkPaths(typed.paths)
  const stored = settings(typed.config, { command: name, commands: parts.commands, world })
  const given = (flag: Flag) => typed.given(flag) ?? stored(flag)
  const run = asked(name, entry, typed.paths, given)
  if (needed !== undefined && run.options[needed] === undefined) {
    const hint = `for example: cust ${name} ${words[0]} --${needed} <file> ${EXAMPLE_FILE}`
    throw new CustError('usage', `cust ${name} ${words[0]} needs --${needed}`, hint)
  }
  await parts.perform(run, world)
}

function checkPaths(paths: readonly string[]): void {
  if (paths.some((path) => path.trim() === '')) {
    throw new CustError('usage', 'a file name is empty', 'is a variable of the shell not set?')
  }
  if (paths.indexOf('-') !== paths.lastIndexOf('-')) {
    throw new CustError('usage', 'standard input (-) is given twice', 'it can be read once')
  }
}

function noFile(name: string, { spec }: Entry, { stdin }: World): CustError {
  const example = spec.examples[0]?.line ?? `cust ${name} ${EXAMPLE_FILE}`
  const hint =
    stdin.isTTY === true
      ? `for example: ${example}`
      : `for example: ${example}\nstandard input is named -: cust ${name} -`
  return new CustError('usage', 'no file given', hint)
}

function asked(
  name: string,
  entry: Entry,
  paths: readonly string[],
  given: (flag: Flag) => Given | undefined,
): Asked {
  const flags = flagsOf(entry.spec)
  const valuesOf = (group: Group): Record<string, unknown> =>
    Object.fromEntries(
      flags
        .filter((flag) => flag.group === group)
        .map((flag) => [flag.key, settled(flag, given(flag))] as const)
        .filter(([, value]) => group !== 'columns' || value !== undefined),
    )
  return {
    command: name,
    spec: entry.spec,
    load: async () => (await entry.run()).run,
    paths,
    options: valuesOf('own'),
    columns: valuesOf('columns') as ColumnFlags,
    reading: valuesOf('reading') as Reading,
    writing: valuesOf('writing') as unknown as Writing,
    running: valuesOf('running') as unknown as Running,
  }
}

function settled(flag: Flag, given: Given | undefined): unknown {
  return given ? parseFlag(flag, given.texts, given.where) : flag.option.default
}

interface Typed {
  readonly paths: readonly string[]
  readonly config: ConfigChoice
  readonly given: (flag: Flag) => Given | undefined
}

function parseWords(name: string, { spec }: Entry, words: readonly string[]): Typed | 'help' {
  const flags = flagsOf(spec)
  const command = commandOf(name, flags)
  try {
    command.parse(pairsApart(words, flags), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return 'help'
    throw fromCommander(error, name, flags)
  }
  const values = command.opts<Record<string, readonly string[] | boolean | undefined>>()
  const given = (flag: Flag): Given | undefined => {
    const value = values[attribute(flag.long)]
    if (value === undefined) return undefined
    return { texts: typeof value === 'boolean' ? [String(value)] : value, where: `--${flag.long}` }
  }
  const config = values['config']
  return {
    paths: command.args,
    given,
    config: Array.isArray(config) ? config.at(-1) : (config as false | undefined),
  }
}

/** `--explain A B` is `--explain A --explain B`; a first value with a comma holds both. */
function pairsApart(words: readonly string[], flags: readonly Flag[]): string[] {
  const paired = new Set(flags.filter(({ option }) => option.pairs).map(({ long }) => `--${long}`))
  const apart: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const [one, other] = [words[at + 1], words[at + 2]]
    apart.push(word)
    if (!paired.has(word) || one === undefined || other === undefined || one.includes(',')) continue
    apart.push(one, word, other)
    at += 2
  }
  return apart
}

/** Texts are only collected here: the same parsers serve flags, environment and files later. */
function commandOf(name: string, flags: readonly Flag[]): Command {
  const known = new Set(flagWords(flags))
  const command = new Command(name)
    .argument('[file...]')
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .showSuggestionAfterError(false)
  const collect = (long: string) => (value: string, previous: readonly string[] | undefined) => {
    if (known.has(value)) throw missingValue(`--${long}`, name)
    return [...(previous ?? []), value]
  }
  for (const flag of flags) {
    const names = flag.short ? `-${flag.short}, --${flag.long}` : `--${flag.long}`
    if (isSwitch(flag)) {
      command.addOption(new CommanderOption(names))
      command.addOption(new CommanderOption(`--no-${flag.long}`))
    } else {
      command.addOption(new CommanderOption(`${names} <value>`).argParser(collect(flag.long)))
      if (flag.option.negatable) command.addOption(new CommanderOption(`--no-${flag.long}`))
    }
  }
  command.addOption(new CommanderOption('--config <file>').argParser(collect('config')))
  return command.addOption(new CommanderOption('--no-config'))
}

function fromCommander({ code, message }: CommanderError, name: string, flags: readonly Flag[]): CustError {
  const quoted = /'(.*)'/s.exec(message)?.[1] ?? ''
  if (code === 'commander.unknownOption') return unknownFlag(quoted, name, flags)
  if (code === 'commander.optionMissingArgument')
    return missingValue(/--[\w-]+/.exec(quoted)?.[0] ?? quoted, name)
  return new CustError('usage', message.replace(/^error: /, ''), seeHelp(name))
}

function unknownFlag(typed: string, name: string, flags: readonly Flag[]): CustError {
  const [word = typed] = typed.split('=')
  const known = flagWords(flags)
  if (known.includes(word)) {
    return new CustError(
      'usage',
      `${word} takes no value`,
      `write ${word}, or ${word.replace(/^--(no-)?/, '--no-')} to unset it`,
    )
  }
  const near = nearest(
    word.replace(/_/g, '-'),
    known.filter((flag) => flag.startsWith('--')),
  )
  const file = /^-[^-].*[./\\]/.test(typed) ? `if it is a file, write ./${typed}` : undefined
  return new CustError('usage', `unknown flag ${word}`, didYouMean(near) ?? file ?? seeHelp(name))
}

function missingValue(word: string, name: string): CustError {
  return new CustError('usage', `${word}: a value is missing`, seeHelp(name))
}

function flagWords(flags: readonly Flag[]): string[] {
  const words = flags.flatMap((flag) => [
    `--${flag.long}`,
    ...(flag.short ? [`-${flag.short}`] : []),
    ...(isSwitch(flag) || flag.option.negatable ? [`--no-${flag.long}`] : []),
  ])
  return [...words, ...metaFlags]
}

const attribute = (long: string): string =>
  long.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const didYouMean = (word: string | undefined): string | undefined => word && `did you mean ${word}?`

const seeHelp = (name: string): string => `see: cust ${name} --help`

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
