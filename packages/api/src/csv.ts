// CSV for spreadsheets: a cell that begins like a formula is written so that it stays text.

import { stringify } from 'csv-stringify/sync'

/** Writes one row, with its line end. */
export const csvRow = (cells: readonly string[]): string =>
  stringify([[...cells]], { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
