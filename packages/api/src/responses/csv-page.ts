// A page of a CSV file, to be put after the page before it.

import { z } from 'zod'

export const csvPage = z
  .object({ text: z.string(), rows: z.number(), next: z.union([z.string(), z.number()]).nullable() })
  .meta({ id: 'CsvPage' })
