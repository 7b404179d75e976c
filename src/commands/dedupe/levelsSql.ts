/**
 * The ladders in SQL (DuckDB): what makes two rows `l` and `r` of the compared values reach a level. Runs compare typed
 * arrays, which is faster; a test holds the one against the other.
 */
import { join, name, type Sql, sql } from '../../core/sql.ts'
import { type Comparison, HALF_SWAPPED, IN_PLACE, SWAPPED } from './compare.ts'
import type { Field } from './fields.ts'
import type { MatchRole } from './roleNames.ts'

/** Conditions are tried in their order; the first that holds decides. */
export interface Step {
  /** -1: no evidence. */
  readonly level: number
  readonly when: Sql
}

/** The values of two rows. */
interface Sides {
  readonly l: Sql
  readonly r: Sql
}

/** What columns of the compared values are called, and the table of weights of a column of firms. */
export interface Names {
  /** The value as it is compared. */
  readonly value: string
  /** Its parts, where it is a name in Chinese characters: surname|given|sound of the surname|sounds of the given name. */
  readonly parts: string
  /** 1 where an e-mail is made of the name beside it. */
  readonly made: string
  readonly weights: string
}

/** Conditions of two different values, from the highest level down. */
type Steps = (sides: Sides, names: Names) => readonly Step[]

const sidesOf = (column: string): Sides => ({ l: sql`l.${name(column)}`, r: sql`r.${name(column)}` })

/** The same part of both. */
const samePart = ({ l, r }: Sides, part: (value: Sql) => Sql): Sql => sql`${part(l)} = ${part(r)}`

const alike = ({ l, r }: Sides): Sql => sql`jaro_winkler(${l}, ${r})`
const oneEdit = ({ l, r }: Sides): Sql => sql`one_edit(${l}, ${r})`
const twoEdits = ({ l, r }: Sides): Sql => sql`two_edits(${l}, ${r})`

/** The table with the names that short forms stand for. */
const forms = sql`short_forms.forms`

/** Levels that a function of both tells by their numbers. */
const numbered = (level: Sql, from = 3): Step[] =>
  Array.from({ length: from }, (_, i) => ({ level: from - i, when: sql`${level} = ${from - i}` }))

const given: Steps = (sides) => {
  const { l, r } = sides
  const initial = sql`least(length(${l}), length(${r})) = 1`
  return [
    { level: 4, when: sql`is_short_form(${l}, ${r}, ${forms})` },
    { level: 3, when: sql`${alike(sides)} >= 0.92` },
    { level: 2, when: sql`${alike(sides)} >= 0.85 or (${alike(sides)} >= 0.7 and ${initial})` },
    { level: 1, when: sql`${alike(sides)} >= 0.7` },
  ]
}

const email: Steps = (sides) => [
  { level: 3, when: sql`${samePart(sides, (x) => sql`before_at(${x})`)} or ${oneEdit(sides)}` },
  { level: 2, when: twoEdits(sides) },
  { level: 1, when: sql`${alike(sides)} >= 0.85` },
]

const phone: Steps = (sides) => [
  { level: 3, when: samePart(sides, (x) => sql`right(${x}, 7)`) },
  { level: 2, when: oneEdit(sides) },
  { level: 1, when: twoEdits(sides) },
]

const date: Steps = (sides) => {
  const sameYear = samePart(sides, (x) => sql`left(${x}, 4)`)
  return [
    { level: 5, when: oneEdit(sides) },
    { level: 4, when: sql`${sameYear} and substr(${sides.l}, 5) = turned(${sides.r})` },
    { level: 3, when: samePart(sides, (x) => sql`substr(${x}, 5)`) },
    { level: 2, when: twoEdits(sides) },
    { level: 1, when: sameYear },
  ]
}

const identity: Steps = (sides) => [
  { level: 2, when: oneEdit(sides) },
  { level: 1, when: twoEdits(sides) },
]

const code: Steps = (sides) => [
  { level: 3, when: oneEdit(sides) },
  { level: 2, when: twoEdits(sides) },
  { level: 1, when: samePart(sides, (x) => sql`left(${x}, (length(${x}) + 1) // 2)`) },
]

const site: Steps = (sides) => [
  { level: 3, when: samePart(sides, (x) => sql`without_ending(${x})`) },
  { level: 2, when: oneEdit(sides) },
  { level: 1, when: twoEdits(sides) },
]

const place: Steps = (sides) => [
  { level: 2, when: sql`${alike(sides)} >= 0.9` },
  { level: 1, when: sql`${alike(sides)} >= 0.75` },
]

const text: Steps = (sides) => {
  const { l, r } = sides
  const [share, ratio] = [sql`share_of_words(${l}, ${r})`, sql`share_of_letters(${l}, ${r})`]
  const several = sql`least(len(words_of(${l})), len(words_of(${r}))) > 1`
  return [
    { level: 3, when: sql`(${share} >= 0.99 and ${several}) or ${ratio} >= 0.85` },
    { level: 2, when: sql`${ratio} >= 0.65 or ${share} >= 0.6` },
    { level: 1, when: sql`${share} >= 0.3` },
  ]
}

const company: Steps = (sides, { weights }) => {
  const share = sql`share_of_rare_words(${sides.l}, ${sides.r}, ${name(weights)}.weights)`
  return [
    { level: 3, when: sql`${share} > 0.999 or ${alike(sides)} >= 0.94` },
    { level: 2, when: sql`${alike(sides)} >= 0.88 or ${share} >= 0.6` },
    { level: 1, when: sql`${alike(sides)} >= 0.75 or ${share} >= 0.2` },
  ]
}

/** Two texts may be one name: that is the same, too. */
const chinese: Steps = ({ l, r }, { parts }) => {
  const own = sidesOf(parts)
  return numbered(sql`chinese_level(${own.l}, ${own.r}, ${l}, ${r}, ${forms})`, 4)
}

const byRole: Readonly<Partial<Record<MatchRole, Steps>>> = {
  ...{ given, email, phone, date, identity, code, site, place, text, company },
  surname: ({ l, r }) => numbered(sql`surname_level(${l}, ${r}, ${forms})`),
  name: ({ l, r }) => numbered(sql`name_level(${l}, ${r}, ${forms})`),
  number: (sides) => [{ level: 1, when: oneEdit(sides) }],
}

/** The conditions of a column; below the last is level 0. */
export function stepsOf(comparison: Comparison, namesOf: (field: Field) => Names): Step[] {
  const { field, role, levels, made, crossing } = comparison
  const names = namesOf(field)
  const sides = sidesOf(names.value)
  const same = sql`${sides.l} = ${sides.r}`
  const exact: Step = { level: levels.length - 1, when: same }
  const missing: Step = { level: -1, when: sql`${sides.l} is null or ${sides.r} is null` }
  const steps = (field.chinese ? chinese : byRole[role])?.(sides, names) ?? []
  if (made) {
    const own = sql`${same} and ${sidesOf(names.made).l} = ${'0'}`
    return [missing, { ...exact, when: own }, { level: exact.level - 1, when: same }, ...steps]
  }
  if (!crossing) return [missing, exact, ...steps]
  const [whole, half] = crossings(namesOf(crossing.given).value, namesOf(crossing.surname).value)
  const crossed = [
    { level: role === 'given' ? SWAPPED : -1, when: whole },
    { level: role === 'given' ? HALF_SWAPPED : -1, when: half },
  ]
  const isInPlace = ({ level }: Step) => level >= IN_PLACE
  const others = steps.filter((step) => !isInPlace(step))
  return [exact, ...steps.filter(isInPlace), ...crossed, missing, ...others]
}

/** Given name and surname of both that stand crosswise: wholly, or as far as they are there. */
function crossings(givenName: string, surname: string): [whole: Sql, half: Sql] {
  const [a, b] = [sidesOf(givenName), sidesOf(surname)]
  const close = (one: Sql, other: Sql) => sql`are_close(${one}, ${other}, ${forms})`
  const halves = [
    sql`(${a.l} = ${b.r} and (${a.r} is null) <> (${b.l} is null))`,
    sql`(${a.r} = ${b.l} and (${a.l} is null) <> (${b.r} is null))`,
  ]
  return [sql`${close(a.l, b.r)} and ${close(a.r, b.l)}`, join(halves, ' or ')]
}

// The script ------------------------------------------------------------------------------------------------------

export interface Script {
  readonly columns: readonly { readonly value: string; readonly steps: readonly Step[] }[]
  /** Columns of firms. */
  readonly firms: readonly Names[]
  readonly shortForms: ReadonlyMap<string, readonly string[]>
}

/** A view `levels` over the tables `compared` and `pairs`. */
export function levelsScript({ columns, firms, shortForms }: Script): Sql {
  const cases = columns.map(({ value, steps }) => {
    const whens = steps.map(({ level, when }) => sql`when ${when} then ${level}`)
    return sql`case\n    ${join(whens, '\n    ')}\n    else 0 end as ${name(value)}`
  })
  const tables = [
    sql`pairs`,
    sql`join compared l on l.id = pairs.id_left`,
    sql`join compared r on r.id = pairs.id_right`,
    sql`cross join short_forms`,
    ...firms.map((firm) => sql`cross join ${weightsOf(firm)}`),
  ]
  const names = [...shortForms].map(
    ([form, heads]) => sql`${form}: [${join(heads.map((head) => sql`${head}`))}]`,
  )
  const levels = join([sql`pairs.id_left`, sql`pairs.id_right`, ...cases], ',\n  ')
  return sql`${written(HEAD)}
create or replace table short_forms as select map {${join(names)}} as forms;
${written(FUNCTIONS)}
create or replace view levels as select ${levels}\nfrom ${join(tables, '\n')};
`
}

const written = (text: string): Sql => ({ pieces: [text] })

/** The logarithm of how few of all names have a word. */
function weightsOf({ value, weights }: Names): Sql {
  const names = sql`select distinct ${name(value)} as a from compared where a is not null`
  const counted = sql`select word, count(*) as times from (select unnest(words_of(a)) as word from names) group by word`
  const all = sql`(select count(*) from names)`
  return sql`(with names as (${names}), counted as (${counted})
  select map(list(word), list(ln((${all} + 1) / times))) as weights from counted) as ${name(weights)}`
}

const HEAD = `-- How alike two rows are, column by column: the levels that cust dedupe compares, for DuckDB 1.3 or later.
-- compared.csv is the sheet "compared" of the same run as csv, pairs.csv any two ids in columns id_left and id_right:
--   create table compared as from read_csv('compared.csv', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"');
--   create table pairs as from read_csv('pairs.csv', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"');
-- Conditions are tried in their order, the first that holds decides. Levels are -1 for no evidence, 0 for different and
-- so on; the sheet "levels" has their names and what they count. An id of several rows stands for each of them.`

/**
 * What the conditions call. Edits are counted over characters, as the engine's own `damerau_levenshtein` counts bytes. So
 * do `jaro_winkler_similarity` and `levenshtein`: letters beyond ASCII are given stand-ins, letters of ASCII that stand
 * in neither text, before they see them. There are some hundred; of two texts with more the rest is not compared.
 */
const FUNCTIONS = `
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
create or replace macro are_ascii(a, b) as strlen(a) = length(a) and strlen(b) = length(b);
create or replace macro other_letters(a) as array_to_string(list_distinct(regexp_extract_all(a, '[^\\x00-\\x7f]')), '');
create or replace macro stand_ins(a) as translate(
  ' !#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~', a, '');
create or replace macro in_ascii(a, texts) as translate(a, other_letters(texts), stand_ins(texts));
create or replace macro jaro_winkler(a, b) as case when are_ascii(a, b) then jaro_winkler_similarity(a, b)
  else jaro_winkler_similarity(in_ascii(a, a || b), in_ascii(b, a || b)) end;
create or replace macro levenshtein_distance(a, b) as case when are_ascii(a, b) then levenshtein(a, b)
  else levenshtein(in_ascii(a, a || b), in_ascii(b, a || b)) end;
create or replace macro share_of_letters(a, b) as 1 - levenshtein_distance(a, b) / greatest(length(a), length(b));
create or replace macro names_behind(a, forms) as case when regexp_matches(a, '\\p{N}') then []
  else coalesce(forms[replace(a, ' ', '')], [replace(a, ' ', '')]) end;
create or replace macro is_short_form(a, b, forms) as
  len(list_intersect(names_behind(a, forms), names_behind(b, forms))) > 0;
create or replace macro are_close(a, b, forms) as a = b or (left(a, 1) = left(b, 1)
  and (jaro_winkler(a, b) >= 0.9 or is_short_form(a, b, forms)));
create or replace macro word_agreement(a, b, forms) as case when a = b then 3
  when least(length(a), length(b)) = 1 then (left(a, 1) = left(b, 1))::int
  when jaro_winkler(a, b) >= 0.9 or is_short_form(a, b, forms)
    or (greatest(length(a), length(b)) >= 5 and one_edit(a, b)) then 2
  else 0 end;
create or replace macro words_agreeing(shorter, longer, forms) as list_reduce(
  list_transform(shorter, lambda w: {'word': w, 'free': []::varchar[], 'equal': 0, 'nearly': 0, 'initials': 0, 'whole': 0}),
  lambda told, next: list_transform(
    [list_transform(told.free, lambda w: word_agreement(next.word, w, forms))],
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
create or replace macro level_of_words(shorter, longer, likeness, forms) as case when len(longer) = 1 then level_of_word(likeness)
  else level_of_agreeing(words_agreeing(shorter, longer, forms), len(shorter), len(longer), likeness) end;
create or replace macro name_level(a, b, forms) as list_transform(
  [{'a': words_of(a)[:30], 'b': words_of(b)[:30], 'likeness': jaro_winkler(replace(a, ' ', ''), replace(b, ' ', ''))}],
  lambda x: level_of_words(
    case when (len(x.a), x.a) <= (len(x.b), x.b) then x.a else x.b end,
    case when (len(x.a), x.a) <= (len(x.b), x.b) then x.b else x.a end,
    x.likeness, forms))[1];
create or replace macro level_of_surname(likeness) as
  case when likeness >= 0.92 then 3 when likeness >= 0.85 then 2 when likeness >= 0.7 then 1 else 0 end;
create or replace macro surname_level(a, b, forms) as list_transform(
  [{'whole': level_of_surname(jaro_winkler(a, b)), 'words': name_level(a, b, forms),
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
create or replace macro chinese_level(a, b, name_a, name_b, forms) as case
  when a is null or b is null then name_level(name_a, name_b, forms)
  else level_of_parts(string_split(a, '|'), string_split(b, '|')) end;
`.trim()
