// CSV for spreadsheets. Cells that begin like a formula are escaped and stay text. Some spreadsheets split at semicolons
// or tabs and ignore quotes inside a line, so a formula behind such a separator is escaped too.

import { stringify } from 'csv-stringify/sync'

/** A separator that some spreadsheet splits at, followed by the start of a formula. */
const splitFormula = /([;\t\r\n][\s"]*)([=+\-@＝＋－＠])/g

/** Writes an apostrophe before each formula behind such a separator. */
const escapeSplits = (cell: string): string => cell.replaceAll(splitFormula, "$1'$2")

/** Writes one row, with its line end. */
export const csvRow = (cells: readonly string[]): string =>
  stringify([cells.map(escapeSplits)], { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[;\t\r\n]/ })
