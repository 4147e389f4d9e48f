// The header of a screen: its title, actions on the right, and a line below.
import PageHeader from '@atlaskit/page-header'
import type { ReactNode } from 'react'

interface ScreenHeaderProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly below?: ReactNode
}

export function ScreenHeader({ title, actions, below }: ScreenHeaderProps) {
  return (
    <PageHeader actions={<>{actions}</>} bottomBar={<>{below}</>}>
      <bdi>{title}</bdi>
    </PageHeader>
  )
}
