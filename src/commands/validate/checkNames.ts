/** The names of all checks, so that one that is misspelt is not passed over. */
import { CustError } from '../../core/errors.ts'
import type { Rules } from './rules/file.ts'

export const checkNames: readonly string[] = [
  ...['no_rows', 'ragged', 'stray_quote', 'text_after_quote', 'damaged', 'unusable', 'empty_row'],
  ...[
    'duplicate_header',
    'similar_header',
    'empty_header',
    'missing_column',
    'rows',
    'empty_column',
    'constant_column',
  ],
  ...['mixed_dates', 'undecided_dates', 'mixed_decimals', 'mixed_types', 'date', 'number'],
  ...[
    'email',
    'email_around',
    'email_domain',
    'iban',
    'card_number',
    'phone',
    'several_phones',
    'postcode',
    'resident_id',
    'company_number',
  ],
  ...['future_date', 'early_date', 'old', 'age', 'negative', 'zero', 'outlier', 'length', 'spelling'],
  ...[
    'blanks_around',
    'wide_characters',
    'control_characters',
    'garbled',
    'formula',
    'placeholder',
    'masked',
    'first_line_only',
    'rounded_id',
  ],
  ...['duplicate_key', 'missing_key', 'similar_keys', 'duplicate_row', 'reference'],
  ...['birth_of_resident_id', 'sex_of_resident_id', 'amount_is_price_x_quantity', 'total_is_sum_of_lines'],
  'total_is_sum_of_parts',
  ...['days_in_order', 'required', 'unique', 'values', 'pattern', 'min', 'max', 'min-length', 'max-length'],
  'integer',
]

/** Throws CustError('usage') for a name that is no check, nor one of a column, nor a rule of the user. */
export function checkIgnored({ ignore, rules }: Pick<Rules, 'ignore' | 'rules'>): void {
  const known = [...checkNames, ...rules.map(({ name }) => name)]
  const strange = ignore.find((given) => !known.some((name) => given === name || given.endsWith(`.${name}`)))
  if (strange === undefined) return
  throw new CustError('usage', `--ignore: "${strange}" is no check`, `there are: ${checkNames.join(', ')}`)
}
