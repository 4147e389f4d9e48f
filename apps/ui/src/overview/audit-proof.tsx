// The size of the audit log, and how to prove that nobody altered it.
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { messages } from '../messages'
import { Metric } from '../parts/metric'
import { Sentence } from '../parts/sentence'

const text = messages.audit

export function AuditProof({ entries }: { readonly entries: number }) {
  return (
    <Card title={text.title} testId="audit" span="narrow">
      {entries === 0 ? (
        <Empty>{text.empty}</Empty>
      ) : (
        <Stack space="space.150">
          <Metric value={entries} label={text.entries(entries)} />
          <Text as="p">{text.proof}</Text>
          <Text as="p" color="color.text.subtle">
            <Sentence>{text.verify}</Sentence>
          </Text>
        </Stack>
      )}
    </Card>
  )
}
