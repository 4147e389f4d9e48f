// The matching entries as a CSV file. Only an export of the whole log can be verified.
import Button from '@atlaskit/button/new'
import { Inline, Text } from '@atlaskit/primitives/compiled'
import { useState } from 'react'
import { messages } from '../messages'
import { collectCsv, download } from '../parts/csv'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useAction } from '../parts/use-action'
import { asQuery, type AuditFilter } from './filter'

const text = messages.auditLog
const entriesPerResponse = 200

export function ExportFound({ filter }: { readonly filter: AuditFilter }) {
  const [done, setDone] = useState(0)
  const exporting = useAction(
    () => collectCsv('searchAuditCsv', { ...asQuery(filter), limit: entriesPerResponse }, setDone),
    (csv) => download('audit-found.csv', csv),
  )
  return (
    <>
      <Inline space="space.100" alignBlock="center">
        <Button isLoading={exporting.isPending} onClick={() => exporting.mutate()}>
          {text.exportFound}
        </Button>
        <span role="status">{exporting.isPending && <Text>{text.exporting(formatNumber(done))}</Text>}</span>
      </Inline>
      {exporting.error && <Failure title={text.notExported} message={exporting.error.message} />}
    </>
  )
}
