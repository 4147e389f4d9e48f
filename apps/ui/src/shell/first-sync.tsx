// The screen before the first sync, with a link to start it.
import { LinkButton } from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import type { OverviewData } from '../overview/overview-data'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { hrefOf, type ScreenName } from './route'

const text = messages.firstUse
/** Screens that need a snapshot. */
const needing: readonly ScreenName[] = ['org-users', 'product-users', 'plans', 'policies', 'runs', 'protected']

export const needsSync = (screen: ScreenName, { snapshot }: OverviewData): boolean =>
  snapshot === null && needing.includes(screen)

export function FirstSync({ title }: { readonly title: string }) {
  return (
    <Card title={title} testId="first-sync" span="full">
      <Stack space="space.150" alignInline="start">
        <Empty>{text.needsSync}</Empty>
        <LinkButton href={hrefOf('overview')} appearance="primary">
          {text.toOverview}
        </LinkButton>
      </Stack>
    </Card>
  )
}
