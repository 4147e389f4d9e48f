// The header of a screen: its title, actions on the right, and a line below.
import Heading from '@atlaskit/heading'
import type { ReactNode } from 'react'
import styles from './screen-header.module.css'

interface ScreenHeaderProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly below?: ReactNode
}

export function ScreenHeader({ title, actions, below }: ScreenHeaderProps) {
  return (
    <header className={styles['header']}>
      <div className={styles['row']}>
        <Heading as="h1" size="large">
          <bdi>{title}</bdi>
        </Heading>
        {actions}
      </div>
      {below}
    </header>
  )
}
