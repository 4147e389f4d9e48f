// Verifying the whole log with its result, and exporting it: as JSON Lines, which verifies elsewhere, or as CSV.
import Button from '@atlaskit/button/new'
import { Inline, Stack, Text } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { useState } from 'react'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { download } from '../parts/csv'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import { useAction } from '../parts/use-action'
import { exportAudit, type ExportFormat } from './export'

const text = messages.auditLog

export function AuditActions() {
  const [done, setDone] = useState(0)
  const verify = useAction(() => client.request('verification'))
  const exporting = useAction(async (format: ExportFormat) => {
    download(`audit.${format}`, await exportAudit(format, setDone), format === 'csv' ? 'text/csv' : 'application/jsonl')
  })
  return (
    <Card title={text.proof} testId="audit-actions" span="full">
      <Stack space="space.150">
        <Inline space="space.100" shouldWrap>
          <Button appearance="primary" isLoading={verify.isPending} onClick={() => verify.mutate()}>
            {text.verify}
          </Button>
          <Button isLoading={exporting.isPending} onClick={() => exporting.mutate('jsonl')}>
            {text.exportJsonl}
          </Button>
          <Button isLoading={exporting.isPending} onClick={() => exporting.mutate('csv')}>
            {text.exportCsv}
          </Button>
        </Inline>
        <div role="status">
          {exporting.isPending && <Text as="p">{text.exporting(formatNumber(done))}</Text>}
          {verify.isPending && <Text as="p">{text.verifying}</Text>}
          {verify.data && <Verdict verdict={verify.data} />}
        </div>
        {verify.error && <Failure title={text.notVerified} message={verify.error.message} />}
        {exporting.error && <Failure title={text.notExported} message={exporting.error.message} />}
      </Stack>
    </Card>
  )
}

type VerdictData = Awaited<ReturnType<typeof client.request<'verification'>>>

function Verdict({ verdict }: { readonly verdict: VerdictData }) {
  if (!verdict.ok)
    return (
      <SectionMessage appearance="error" title={text.broken(formatNumber(verdict.index))} testId="audit-broken">
        <p>{verdict.message}</p>
      </SectionMessage>
    )
  return (
    <SectionMessage appearance="success" title={text.intact(formatNumber(verdict.entries))} testId="audit-intact">
      <p>
        {text.head} <Code>{verdict.head}</Code>
      </p>
    </SectionMessage>
  )
}
