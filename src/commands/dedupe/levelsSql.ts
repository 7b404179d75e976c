/**
 * The ladders in SQL (DuckDB): what makes two rows `l` and `r` of the compared values reach a level. Runs compare typed
 * arrays, which is faster; these conditions say the same, and a test holds the one against the other.
 */
import type { Comparison } from './compare.ts'
import type { Field } from './fields.ts'
import type { MatchRole } from './roleNames.ts'

/** Conditions are tried in their order; the first that holds decides. */
export interface Step {
  /** -1: no evidence. */
  readonly level: number
  readonly sql: string
}

/** SQL of the two values. */
interface Sides {
  readonly l: string
  readonly r: string
}

/** Conditions of two different values, from the highest level down. */
type Steps = (sides: Sides) => readonly (readonly [level: number, sql: string])[]

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A column in both rows. */
export const sidesOf = (column: string): Sides => ({ l: `l.${quoted(column)}`, r: `r.${quoted(column)}` })

/** A function of two values, of this file or of the engine. */
const calling =
  (called: string) =>
  ({ l, r }: Sides): string =>
    `${called}(${l}, ${r})`

const alike = calling('jaro_winkler')
const oneEdit = calling('one_edit')
const twoEdits = calling('two_edits')

/** The same part of both, by the SQL of one. */
const samePart = ({ l, r }: Sides, part: (value: string) => string): string => `${part(l)} = ${part(r)}`

/** Levels that a function of both tells by their numbers. */
const byNumber =
  (called: string): Steps =>
  (sides) =>
    [3, 2, 1].map((level) => [level, `${calling(called)(sides)} = ${level}`])

const given: Steps = (sides) => [
  [4, calling('is_short_form')(sides)],
  [3, `${alike(sides)} >= 0.92`],
  [
    2,
    `${alike(sides)} >= 0.85 or (${alike(sides)} >= 0.7 and least(length(${sides.l}), length(${sides.r})) = 1)`,
  ],
  [1, `${alike(sides)} >= 0.7`],
]

const email: Steps = (sides) => [
  [3, `${samePart(sides, (x) => `before_at(${x})`)} or ${oneEdit(sides)}`],
  [2, twoEdits(sides)],
  [1, `${alike(sides)} >= 0.85`],
]

const phone: Steps = (sides) => [
  [3, samePart(sides, (x) => `right(${x}, 7)`)],
  [2, oneEdit(sides)],
  [1, twoEdits(sides)],
]

const date: Steps = (sides) => {
  const { l, r } = sides
  const sameYear = samePart(sides, (x) => `left(${x}, 4)`)
  return [
    [5, oneEdit(sides)],
    [4, `${sameYear} and substr(${l}, 5) = turned(${r})`],
    [3, samePart(sides, (x) => `substr(${x}, 5)`)],
    [2, twoEdits(sides)],
    [1, sameYear],
  ]
}

const code: Steps = (sides) => [
  [2, oneEdit(sides)],
  [1, twoEdits(sides)],
]

const postcode: Steps = (sides) => [
  [3, oneEdit(sides)],
  [2, twoEdits(sides)],
  [1, samePart(sides, (x) => `left(${x}, (length(${x}) + 1) // 2)`)],
]

const site: Steps = (sides) => [
  [3, samePart(sides, (x) => `without_ending(${x})`)],
  [2, oneEdit(sides)],
  [1, twoEdits(sides)],
]

const place: Steps = (sides) => [
  [2, `${alike(sides)} >= 0.9`],
  [1, `${alike(sides)} >= 0.75`],
]

const text: Steps = (sides) => {
  const [share, ratio] = [calling('share_of_words')(sides), calling('share_of_letters')(sides)]
  const several = `least(len(words_of(${sides.l})), len(words_of(${sides.r}))) > 1`
  return [
    [3, `(${share} >= 0.99 and ${several}) or ${ratio} >= 0.85`],
    [2, `${ratio} >= 0.65 or ${share} >= 0.6`],
    [1, `${share} >= 0.3`],
  ]
}

/** `weights`: SQL of a map of words and how much each tells. */
const company =
  (weights: string): Steps =>
  (sides) => {
    const share = `share_of_rare_words(${sides.l}, ${sides.r}, ${weights})`
    return [
      [3, `${share} > 0.999 or ${alike(sides)} >= 0.94`],
      [2, `${alike(sides)} >= 0.88 or ${share} >= 0.6`],
      [1, `${alike(sides)} >= 0.75 or ${share} >= 0.2`],
    ]
  }

const byRole: Readonly<Partial<Record<MatchRole, Steps>>> = {
  ...{ given, email, phone, date, site, place, text, code: postcode, identity: code },
  surname: byNumber('surname_level'),
  name: byNumber('name_level'),
  number: (sides) => [[1, oneEdit(sides)]],
}

/** What the columns of the compared values are called. */
export interface Names {
  /** The value as it is compared. */
  readonly value: string
  /** Its parts, where it is a name in Chinese characters: surname|given|sound of the surname|sounds of the given name. */
  readonly chinese: string
  /** 1 where an e-mail is made of the name beside it. */
  readonly made: string
  /** The variable with the weights of the words of companies. */
  readonly weights: string
}

/** The conditions of a column; below the last is level 0. */
export function stepsOf(comparison: Comparison, namesOf: (field: Field) => Names): Step[] {
  const { field, role, levels, made, crossing } = comparison
  const names = namesOf(field)
  const sides = sidesOf(names.value)
  const exact = levels.length - 1
  const same = `${sides.l} = ${sides.r}`
  const missing: Step = { level: -1, sql: `${sides.l} is null or ${sides.r} is null` }
  const plain = plainSteps(comparison, names)(sides).map(([level, sql]) => ({ level, sql }))
  if (made) {
    const own = `${same} and ${sidesOf(names.made).l} = '0'`
    return [missing, { level: exact, sql: own }, { level: exact - 1, sql: same }, ...plain]
  }
  if (!crossing) return [missing, { level: exact, sql: same }, ...plain]
  const [whole, half] = crossings(namesOf(crossing.given).value, namesOf(crossing.surname).value)
  const inPlace = (step: Step) => step.level >= 3
  const crossed =
    role === 'given'
      ? [
          { level: 5, sql: whole },
          { level: 2, sql: half },
        ]
      : [{ level: -1, sql: `(${whole}) or (${half})` }]
  return [
    ...[{ level: exact, sql: same }, ...plain.filter(inPlace), ...crossed, missing],
    ...plain.filter((step) => !inPlace(step)),
  ]
}

function plainSteps({ field, role }: Comparison, names: Names): Steps {
  if (field.chinese) {
    const { l, r } = sidesOf(names.chinese)
    return (sides) =>
      [3, 2, 1].map((level) => [level, `chinese_level(${l}, ${r}, ${sides.l}, ${sides.r}) = ${level}`])
  }
  if (role === 'company') return company(`getvariable('${names.weights}')`)
  return byRole[role] ?? (() => [])
}

/** Given name and surname of both that stand crosswise: wholly, or as far as they are there. */
function crossings(given: string, surname: string): [whole: string, half: string] {
  const [a, b] = [sidesOf(given), sidesOf(surname)]
  const whole = `are_close(${a.l}, ${b.r}) and are_close(${a.r}, ${b.l})`
  const half = [
    `(${a.l} = ${b.r} and (${a.r} is null) <> (${b.l} is null))`,
    `(${a.r} = ${b.l} and (${a.l} is null) <> (${b.r} is null))`,
  ]
  return [whole, half.join(' or ')]
}

/**
 * What the conditions call. `short_forms`: a map of names to those that they may stand for. Edits are counted over
 * characters, as the engine's own `damerau_levenshtein` counts bytes; for the same reason letters beyond ASCII are given
 * stand-ins before `jaro_winkler_similarity` and `levenshtein` see them (capitals and signs: compared texts have none).
 */
export const FUNCTIONS = `
create or replace macro before_at(a) as coalesce(nullif(regexp_replace(a, '@[^@]*$', ''), ''), a);
create or replace macro without_ending(a) as regexp_replace(a, '\\.(com?\\.)?\\p{L}+$', '');
create or replace macro turned(a) as case when length(a) = 8 then substr(a, 7) || substr(a, 5, 2) end;
create or replace macro same_beginning(a, b) as coalesce(
  list_position(list_transform(range(1, least(length(a), length(b)) + 1), lambda i: substr(a, i, 1) = substr(b, i, 1)), false) - 1,
  least(length(a), length(b)));
create or replace macro is_swap(a, b) as length(a) > 1 and left(a, 2) = reverse(left(b, 2));
create or replace macro one_edit_from(a, b) as
  substr(a, 2) = substr(b, 2) or substr(a, 2) = b or a = substr(b, 2) or (is_swap(a, b) and substr(a, 3) = substr(b, 3));
create or replace macro one_edit(a, b) as abs(length(a) - length(b)) < 2 and list_transform(
  [{'a': a, 'b': b, 'n': same_beginning(a, b)}],
  lambda x: one_edit_from(substr(x.a, x.n + 1), substr(x.b, x.n + 1)))[1];
create or replace macro two_edits_from(a, b) as
  one_edit(substr(a, 2), substr(b, 2)) or one_edit(substr(a, 2), b) or one_edit(a, substr(b, 2))
  or (is_swap(a, b) and one_edit(substr(a, 3), substr(b, 3)));
create or replace macro two_edits(a, b) as abs(length(a) - length(b)) < 3 and list_transform(
  [{'a': a, 'b': b, 'n': same_beginning(a, b)}],
  lambda y: two_edits_from(substr(y.a, y.n + 1), substr(y.b, y.n + 1)))[1];
create or replace macro words_of(a) as list_sort(list_distinct(string_split(a, ' ')));
create or replace macro share_of_words(a, b) as
  len(list_intersect(words_of(a), words_of(b))) / least(len(words_of(a)), len(words_of(b)));
create or replace macro weight_of(words, weights) as coalesce(list_sum(list_transform(words, lambda w: weights[w])), 0);
create or replace macro share_of_rare_words(a, b, weights) as coalesce(
  weight_of(list_intersect(words_of(a), words_of(b)), weights)
  / nullif(least(weight_of(words_of(a), weights), weight_of(words_of(b), weights)), 0), 0);
create or replace macro other_letters(a) as array_to_string(list_distinct(regexp_extract_all(a, '[^\\x00-\\x7f]')), '');
create or replace macro with_letters(a, letters) as
  translate(a, letters, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&()*+,-./:;<=>?@[]^_{|}~');
create or replace macro are_ascii(a, b) as strlen(a) = length(a) and strlen(b) = length(b);
create or replace macro jaro_winkler(a, b) as case when are_ascii(a, b) then jaro_winkler_similarity(a, b)
  else jaro_winkler_similarity(with_letters(a, other_letters(a || b)), with_letters(b, other_letters(a || b))) end;
create or replace macro levenshtein_distance(a, b) as case when are_ascii(a, b) then levenshtein(a, b)
  else levenshtein(with_letters(a, other_letters(a || b)), with_letters(b, other_letters(a || b))) end;
create or replace macro share_of_letters(a, b) as 1 - levenshtein_distance(a, b) / greatest(length(a), length(b));
create or replace macro names_behind(a) as case when regexp_matches(a, '\\p{N}') then []
  else coalesce(getvariable('short_forms')[replace(a, ' ', '')], [replace(a, ' ', '')]) end;
create or replace macro is_short_form(a, b) as len(list_intersect(names_behind(a), names_behind(b))) > 0;
create or replace macro are_close(a, b) as a = b or (left(a, 1) = left(b, 1)
  and (jaro_winkler(a, b) >= 0.9 or is_short_form(a, b)));
create or replace macro word_agreement(a, b) as case when a = b then 3
  when least(length(a), length(b)) = 1 then (left(a, 1) = left(b, 1))::int
  when jaro_winkler(a, b) >= 0.9 or is_short_form(a, b)
    or (greatest(length(a), length(b)) >= 5 and one_edit(a, b)) then 2
  else 0 end;
create or replace macro words_agreeing(shorter, longer) as list_reduce(
  list_transform(shorter, lambda w: {'word': w, 'free': []::varchar[], 'equal': 0, 'nearly': 0, 'initials': 0, 'whole': 0}),
  lambda told, next: list_transform(
    [list_transform(told.free, lambda w: word_agreement(next.word, w))],
    lambda found: list_transform([coalesce(list_max(found), 0)], lambda best: {
      'word': '',
      'free': case when best > 0
        then told.free[:list_position(found, best) - 1] || told.free[list_position(found, best) + 1:] else told.free end,
      'equal': told.equal + (best = 3)::int, 'nearly': told.nearly + (best = 2)::int,
      'initials': told.initials + (best = 1)::int, 'whole': told.whole + (best >= 2 and length(next.word) > 1)::int
    })[1])[1],
  {'word': '', 'free': longer, 'equal': 0, 'nearly': 0, 'initials': 0, 'whole': 0});
create or replace macro level_of_word(likeness) as
  case when likeness >= 0.92 then 3 when likeness >= 0.85 then 2 when likeness >= 0.75 then 1 else 0 end;
create or replace macro level_of_agreeing(told, fewer, more, likeness) as case
  when fewer > 1 and told.equal + told.nearly + told.initials = fewer and told.whole > 0
    then case when told.equal > 0 and fewer - told.equal < 2 and told.initials = 0 then 3 else 2 end
  when fewer <> more and likeness >= 0.92 then 3
  when told.whole > 0 and told.equal > 0 then 1
  else 0 end;
create or replace macro level_of_words(shorter, longer, likeness) as case when len(longer) = 1 then level_of_word(likeness)
  else level_of_agreeing(words_agreeing(shorter, longer), len(shorter), len(longer), likeness) end;
create or replace macro name_level(a, b) as list_transform(
  [{'a': words_of(a), 'b': words_of(b), 'likeness': jaro_winkler(replace(a, ' ', ''), replace(b, ' ', ''))}],
  lambda x: level_of_words(
    case when (len(x.a), x.a) <= (len(x.b), x.b) then x.a else x.b end,
    case when (len(x.a), x.a) <= (len(x.b), x.b) then x.b else x.a end,
    x.likeness))[1];
create or replace macro level_of_surname(likeness) as
  case when likeness >= 0.92 then 3 when likeness >= 0.85 then 2 when likeness >= 0.7 then 1 else 0 end;
create or replace macro surname_level(a, b) as list_transform(
  [{'whole': level_of_surname(jaro_winkler(a, b)), 'words': name_level(a, b),
    'fewer': least(len(words_of(a)), len(words_of(b))), 'more': greatest(len(words_of(a)), len(words_of(b)))}],
  lambda x: case when x.more = 1 then x.whole
    when x.fewer = 1 then case when x.words = 1 then 2 else greatest(x.words, x.whole) end
    when x.words = 0 then least(1, x.whole) else x.words end)[1];
create or replace macro often_confused(sound) as regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  sound, '^([zcs])h', '\\1'), '^[lr]', 'n'), '^f', 'h'), '([aei])ng$', '\\1n');
create or replace macro sounds_confused(sounds) as list_transform(string_split(sounds, ' '), lambda s: often_confused(s));
create or replace macro are_near(given, other, sounds, others) as sounds_confused(sounds) = sounds_confused(others)
  or (greatest(length(given), length(other)) = 2 and case when length(given) = length(other)
    then left(given, 1) = left(other, 1) or right(given, 1) = right(other, 1)
    else contains(given, other) or contains(other, given) end);
create or replace macro level_of_parts(a, b) as case
  when a[1] = b[1] and a[2] = b[2] then 4
  when a[3] <> b[3] then 0
  when a[2] = '' or b[2] = '' then case when a[1] = b[1] then 2 else 0 end
  when a[4] = b[4] then 3
  when are_near(a[2], b[2], a[4], b[4]) then 1
  else 0 end;
create or replace macro chinese_level(a, b, name_a, name_b) as case
  when a is null or b is null then name_level(name_a, name_b)
  else level_of_parts(string_split(a, '|'), string_split(b, '|')) end;
`.trim()
