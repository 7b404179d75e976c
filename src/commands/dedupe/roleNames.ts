/** What a column can be to the matching of customers. */

/**
 * `site`: a web address. `identity`: a number that only this customer has. `code`: postcodes and the like. `number`: a plain number.
 * `row id`: names the row. `category`: one of a few words; `place`: one of many. `block`: finds pairs, but repeats what other columns say.
 */
export type MatchRole =
  | 'email'
  | 'phone'
  | 'date'
  | 'given'
  | 'surname'
  | 'name'
  | 'company'
  | 'site'
  | 'identity'
  | 'code'
  | 'number'
  | 'category'
  | 'place'
  | 'text'
  | 'block'
  | 'row id'
  | 'skip'

export const matchRoles = [
  'email',
  'phone',
  'date',
  'given',
  'surname',
  'name',
  'company',
  'site',
  'identity',
  'code',
  'number',
  'category',
  'place',
  'text',
  'block',
  'row id',
  'skip',
] as const satisfies readonly MatchRole[]
