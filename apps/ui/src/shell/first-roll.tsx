// What a screen says as long as the roll was never taken: nothing is known of anybody yet, and where that begins.
import { LinkButton } from '@atlaskit/button/new'
import { Stack } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import type { OverviewData } from '../overview/overview-data'
import { Card } from '../parts/card'
import { Empty } from '../parts/empty'
import { hrefOf, type ScreenName } from './route'

const text = messages.firstUse
/** Screens that show nothing without a roll. */
const needing: readonly ScreenName[] = ['org-users', 'product-users', 'plans', 'policies', 'runs', 'protected']

export const needsRoll = (screen: ScreenName, { snapshot }: OverviewData): boolean =>
  snapshot === null && needing.includes(screen)

export function FirstRoll({ title }: { readonly title: string }) {
  return (
    <Card title={title} testId="first-roll" span="full">
      <Stack space="space.150" alignInline="start">
        <Empty>{text.needsRoll}</Empty>
        <LinkButton href={hrefOf('overview')} appearance="primary">
          {text.toOverview}
        </LinkButton>
      </Stack>
    </Card>
  )
}
