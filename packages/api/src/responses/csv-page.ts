// A page of a CSV file. The pages in order make up the file.

import { z } from 'zod'

export const csvPage = z
  .object({ text: z.string(), rows: z.number(), next: z.union([z.string(), z.number()]).nullable() })
  .meta({ id: 'CsvPage' })
