// The result of protecting many: how many are protected, which are not and why, and whether it stopped early.
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { Failure } from '../parts/failure'
import { formatNumber } from '../parts/format'
import layout from '../parts/layout.module.css'
import type { Protected } from './protect-all'

const text = messages.protections

export function ProtectedOutcome({ outcome: { done, already, problems, stopped } }: { readonly outcome: Protected }) {
  return (
    <Stack space="space.100">
      <Text as="p">{text.done(formatNumber(done), formatNumber(problems.length + (stopped?.left.length ?? 0)))}</Text>
      {already > 0 && <Text as="p">{text.already(formatNumber(already))}</Text>}
      {stopped && <Failure title={text.stopped(formatNumber(stopped.left.length))} message={stopped.why} />}
      <ul className={layout['lines']}>
        {problems.map(({ subject, message }) => (
          <li key={subject}>{message}</li>
        ))}
      </ul>
    </Stack>
  )
}
