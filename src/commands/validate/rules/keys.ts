/** What a file of rules may say, as data: it is checked, described to editors, and written by this table alone. */

export const kinds = [
  'email',
  'phone',
  'date',
  'number',
  'integer',
  'postcode',
  'resident id',
  'company number',
] as const
export type KindName = (typeof kinds)[number]

export const severities = ['error', 'warning', 'note'] as const

type Shape =
  | { readonly type: 'boolean' }
  | { readonly type: 'string' }
  | { readonly type: 'whole' }
  | { readonly type: 'bound' }
  | { readonly type: 'share or number' }
  | { readonly type: 'one of'; readonly words: readonly string[] }
  | { readonly type: 'values' }
  | { readonly type: 'names' }

export interface Key {
  readonly shape: Shape
  readonly help: string
}

/** What may be said of a column. */
export const columnKeys = {
  kind: { shape: { type: 'one of', words: kinds }, help: 'what its cells hold' },
  required: { shape: { type: 'boolean' }, help: 'every row has a value' },
  unique: { shape: { type: 'boolean' }, help: 'no value is there twice' },
  values: { shape: { type: 'values' }, help: 'the only values that it may hold' },
  pattern: { shape: { type: 'string' }, help: 'a regular expression for the whole value' },
  min: { shape: { type: 'bound' }, help: 'least number, or first day: 2020-01-01 or today' },
  max: { shape: { type: 'bound' }, help: 'greatest number, or last day: 2025-12-31 or today' },
  'min-length': { shape: { type: 'whole' }, help: 'least number of characters' },
  'max-length': { shape: { type: 'whole' }, help: 'greatest number of characters' },
  country: { shape: { type: 'string' }, help: 'country of phones and postcodes, by its two letters: CN' },
  'found-in': { shape: { type: 'string' }, help: 'file that has its values: customers.csv#id' },
  optional: { shape: { type: 'boolean' }, help: 'the file may lack the column' },
  severity: { shape: { type: 'one of', words: severities }, help: 'of its rules: an error makes a row bad' },
} as const satisfies Readonly<Record<string, Key>>

/** What may be said of a rule over several columns. */
export const ruleKeys = {
  check: { shape: { type: 'string' }, help: 'what holds for every row: amount = price * quantity' },
  name: { shape: { type: 'string' }, help: 'what it is called in the answer' },
  severity: { shape: { type: 'one of', words: severities }, help: 'an error makes a row bad' },
} as const satisfies Readonly<Record<string, Key>>

/** What may be said of the rows of the file. */
export const rowKeys = {
  min: { shape: { type: 'whole' }, help: 'least number of rows' },
  max: { shape: { type: 'whole' }, help: 'greatest number of rows' },
} as const satisfies Readonly<Record<string, Key>>

/** What a file of rules may say besides its columns and rules. */
export const fileKeys = {
  'max-bad': { shape: { type: 'share or number' }, help: 'bad rows that are allowed: 10 or 1%' },
  ignore: {
    shape: { type: 'names' },
    help: 'checks that are not made: outlier, or phone of one column: mobile.phone',
  },
  inferred: { shape: { type: 'boolean' }, help: 'false: make no checks but those of this file' },
} as const satisfies Readonly<Record<string, Key>>

// For editors ----------------------------------------------------------------------------------------

type Json = Readonly<Record<string, unknown>>

function schemaOf({ shape, help }: Key): Json {
  switch (shape.type) {
    case 'boolean':
      return { type: 'boolean', description: help }
    case 'string':
      return { type: 'string', minLength: 1, description: help }
    case 'whole':
      return { type: 'integer', minimum: 0, description: help }
    case 'bound':
      return { type: ['number', 'string'], description: help }
    case 'share or number':
      return {
        anyOf: [
          { type: 'integer', minimum: 0 },
          { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%?$' },
        ],
        description: help,
      }
    case 'one of':
      return { enum: shape.words, description: help }
    case 'values':
      return {
        type: 'array',
        minItems: 1,
        items: { type: ['string', 'number', 'boolean'] },
        description: help,
      }
    case 'names':
      return { type: 'array', items: { type: 'string' }, description: help }
  }
}

const objectOf = (keys: Readonly<Record<string, Key>>, also: Json = {}): Json => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(keys).map(([key, about]) => [key, schemaOf(about)])),
  ...also,
})

/** JSON Schema, draft 2020-12, of a file of rules. */
export function rulesSchema(): Json {
  const whole = objectOf(fileKeys)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Rules of cust validate',
    ...whole,
    properties: {
      columns: {
        type: 'object',
        description: 'rules of a column, by its header',
        additionalProperties: objectOf(columnKeys),
      },
      rules: {
        type: 'array',
        description: 'what holds for every row',
        items: { anyOf: [{ type: 'string', minLength: 1 }, objectOf(ruleKeys, { required: ['check'] })] },
      },
      unique: {
        type: 'array',
        description: 'columns that together are there once',
        items: { type: 'array', minItems: 1, items: { type: 'string' } },
      },
      rows: objectOf(rowKeys),
      ...(whole['properties'] as Json),
    },
  }
}
