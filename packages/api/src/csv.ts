// CSV for spreadsheets: a cell that begins like a formula is written so that it stays text. Where lists are separated by
// semicolons or tabs, a spreadsheet cuts cells there, heeds no quotes within a line, and takes what follows for a cell.

import { stringify } from 'csv-stringify/sync'

/** What may begin a cell to some spreadsheet, and then a formula. */
const cutFormula = /([;\t\r\n][\s"]*)([=+\-@＝＋－＠])/g

/** Writes an apostrophe before a formula that a cell would be cut at. */
const uncut = (cell: string): string => cell.replaceAll(cutFormula, "$1'$2")

/** Writes one row, with its line end. */
export const csvRow = (cells: readonly string[]): string =>
  stringify([cells.map(uncut)], { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[;\t\r\n]/ })
